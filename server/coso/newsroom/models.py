"""Bulletins, the files that carry them, and the lexicon of the spoken text."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, ids, text
from coso.organizations.models import Organization, Person
from coso.places.models import Place
from coso.plans.models import Task


class BulletinClass(models.TextChoices):
    """The three classes of Thông tư 39/2020/TT-BTTTT; each carries rights, it is never a number."""

    NORMAL = "normal", _("Normal")
    PRIORITY = "priority", _("Priority")
    EMERGENCY = "emergency", _("Emergency")


class BulletinState(models.TextChoices):
    """The life of a bulletin."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for approval")
    RETURNED = "returned", _("Returned for changes")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Bulletin(models.Model):
    """One message, written once, for an area."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=20_000)
    rank = models.CharField(max_length=10, choices=BulletinClass.choices, default=BulletinClass.NORMAL)
    state = models.CharField(max_length=10, choices=BulletinState.choices, default=BulletinState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    edits = models.PositiveIntegerField(
        default=0, help_text="how often anything of it was changed: what a form was filled in over"
    )
    areas = models.ManyToManyField(Place, related_name="bulletins")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="bulletins")
    origin = models.CharField(max_length=120, blank=True, help_text="the record it answers, as 'kind:id'")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    hands = models.ManyToManyField(
        Person, related_name="+", help_text="who wrote or changed its text or its sound; none of them approves it"
    )
    created_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(default=True, help_text="shown on the portal once approved")
    is_sample = models.BooleanField(default=False)
    folded = models.TextField(editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            # What cannot be unsaid takes two people; the database holds it too.
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("author")),
                name="bulletin_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="bulletin_approval_is_named",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form in step with title and body."""
        self.folded = text.fold(f"{self.title} {self.body}")
        super().save(*args, **kwargs)


class Revision(models.Model):
    """The text of a bulletin as it stood under one number; the present one is kept here too."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=20_000)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["bulletin", "number"], name="bulletin_revision_once")]

    def __str__(self) -> str:
        return f"{self.bulletin} r{self.number}"


class MediaFile(models.Model):
    """A stored file, named by the SHA-256 of its bytes."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    mime = models.CharField(max_length=60)
    bytes = models.PositiveBigIntegerField()
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.sha256


class SoundState(models.TextChoices):
    """The making of a bulletin's sound."""

    WAITING = "waiting", _("Waiting")
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped")


class Sound(models.Model):
    """The audio rendition of one revision of a bulletin: synthesized, or recorded by a person."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="sounds")
    revision = models.PositiveIntegerField()
    is_recording = models.BooleanField(default=False)
    source = models.ForeignKey(
        MediaFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the file a person recorded, as it was sent",
    )
    voice = models.CharField(max_length=60, blank=True)
    spoken_text = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=SoundState.choices, default=SoundState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent")
    error = models.CharField(max_length=300, blank=True)
    mp3 = models.ForeignKey(MediaFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opus = models.ForeignKey(MediaFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    loudness_lufs = models.FloatField(null=True, blank=True)
    true_peak_dbtp = models.FloatField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(mp3__isnull=False), name="sound_ready_can_be_heard"
            ),
            # Two requests at once make one sound: the second finds the first one waiting.
            models.UniqueConstraint(
                fields=["bulletin", "revision"],
                condition=models.Q(state__in=["waiting", "making"]),
                name="sound_made_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin} r{self.revision}"


class LexiconWord(models.Model):
    """How an abbreviation is read aloud; an operator's entry wins over the shipped ones."""

    written = models.CharField(max_length=60)
    spoken = models.CharField(max_length=200)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=300, editable=False)

    class Meta:
        ordering = ["written"]
        constraints = [models.UniqueConstraint(fields=["written", "before", "after"], name="lexicon_word_once")]

    def __str__(self) -> str:
        return f"{self.written} → {self.spoken}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form in step with the words."""
        self.folded = text.fold(f"{self.written} {self.spoken}")
        super().save(*args, **kwargs)
