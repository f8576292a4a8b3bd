"""Official papers that the office writes itself, in the layout of Nghị định 30/2020/NĐ-CP."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.documents.models.documents import Document
from coso.kit import clock, ids, text
from coso.organizations.models import Organization, Person
from coso.places.models import Place


class PaperKind(models.TextChoices):
    """The kinds of paper that the writer knows (Nghị định 30/2020/NĐ-CP, Điều 7)."""

    LETTER = "letter", _("Official letter")
    PLAN = "plan", _("Plan")
    REPORT = "report", _("Report")
    DECISION = "decision", _("Decision")
    MINUTES = "minutes", _("Minutes")
    SUBMISSION = "submission", _("Submission")
    SCHEME = "scheme", _("Scheme")
    NOTIFICATION = "notification", _("Notification")
    DIRECTIVE = "directive", _("Directive")


class PaperState(models.TextChoices):
    """Written by one person, approved by another, issued with number, date and signature."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for approval")
    RETURNED = "returned", _("Returned to its writer")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SigningMode(models.TextChoices):
    """In which capacity somebody signs (Nghị định 30/2020/NĐ-CP, Điều 13)."""

    OWN = "", _("The head of the body himself")
    ON_BEHALF = "TM.", _("On behalf of the collective (TM.)")
    DEPUTY = "KT.", _("For the head, by a deputy (KT.)")
    BY_ORDER = "TL.", _("By order (TL.)")
    DELEGATED = "TUQ.", _("By delegation (TUQ.)")
    ACTING = "Q.", _("As acting head (Q.)")


class PaperTemplate(models.Model):
    """A Word file that an office changed for one kind of paper; without one the shipped layout is used."""

    organization = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="empty: for everybody",
    )
    kind = models.CharField(max_length=14, choices=PaperKind.choices)
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "-uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind"], condition=models.Q(ended_at=None), name="paper_template_one_in_use"
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(ended_at=None, organization=None),
                name="paper_template_one_for_all",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class NumberSeries(models.Model):
    """A series of numbers of ours, for a body that has no document system of its own."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=PaperKind.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0, help_text="the last number given")

    class Meta:
        ordering = ["organization", "year", "kind"]
        constraints = [models.UniqueConstraint(fields=["organization", "kind", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.organization} {self.kind} {self.year}"


class Paper(models.Model):
    """One paper: what is written, who approved and signs it, and the files once it is issued.

    `content`: {"bases": [text], "body": [{"style": "part|section|item|dash|plus|text|table", "text": …,
    "rows": [[…]]}], "recipients": [{"name": …, "purpose": …, "form": "paper|electronic"}],
    "addressees": [text] (a letter's Kính gửi), "annexes": [{"title": …, "rows": [[…]]}]}.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=14, choices=PaperKind.choices)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="papers")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", help_text="whose staff may see it")
    title = models.CharField(max_length=500)
    content = models.JSONField(default=dict)
    about = models.CharField(max_length=120, blank=True, help_text="what it is written for, as 'task:12'")
    drafting_unit = models.CharField(max_length=40, blank=True, help_text="the short name in a letter's symbol")

    signing_mode = models.CharField(max_length=4, choices=SigningMode.choices, blank=True)
    signer_position = models.CharField(max_length=120, blank=True)
    signer_name = models.CharField(max_length=120, blank=True)

    number = models.CharField(max_length=20, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    place_name = models.CharField(max_length=80, blank=True, help_text="the place beside the date (địa danh)")

    state = models.CharField(max_length=10, choices=PaperState.choices, default=PaperState.DRAFT)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="the last who wrote in it"
    )
    version = models.PositiveIntegerField(default=1)
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="why it was returned or withdrawn, for whoever opens it")
    docx_sha256 = models.CharField(max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    document = models.OneToOneField(
        Document,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="paper",
        help_text="the issued document, once there is one",
    )
    folded = models.TextField(editable=False, blank=True)

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "number", "symbol", "issued_on"],
                condition=~models.Q(number="") & ~models.Q(state="withdrawn"),
                name="paper_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("written_by")),
                name="paper_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form in step with what names the paper."""
        self.folded = text.fold(f"{self.number}/{self.symbol} {self.title}")
        super().save(*args, **kwargs)
