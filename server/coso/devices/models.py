"""Devices: who they are, whether they are heard, what is wrong with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, ids
from coso.organizations.models import Person
from coso.registry.models import SpeakerCluster


class DeviceKind(models.TextChoices):
    """What a device is."""

    SPEAKER = "speaker", _("Loudspeaker")
    BOARD = "board", _("Electronic board")


class Device(models.Model):
    """One enrolled box. Its secret authenticates what it asks; its own key signs its play log."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=10, choices=DeviceKind.choices, default=DeviceKind.SPEAKER)
    serial = models.CharField(max_length=80)
    cluster = models.ForeignKey(SpeakerCluster, null=True, blank=True, on_delete=models.PROTECT, related_name="devices")
    secret = models.BinaryField(max_length=32)
    public_key = models.BinaryField(max_length=32)
    software = models.CharField(max_length=60, blank=True)
    enrolled_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    state = models.JSONField(default=dict, help_text="what the device last said of itself")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["serial"], condition=models.Q(revoked_at=None), name="device_serial_once"),
            models.UniqueConstraint(
                fields=["cluster"], condition=models.Q(revoked_at=None), name="device_one_a_cluster"
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class EnrolmentCode(models.Model):
    """A code that lets one box enrol once, for one cluster. Only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    cluster = models.ForeignKey(SpeakerCluster, on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"code for {self.cluster}"


class Fault(models.Model):
    """Something wrong that a device reported, or that its silence shows."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="faults")
    kind = models.CharField(max_length=40)
    detail = models.CharField(max_length=300, blank=True)
    noticed_at = models.DateTimeField(default=clock.now)
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-noticed_at"]

    def __str__(self) -> str:
        return self.kind
