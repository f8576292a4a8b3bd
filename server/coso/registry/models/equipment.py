"""Pieces of equipment and their life, from received to written off."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coso.kit import clock, text
from coso.organizations.models import Organization, Person
from coso.places.models import Place
from coso.registry.models.clusters import SpeakerCluster
from coso.registry.models.facilities import Facility


class EquipmentKind(models.TextChoices):
    """What a piece is."""

    RECEIVER = "receiver", _("Receiver")
    AMPLIFIER = "amplifier", _("Amplifier")
    SPEAKER = "speaker", _("Loudspeaker")
    TRANSMITTER = "transmitter", _("FM transmitter")
    MIXER = "mixer", _("Mixer")
    MICROPHONE = "microphone", _("Microphone")
    COMPUTER = "computer", _("Computer")
    SCREEN = "screen", _("Screen")
    SIM = "sim", _("SIM card")
    BATTERY = "battery", _("Battery")
    SOLAR = "solar", _("Solar panel")
    OTHER = "other", _("Other")


class EquipmentState(models.TextChoices):
    """Where a piece is in its life; `rules.equipment` says which step may follow which."""

    RECEIVED = "received", pgettext_lazy("equipment", "Received")
    IN_USE = "in_use", _("In use")
    IN_REPAIR = "in_repair", _("In repair")
    IN_STORE = "in_store", _("In store")
    WRITTEN_OFF = "written_off", _("Written off")


class Equipment(models.Model):
    """One piece, or several alike that no serial tells apart."""

    kind = models.CharField(max_length=12, choices=EquipmentKind.choices)
    state = models.CharField(max_length=12, choices=EquipmentState.choices, default=EquipmentState.RECEIVED)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="equipment")
    cluster = models.ForeignKey(
        SpeakerCluster, null=True, blank=True, on_delete=models.PROTECT, related_name="equipment"
    )
    name = models.CharField(max_length=160, help_text="the model as the maker calls it")
    maker = models.CharField(max_length=120, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    price_vnd = models.PositiveBigIntegerField(null=True, blank=True, help_text="of one, in đồng")
    acquired_on = models.DateField(null=True, blank=True)
    funding_source = models.CharField(max_length=200, blank=True, help_text="in words: the scheme or the budget")
    warranty_to = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    is_sample = models.BooleanField(default=False)
    folded = models.CharField(max_length=500, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["maker", "serial"], condition=~models.Q(serial=""), name="equipment_serial_once"
            ),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="equipment_is_something"),
            models.CheckConstraint(
                condition=models.Q(serial="") | models.Q(quantity=1), name="equipment_with_serial_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form and the order in step with the name."""
        self.index_name()
        super().save(*args, **kwargs)

    def index_name(self) -> None:
        """Set the searched form and the order from the name, the maker and the serial."""
        self.folded = text.fold(f"{self.name} {self.maker} {self.serial}")
        self.sort_key = text.sort_key(self.name)[:600]


class EquipmentStep(models.Model):
    """One step in the life of a piece."""

    equipment = models.ForeignKey(Equipment, on_delete=models.CASCADE, related_name="steps")
    from_state = models.CharField(max_length=12, choices=EquipmentState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=EquipmentState.choices)
    from_facility = models.ForeignKey(Facility, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(default=clock.today)
    decision = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.equipment}: {self.to_state}"


class Transfer(models.Model):
    """Facilities go over to other units by one decision: of one station, or of a whole district dissolved."""

    decision = models.CharField(max_length=200, help_text="its number and date")
    on = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.decision


class TransferLine(models.Model):
    """One facility of a transfer: from whom and where, to whom and where. Its clusters and equipment go with it."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="lines")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="transfer_lines")
    from_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    to_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    from_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transfer", "facility"], name="transfer_line_once")]

    def __str__(self) -> str:
        return f"{self.facility}: {self.from_place} → {self.to_place}"
