"""To whom a document goes (nơi nhận), in which form, and whether it arrived and was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.documents.models.documents import Document
from coso.kit import clock
from coso.organizations.models import Organization, Person


class Purpose(models.TextChoices):
    """Why a recipient gets a document, as its list of recipients says."""

    ACT = "act", _("To carry it out")
    REPORT = "report", _("To be reported to")
    KNOW = "know", _("To know")
    FILE = "file", _("To be kept on file")


class CopyForm(models.TextChoices):
    """In which form a copy goes."""

    PAPER = "paper", _("On paper")
    ELECTRONIC = "electronic", _("Electronically")


class Recipient(models.Model):
    """One line of a document's list of recipients, as written."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="recipients")
    name = models.CharField(max_length=300)
    purpose = models.CharField(max_length=6, choices=Purpose.choices, default=Purpose.KNOW)
    form = models.CharField(max_length=10, choices=CopyForm.choices, default=CopyForm.ELECTRONIC)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["document", "position"]

    def __str__(self) -> str:
        return self.name


class Copy(models.Model):
    """One copy for one body (or, where nobody here stands for the line, for the line itself).

    Each of sent, received and read is said once, by a named person; `answer` is what a directive asked back.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="copies")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="document_copies"
    )
    form = models.CharField(max_length=10, choices=CopyForm.choices)
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    arrival_number = models.CharField(max_length=20, blank=True, help_text="the receiving office's number (số đến)")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer_due = models.DateField(null=True, blank=True, db_index=True)
    answer = models.TextField(blank=True)
    answer_ref = models.CharField(max_length=120, blank=True, help_text="the document that answers, as 'document:<id>'")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    climbed = models.PositiveSmallIntegerField(default=0, help_text="how many levels were told that nothing came back")

    class Meta:
        ordering = ["recipient", "pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "organization"], name="copy_once")]

    def __str__(self) -> str:
        return f"{self.organization or self.recipient}"
