"""The three networks of people who carry word: three registers, never one role.

Communicators are recognised by decision of the commune's chairman (Nghị định 49/2024/NĐ-CP, Điều 21–22), Party
reporters by a Party committee (Quyết định 973-QĐ/BTGTW, 2021), information officers take and answer what people send
(Kế hoạch 82/KH-UBND, IV.1).
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import text
from coso.organizations.models.bodies import Organization
from coso.organizations.models.people import Person
from coso.places.models import LabelKind, Place


class NetworkMember(models.Model):
    """What the three registers have in common; no table of its own."""

    full_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the account, if there is one",
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", help_text="whose member he is")
    areas = models.ManyToManyField(Place, related_name="%(class)ss", help_text="the places he serves, within `place`")
    languages = models.ManyToManyField(LabelKind, blank=True, related_name="+", help_text="beside Vietnamese")
    decision = models.CharField(max_length=120, help_text="the number of the decision")
    decided_on = models.DateField()
    decision_sha256 = models.CharField(max_length=64, blank=True, help_text="its file among the blobs")
    decision_file = models.CharField(max_length=160, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="the last day; empty while he serves")
    is_sample = models.BooleanField(default=False)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)

    class Meta:
        abstract = True
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form and the order in step with the name."""
        self.index_name()
        super().save(*args, **kwargs)

    def index_name(self) -> None:
        """Set the searched form and the order from the name; people are ordered by the given name, which is last."""
        self.folded = text.fold(f"{self.full_name} {self.decision}")
        self.sort_key = text.sort_key(" ".join(reversed(self.full_name.split())))[:400]


class CommunicatorDuty(models.TextChoices):
    """The village office from which a communicator is taken (Nghị định 49/2024/NĐ-CP, Điều 21)."""

    CELL_SECRETARY = "cell_secretary", _("Party cell secretary")
    VILLAGE_HEAD = "village_head", _("Head of the village or residential group")
    FRONT_HEAD = "front_head", _("Head of the Front work committee")


class Communicator(NetworkMember):
    """A grassroots communicator (tuyên truyền viên cơ sở), recognised by the commune's chairman."""

    duty = models.CharField(max_length=20, choices=CommunicatorDuty.choices)


class ReporterLevel(models.TextChoices):
    """The committee whose reporter somebody is; the district level of 2021 is kept for history."""

    CENTRAL = "central", _("Central")
    PROVINCE = "province", _("Provincial")
    DISTRICT = "district", _("District (until 30/6/2025)")
    COMMUNE = "commune", _("Commune")


class Reporter(NetworkMember):
    """A Party reporter (báo cáo viên), recognised by a Party committee."""

    level = models.CharField(max_length=10, choices=ReporterLevel.choices)


class InformationOfficer(NetworkMember):
    """A grassroots information officer (thông tin viên cơ sở), who takes and answers what people send."""

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="information_officers"
    )
