"""Slots, signed manifests and alerts, what devices report, and their signed play logs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.devices.models import Device
from coso.kit import clock, ids
from coso.newsroom.models import Bulletin
from coso.organizations.models import Person
from coso.places.models import Place
from coso.registry.models import SpeakerCluster, Station


class Slot(models.Model):
    """One bulletin at one time, for the clusters under a place."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="slots")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    grace_s = models.PositiveIntegerField(default=900)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.bulletin} {clock.local(self.starts_at):%d/%m/%Y %H:%M}"


class Manifest(models.Model):
    """What one device is to play until when; signed by the signer, never by the web process."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="manifests")
    version = models.PositiveBigIntegerField()
    payload = models.BinaryField()
    content = models.CharField(max_length=64, help_text="digest of what it says, whenever it was made")
    quiet_hours = models.CharField(max_length=300, blank=True, help_text="those it tells; a changed setting shows here")
    number = models.PositiveBigIntegerField(
        null=True, blank=True, unique=True, help_text="order of signing; gateways ask for what is newer"
    )
    key_id = models.CharField(max_length=40, blank=True)
    signature = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True, help_text="when the device said that it holds it")
    refused = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["device", "-version"]
        constraints = [models.UniqueConstraint(fields=["device", "version"], name="manifest_version_once")]
        indexes = [
            models.Index(
                fields=["created_at"], name="manifest_unsigned", condition=models.Q(signed_at=None, refused="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device} v{self.version}"


class Alert(models.Model):
    """An emergency bulletin on its way: signed once, for all devices of its areas."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="alerts")
    revision = models.PositiveIntegerField(default=1)
    cancels = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="cancellations")
    number = models.PositiveBigIntegerField(
        null=True, blank=True, unique=True, help_text="order of signing; gateways ask for what is newer"
    )
    action = models.CharField(max_length=8, choices=[("play", _("Play")), ("cancel", _("Cancel"))], default="play")
    payload = models.BinaryField()
    key_id = models.CharField(max_length=40, blank=True)
    signature = models.BinaryField(null=True, blank=True)
    released_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    refused = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["created_at"], name="alert_unsigned", condition=models.Q(signed_at=None, refused="")),
        ]

    def __str__(self) -> str:
        return f"alert {self.bulletin}"


class Authority(models.Model):
    """The public half of a signing key, as devices are told it when they enrol."""

    key_id = models.CharField(max_length=64, primary_key=True)
    public_key = models.BinaryField(max_length=32)
    since = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key_id


class PlayReport(models.Model):
    """What a device said at once about one item; authenticated by its secret, proved later by its log."""

    report_id = models.CharField(max_length=64)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="reports")
    cluster = models.ForeignKey(SpeakerCluster, null=True, on_delete=models.PROTECT, related_name="reports")
    bulletin = models.ForeignKey(Bulletin, null=True, on_delete=models.PROTECT, related_name="reports")
    revision = models.PositiveBigIntegerField()
    item_id = models.CharField(max_length=100)
    kind = models.CharField(max_length=8)
    at = models.DateTimeField()
    played_ms = models.PositiveBigIntegerField(default=0)
    media_sha256 = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at"]
        # The id is the device's own; another device's equal one is another report.
        constraints = [models.UniqueConstraint(fields=["device", "report_id"], name="report_once")]
        indexes = [models.Index(fields=["bulletin", "cluster"], name="report_of_bulletin")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"


class StatedPlay(models.Model):
    """An officer states that a station without networked devices has played a bulletin."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="stated_plays")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="stated_plays")
    stated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "station"], condition=models.Q(withdrawn_at=None), name="stated_play_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.station}: {self.bulletin}"


class LogEntry(models.Model):
    """One line of a device's play log, in its hash chain."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="log")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    item_id = models.CharField(max_length=100, blank=True)
    bulletin = models.ForeignKey(Bulletin, null=True, on_delete=models.PROTECT, related_name="log")
    revision = models.PositiveBigIntegerField(null=True)
    media_sha256 = models.CharField(max_length=64, blank=True)
    played_ms = models.PositiveBigIntegerField(null=True)
    reason = models.CharField(max_length=120, blank=True)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    body = models.JSONField(help_text="the entry as the device wrote it")

    class Meta:
        ordering = ["device", "seq"]
        constraints = [models.UniqueConstraint(fields=["device", "seq"], name="log_seq_once")]
        indexes = [models.Index(fields=["bulletin", "kind"], name="log_of_bulletin")]

    def __str__(self) -> str:
        return f"{self.device} #{self.seq} {self.kind}"


class LogBatch(models.Model):
    """The device's signature over a run of its log."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="batches")
    first_seq = models.PositiveBigIntegerField()
    last_seq = models.PositiveBigIntegerField()
    last_hash = models.CharField(max_length=64)
    signature = models.BinaryField()
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "last_seq"], name="log_batch_once")]

    def __str__(self) -> str:
        return f"{self.device} {self.first_seq}-{self.last_seq}"


class LogHead(models.Model):
    """How far a device's play log is held: the last entry's number and hash."""

    device = models.OneToOneField(Device, primary_key=True, on_delete=models.CASCADE, related_name="log_head")
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.device} #{self.seq}"
