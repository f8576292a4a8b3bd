"""Loading the agencies that come with the system, and the people's committees of its places."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.errors import BadInput
from coso.kit.refs import Ref
from coso.organizations.models import FieldLead, Organization
from coso.places import queries as places
from coso.places.models import Level, Place
from coso.places.rules.names import in_sentence

DATA = Path(__file__).parent.parent / "data"

# Lines of the list that stand for many bodies: a committee for each district of the time, for each commune of today.
GROUPS = {"ubnd-huyen", "ubnd-xa"}

# Who led the field when: the plan of 2017 names the first; that the second followed is likely, and not verified.
LEADS = [
    (date(2017, 1, 1), "so-tttt", "Kế hoạch 82/KH-UBND năm 2017; ngày đầu chưa xác minh"),
    (date(2025, 3, 1), "so-vhttdl", "Suy từ việc hợp nhất các sở năm 2025; chưa có văn bản trong hệ thống"),
]

COMMITTEE_KINDS = {
    Level.PROVINCE: "provincial_authority",
    Level.DISTRICT: "district_authority",
    Level.COMMUNE: "commune_authority",
}


@transaction.atomic
def load_agencies() -> int:
    """Load the provincial agencies and the committees; return how many were added. Loading again adds what is missing.

    A committee whose unit ended since ends with it, followed by the committee of the unit that holds it today.

    Raise BadInput when the places are not loaded yet.
    """
    root = Place.objects.filter(level=Level.PROVINCE).first()
    if root is None:
        raise BadInput(_("Load the places first: coso places load."))
    wanted = [*_agencies(root), *_committees()]
    stored = {(o.code, o.name): o for o in Organization.objects.all()}
    fresh = [o for o in wanted if (o.code, o.name) not in stored]
    for organization in fresh:
        organization.save()
    _link(fresh)
    _end_committees()
    _name_leads()
    if fresh:
        record(
            "organizations.loaded", by="system", refs=[Ref("place", str(root.pk))], data={"organizations": len(fresh)}
        )
    return len(fresh)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _agencies(root: Place) -> Iterator[Organization]:
    validity = {row["code"]: row for row in _rows("agency_validity.csv")}
    for row in _rows("agencies.csv"):
        if row["code"] in GROUPS:
            continue
        more = validity[row["code"]]
        yield Organization(
            code=row["code"],
            name=row["name"],
            short_name=more["short_name"],
            kind=row["kind"],
            place=root,
            valid_from=_day(more["valid_from"]),
            valid_to=_day(more["valid_to"]),
            dates_verified=more["dates_verified"] == "yes",
            successor_verified=more["successor_verified"] == "yes",
            note=more["note"],
        )


def _committees() -> Iterator[Organization]:
    """Give the people's committee of the province, of each district there was, and of each commune of today."""
    districts = Place.objects.filter(level=Level.DISTRICT)
    for place in [places.province(), *districts, *places.communes()]:
        yield Organization(
            code=f"ubnd-{place.code}",
            name=f"UBND {in_sentence(place.name)}",
            kind=COMMITTEE_KINDS[Level(place.level)],
            place=place,
            valid_from=place.valid_from,
            valid_to=place.valid_to,
            dates_verified=place.dates_verified,
        )


def _link(fresh: list[Organization]) -> None:
    """Set the successors of the agencies just stored."""
    heirs = {row["code"]: row["successor_code"] for row in _rows("agency_validity.csv") if row["successor_code"]}
    for organization in fresh:
        if organization.code in heirs:
            organization.successor = Organization.objects.filter(code=heirs[organization.code]).first()
            organization.save(update_fields=["successor"])


def _end_committees() -> None:
    """Let the committees of units that ended end with them, followed by those of the units of today."""
    ended = Organization.objects.filter(
        code__startswith="ubnd-", valid_to=None, kind__in=COMMITTEE_KINDS.values(), place__valid_to__lt=clock.today()
    )
    for committee in ended.select_related("place__current"):
        if committee.place is None:
            continue
        heirs = Organization.objects.filter(code__startswith="ubnd-", place=committee.place.current, valid_to=None)
        committee.valid_to, committee.successor = committee.place.valid_to, heirs.exclude(pk=committee.pk).first()
        committee.save(update_fields=["valid_to", "successor"])


def _name_leads() -> None:
    """Say who leads the field, where nobody has said anything about it yet."""
    if FieldLead.objects.exists():
        return
    for day, code, source in LEADS:
        body = Organization.objects.filter(code=code).first()
        if body is not None:
            FieldLead.objects.create(organization=body, from_on=day, source=source, is_verified=False)
