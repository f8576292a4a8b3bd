"""Rounds of inspection, their checklists as data, what was found, and what was mended."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coso.kit import clock, ids, text
from coso.organizations.models import Organization, Person
from coso.places.models import Place
from coso.plans.models import Task
from coso.registry.models.clusters import SpeakerCluster
from coso.registry.models.equipment import Equipment
from coso.registry.models.facilities import Facility


class Checklist(models.Model):
    """A list of questions for some kinds of facility, from the document in force (or of old, as history)."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=200, help_text="the document the questions come from")
    kinds = models.JSONField(default=list, help_text="codes of facility kinds; empty: every kind")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-valid_from", "title"]

    def __str__(self) -> str:
        return self.title


class AnswerKind(models.TextChoices):
    """How a question is answered."""

    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", _("A number")
    CHOICE = "choice", _("One of several")
    TEXT = "text", _("In words")


class ChecklistItem(models.Model):
    """One question with the article it comes from. A yes/no question is put so that "no" is a finding."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=300)
    article = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=8, choices=AnswerKind.choices, default=AnswerKind.YES_NO)
    choices = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["checklist", "number"]
        constraints = [models.UniqueConstraint(fields=["checklist", "number"], name="checklist_item_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.question}"


class RoundState(models.TextChoices):
    """Where a round is."""

    DRAFT = "draft", _("Being prepared")
    OPEN = "open", pgettext_lazy("round", "Under way")
    CLOSED = "closed", _("Closed")


class InspectionRound(models.Model):
    """A review of the facilities of a subtree (đợt rà soát), from a task of a plan."""

    title = models.CharField(max_length=200)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="inspection_rounds")
    kinds = models.JSONField(default=list, help_text="codes of facility kinds; empty: every kind")
    checklists = models.ManyToManyField(Checklist, related_name="rounds")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="inspection_rounds")
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=6, choices=RoundState.choices, default=RoundState.DRAFT)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inspection_rounds")
    made_at = models.DateTimeField(default=clock.now)
    folded = models.CharField(max_length=300, editable=False, db_index=True)

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="inspection_round_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form in step with the title."""
        self.folded = text.fold(self.title)
        super().save(*args, **kwargs)


class Inspection(models.Model):
    """One facility looked at, by one person; made on a phone, perhaps without a network, under an id of its own."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    round = models.ForeignKey(
        InspectionRound, null=True, blank=True, on_delete=models.PROTECT, related_name="inspections"
    )
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="inspections")
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="inspections")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inspections")
    answers = models.JSONField(default=dict, help_text='by number of the question: {"1": {"value": …, "note": "…"}}')
    findings = models.PositiveSmallIntegerField(default=0, help_text="how many answers are findings")
    is_done = models.BooleanField(default=False, help_text="every required question is answered")
    filled_at = models.DateTimeField(help_text="by the phone's clock")
    received_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1, help_text="grows with each accepted change")

    class Meta:
        ordering = ["-filled_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "facility", "checklist"],
                condition=models.Q(round__isnull=False),
                name="inspection_once_in_a_round",
            )
        ]
        indexes = [
            models.Index(fields=["-filled_at", "-id"], name="inspection_by_time"),
            models.Index(
                fields=["-filled_at", "-id"], condition=models.Q(round=None), name="inspection_outside_rounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility}, {self.filled_at:%d/%m/%Y}"


class InspectionRevision(models.Model):
    """What one accepted change made of an inspection: a phone that sends it again gets the same answer again."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    filled_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["inspection", "version"], name="inspection_revision_once")]

    def __str__(self) -> str:
        return f"{self.inspection}: {self.version}"


class InspectionConflict(models.Model):
    """Answers that came for an inspection which somebody had changed meanwhile: kept until a person decides."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="conflicts")
    base_version = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    filled_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    digest = models.CharField(max_length=64, help_text="of the answers: a phone that sends twice makes one conflict")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-received_at"]
        constraints = [models.UniqueConstraint(fields=["inspection", "by", "digest"], name="inspection_conflict_once")]

    def __str__(self) -> str:
        return f"{self.inspection}: {self.by}"


class InspectionPhoto(models.Model):
    """A photo with an inspection, stripped of what the camera wrote into it; a position only when kept on purpose."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="photos")
    item_number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the question it belongs to")
    sha256 = models.CharField(max_length=64, help_text="of the cleaned picture among the blobs")
    sent_sha256 = models.CharField(max_length=64, help_text="of the file as sent: the same file is taken once")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "sent_sha256"], name="inspection_photo_once")]

    def __str__(self) -> str:
        return f"{self.inspection}: {self.sha256[:8]}"


class DefectState(models.TextChoices):
    """Where a defect is; `rules.defects` says which step may follow which."""

    OPEN = "open", pgettext_lazy("defect", "Open")
    IN_REPAIR = "in_repair", _("Being repaired")
    MENDED = "mended", _("Mended")
    DROPPED = "dropped", _("Dropped")


class Defect(models.Model):
    """Something broken or missing (hư hỏng, tồn tại), with who must mend it and by when."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="defects")
    cluster = models.ForeignKey(SpeakerCluster, null=True, blank=True, on_delete=models.PROTECT, related_name="defects")
    equipment = models.ForeignKey(Equipment, null=True, blank=True, on_delete=models.PROTECT, related_name="defects")
    inspection = models.ForeignKey(Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="defects")
    item_number = models.PositiveSmallIntegerField(null=True, blank=True)
    description = models.CharField(max_length=300)
    responsible = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="defects"
    )
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=DefectState.choices, default=DefectState.OPEN)
    climbed = models.PositiveSmallIntegerField(default=0, help_text="how many levels were told that it is overdue")
    opened_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    folded = models.CharField(max_length=400, editable=False, db_index=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "item_number"],
                condition=models.Q(inspection__isnull=False, item_number__isnull=False),
                name="defect_once_for_a_finding",
            )
        ]

    def __str__(self) -> str:
        return self.description

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form in step with the description."""
        self.folded = text.fold(self.description)
        super().save(*args, **kwargs)


class RepairEntry(models.Model):
    """One line of a defect's repair log."""

    defect = models.ForeignKey(Defect, on_delete=models.CASCADE, related_name="repairs")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="nobody: a file brought in"
    )
    text = models.CharField(max_length=300)
    cost_vnd = models.PositiveBigIntegerField(null=True, blank=True)
    contractor = models.CharField(max_length=160, blank=True)
    to_state = models.CharField(max_length=10, choices=DefectState.choices, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "repair entries"

    def __str__(self) -> str:
        return f"{self.defect}: {self.text}"
