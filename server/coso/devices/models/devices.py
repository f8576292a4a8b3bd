"""The records of devices."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.devices.models.sealed import SealedField
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
    serial = models.CharField(max_length=100)
    cluster = models.ForeignKey(SpeakerCluster, null=True, blank=True, on_delete=models.PROTECT, related_name="devices")
    secret = SealedField()
    public_key = models.BinaryField(max_length=32)
    software = models.CharField(max_length=100, blank=True)
    enrolled_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True, db_index=True)
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


class EnrolmentMiss(models.Model):
    """A wrong code from an address; too many in a quarter of an hour and the address has to wait."""

    address = models.CharField(max_length=45)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="enrolment_miss")]

    def __str__(self) -> str:
        return self.address


class Fault(models.Model):
    """Something wrong that a device reported or its messages show. Silence is none: it is seen from `heard_at`."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="faults")
    kind = models.CharField(max_length=40)
    detail = models.CharField(max_length=300, blank=True)
    times = models.PositiveIntegerField(default=1)
    noticed_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-noticed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["device", "kind"], condition=models.Q(cleared_at=None), name="fault_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.kind
