"""Reading transfers, and what a transfer would do: each facility with its proposed commune and body."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.organizations import queries as organizations
from coso.organizations.models import Organization
from coso.places import queries as places
from coso.places.models import Level, Place
from coso.registry.models import Facility, Transfer, TransferLine
from coso.registry.queries.facilities import commune_of, facilities

MOST_LINES = 500
"""Facilities of one transfer: the largest district of the province had fewer."""


@dataclass(frozen=True)
class Proposal:
    """Where one facility would go; None where nothing is known and a person must choose."""

    facility: Facility
    place: Place | None
    organization: Organization | None


def transferable(person: object) -> QuerySet[Facility]:
    """List the facilities that a person may transfer; closed ones stay where they were."""
    return facilities().filter(policies.scope(person, "registry.transfer", "place__path"), closed_on=None)


def left_behind(person: object) -> QuerySet[Facility]:
    """List the facilities that still hang on a unit of then, or are run by a body that ended."""
    today = clock.today()
    return transferable(person).filter(Q(place__valid_to__lt=today) | Q(organization__valid_to__lt=today))


def units_of_then(person: object) -> list[Place]:
    """List the units of then on which facilities still hang, with the districts above them, district first."""
    today = clock.today()
    paths = transferable(person).filter(place__valid_to__lt=today).order_by().values_list("place__path", flat=True)
    ids = {number for path in paths.distinct() for number in places.ids_in(path)}
    found = Place.objects.filter(pk__in=ids, valid_to__lt=today).exclude(level=Level.VILLAGE)
    order = list(Level.values)
    return sorted(found, key=lambda place: (order.index(place.level), place.sort_key))


def bodies_of_then(person: object) -> QuerySet[Organization]:
    """List the bodies that ended and still run facilities."""
    run = transferable(person).filter(organization__valid_to__lt=clock.today()).order_by().values("organization")
    return Organization.objects.filter(pk__in=run)


def proposals(person: object, *, narrowed: Q) -> list[Proposal]:
    """Say of each facility found where it would go: by the unit of today that follows its place, to whom by the bodies.

    A body that lasts keeps what stays in its place; else the successor of the body, else the people's committee.
    """
    rows = list(transferable(person).filter(narrowed).order_by("place__sort_key", "sort_key", "pk")[: MOST_LINES + 1])
    units = [here for row in rows if (here := _unit_of(row.place)) is not None]
    committees = committees_of(commune_of(unit) for unit in units)
    return [_proposal(row, committees) for row in rows]


def _unit_of(place: Place) -> Place | None:
    """Give the unit of today that a place is; a district has none, since it went to many."""
    here = place.current
    return here if here is not None and here.is_valid_on(clock.today()) else None


def _proposal(row: Facility, committees: Mapping[int, Organization]) -> Proposal:
    place = _unit_of(row.place)
    committee = committees.get(commune_of(place).pk) if place else None
    body = row.organization
    if body is None:
        return Proposal(row, place, committee)
    heir = organizations.successor_of(body)
    stays = place == row.place and heir == body
    return Proposal(row, place, body if stays else _heir_in(heir, place) or committee)


def _heir_in(heir: Organization | None, place: Place | None) -> Organization | None:
    """Give the body that followed, when its own place holds the facility: a committee elsewhere takes nothing over."""
    if heir is None or heir.place is None or place is None:
        return None
    return heir if place.is_within(heir.place) and heir.place.level == Level.COMMUNE else None


def committees_of(communes: Iterable[Place]) -> dict[int, Organization]:
    """Give the people's committees of communes, by the commune's id."""
    found = organizations.organizations_on(clock.today()).filter(
        kind="commune_authority", place__in={commune.pk for commune in communes}
    )
    return {body.place_id: body for body in found.order_by("-pk") if body.place_id is not None}


def transfers_seen_by(person: object) -> QuerySet[Transfer]:
    """List the transfers of which a person may see a facility, newest first."""
    seen = policies.scope(person, "registry.read", "lines__facility__place__path")
    return Transfer.objects.filter(seen).select_related("made_by").distinct()


def with_units(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    """Fetch with some transfers their lines, and of the units on both sides what they are called then and now."""
    units = [f"{side}_place{way}" for side in ("from", "to") for way in ("", "__current")]
    names = [f"{unit}__{name}" for unit in units for name in ("name", "current")]
    lines = TransferLine.objects.select_related(*units).only("transfer", *names).order_by("pk")
    return transfers.prefetch_related(Prefetch("lines", lines))


def get_transfer(person: object, transfer_id: int) -> Transfer:
    """Give one transfer within a person's scope. Raise NotFound."""
    found = transfers_seen_by(person).filter(pk=transfer_id).first()
    if found is None:
        raise NotFound
    return found


def lines_of(transfer: Transfer) -> QuerySet[TransferLine]:
    """List the lines of a transfer with all that they name joined."""
    joined = transfer.lines.select_related(
        "facility__place", "from_place", "to_place", "from_organization", "to_organization"
    )
    return joined.order_by("to_place__sort_key", "facility__sort_key", "pk")


def moved_since(transfer: Transfer) -> list[Facility]:
    """List the facilities of a transfer that are no more where it put them: it can't be undone over them."""
    later = TransferLine.objects.filter(
        transfer__pk__gt=transfer.pk, transfer__undone_at=None, facility__in=transfer.lines.values("facility")
    ).values_list("facility_id", flat=True)
    gone = set(later)
    return [
        line.facility
        for line in lines_of(transfer)
        if line.facility_id in gone
        or line.facility.place_id != line.to_place_id
        or line.facility.organization_id != line.to_organization_id
    ]


def transfers_of(facility: Facility) -> QuerySet[TransferLine]:
    """List the transfers that a facility went through, newest first."""
    joined = facility.transfer_lines.select_related("transfer", "from_place", "to_place", "from_organization")
    return joined.select_related("to_organization").order_by("-transfer__on", "-pk")
