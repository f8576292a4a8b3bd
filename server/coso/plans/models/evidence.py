"""What shows that a task was done: files that a unit hands in, and whatever the system itself made for it."""

from django.db import models

from coso.kit import clock
from coso.organizations.models import Person
from coso.plans.models.tasks import Task
from coso.plans.models.work import Part


class Evidence(models.Model):
    """Something made for a task: a bulletin, a reply, an official paper, a file handed in (`attachment:ID`)."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="evidence")
    part = models.ForeignKey(
        Part,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
        help_text="whose it is, if known",
    )
    ref = models.CharField(max_length=120)
    attached_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-attached_at"]
        constraints = [models.UniqueConstraint(fields=["task", "ref"], name="evidence_once")]

    def __str__(self) -> str:
        return self.ref


class Attachment(models.Model):
    """A file that a unit hands in as evidence; its bytes lie among the blobs by hash."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="attachments")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(help_text="bytes")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["part", "sha256"], name="attachment_once")]

    def __str__(self) -> str:
        return self.name
