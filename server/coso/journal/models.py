"""Entries of the journal and the reasons kept beside them."""

from django.db import models

from coso.kit import clock, ids


class Entry(models.Model):
    """One action of one person, or of the system. Written once, never changed; a sealer chains it later."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    at = models.DateTimeField(default=clock.now, db_index=True)
    verb = models.CharField(max_length=80, db_index=True)
    actor = models.CharField(max_length=80, help_text="'person:ID', 'device:ID', 'resident' or 'system'")
    refs = models.JSONField(default=list, help_text="the records concerned, as 'kind:id'; the first is the subject")
    data = models.JSONField(default=dict, help_text="ids and counts that the sentence needs; no personal text")
    reason_digest = models.CharField(max_length=64, blank=True)

    number = models.PositiveBigIntegerField(null=True, unique=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["number"], name="journal_unsealed", condition=models.Q(number=None))]

    def __str__(self) -> str:
        return f"{self.verb} {self.refs}"


class EntryRef(models.Model):
    """The link from a record to the entries that concern it; an index of `Entry.refs`."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="links")
    ref = models.CharField(max_length=120, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "ref"], name="journal_ref_once")]

    def __str__(self) -> str:
        return self.ref


class Reason(models.Model):
    """The text of a reason: kept outside the chain so that it can be erased (Luật 91/2025/QH15)."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="reason")
    salt = models.CharField(max_length=32)
    text = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"reason of {self.entry_id}"
