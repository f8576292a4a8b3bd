"""Bodies with their validity and successors, what changed them, and which of them leads the field."""

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, text
from coso.places.models import Place


class BodyChangeKind(models.TextChoices):
    """The operations on bodies."""

    ADD = "add", _("New body")
    RENAME = "rename", _("Rename")
    MERGE = "merge", _("Merge")
    DISSOLVE = "dissolve", _("Dissolve")
    MOVE = "move", _("Move under another body or place")


class BodyChange(models.Model):
    """One operation with the decision that orders it; the bodies that it began and ended point to it."""

    kind = models.CharField(max_length=10, choices=BodyChangeKind.choices)
    from_on = models.DateField(help_text="the first day of what is new")
    decision = models.CharField(max_length=200, help_text="the number and date of the decision")
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-from_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.from_on}"


class Organization(models.Model):
    """A body under one name and one span of time (a department, a committee, a newspaper)."""

    code = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=40)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="organizations")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="origins")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="the last day; empty while it is valid")
    dates_verified = models.BooleanField(default=True)
    successor_verified = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    begun_by = models.ForeignKey(BodyChange, null=True, blank=True, on_delete=models.PROTECT, related_name="begun")
    ended_by = models.ForeignKey(BodyChange, null=True, blank=True, on_delete=models.PROTECT, related_name="ended")
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            # A name may come back: a body renamed and named so again stands with both of its times.
            models.UniqueConstraint(fields=["code", "name", "valid_from"], name="organization_code_name_from"),
            models.UniqueConstraint(
                fields=["code", "name"], condition=models.Q(valid_from=None), name="organization_code_name_always"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="organization_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form and the order in step with the name."""
        self.index_name()
        super().save(*args, **kwargs)

    def on(self, day: date) -> "Organization | None":
        """Give the body that holds on a day what was this one's: itself while it lasts, None where none is known."""
        seen = set()
        found: Organization | None = self
        while found is not None and found.valid_to is not None and found.valid_to < day:
            if found.pk in seen:
                return None
            seen.add(found.pk)
            found = found.successor
        return found

    @property
    def today(self) -> "Organization | None":
        """The body that holds today what was this one's, for templates."""
        return self.on(clock.today())

    @property
    def said_today(self) -> str:
        """The name, with the body of today beside it where that is another: for whatever hangs on a body."""
        now = self.today
        if now is None or now.pk == self.pk:
            return self.name
        return gettext("%(body)s, now %(now)s") % {"body": self.name, "now": now.name}

    def index_name(self) -> None:
        """Set the searched form and the order from the names."""
        self.folded = text.fold(f"{self.name} {self.short_name}")
        self.sort_key = text.sort_key(self.name)[:600]


class FieldLead(models.Model):
    """The body that leads grassroots information in the province from a day on: a setting, not a fact of the code."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="leads")
    from_on = models.DateField(unique=True)
    source = models.CharField(max_length=200, blank=True, help_text="the document that says so")
    is_verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["-from_on"]

    def __str__(self) -> str:
        return f"{self.organization}, {self.from_on}"
