"""Imports: the file as it came, what it did, and what it takes to undo it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, ids


class ImportState(models.TextChoices):
    """Where an import is; `rules` says what may follow what."""

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, not brought in yet")
    WRITING = "writing", _("Being brought in")
    DONE = "done", _("Brought in")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Refused")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")


class Import(models.Model):
    """One file for one register, from the upload to the undo."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=40, help_text="the register's word")
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.CHECKING)
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64, help_text="the file among the blobs")
    units_on = models.DateField(help_text="the day whose unit names the file uses")
    mapping = models.JSONField(default=dict, help_text="column letter → field name, as matched or chosen")
    made_by = models.CharField(max_length=80, help_text="'person:ID' or 'system', as the journal writes it")
    made_at = models.DateTimeField(default=clock.now)
    rows_read = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_same = models.PositiveIntegerField(default=0)
    rows_wrong = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list, help_text='the first 200: {"cell": "D7", "text": "…"}')
    warnings = models.JSONField(default=list, help_text='the first 100: {"cell": "D7", "text": "…"}')
    samples = models.JSONField(default=list, help_text="some of the rows that are new or changed, for the preview")
    layout = models.JSONField(default=dict, help_text="sheet, header row, column letters with their words, notes")
    digest = models.CharField(max_length=64, blank=True, help_text="what the preview said would be written")
    wrong_sha256 = models.CharField(max_length=64, blank=True, help_text="the wrong rows among the blobs")
    preview_sha256 = models.CharField(max_length=64, blank=True, help_text="what the preview read, among the blobs")
    language = models.CharField(max_length=10, default="vi", help_text="of the sentences stored here")
    stop_asked = models.BooleanField(default=False)
    failure = models.CharField(max_length=300, blank=True, help_text="why the whole file was refused")
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(
        max_length=80, blank=True, help_text="who takes or took it back, as the journal writes"
    )
    erased_at = models.DateTimeField(null=True, blank=True, help_text="when the file and its values were erased")

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file_name


class ImportedRow(models.Model):
    """One record as an import left it."""

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="the row in the sheet")
    key = models.CharField(max_length=40, help_text="the record's id")
    is_new = models.BooleanField()
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)

    class Meta:
        ordering = ["run", "number"]
        indexes = [models.Index(fields=["run", "number"], name="imported_row_in_order")]

    def __str__(self) -> str:
        return f"{self.run_id}, {self.number}"
