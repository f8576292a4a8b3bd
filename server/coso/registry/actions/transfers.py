"""Transfers: facilities go over to other units and bodies by one decision, all or none; undone while nothing moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies
from coso.organizations.models import Organization, Person
from coso.places.models import Level, Place
from coso.registry import queries
from coso.registry.actions.facts import Faults
from coso.registry.models import Facility, Transfer, TransferLine


@dataclass(frozen=True)
class Move:
    """One facility and where it goes; `from_place_id` is where the person saw it."""

    facility_id: int
    from_place_id: int
    place: Place
    organization: Organization | None


@transaction.atomic
def transfer(*, by: Person, moves: Sequence[Move], decision: str, on: date, note: str = "") -> Transfer:
    """Put facilities under other units and bodies from a day on; their clusters and equipment go with them.

    Raise WrongState when one has moved since the person looked, BadInput with fields such as 'place-17' otherwise.
    """
    # In the order of their ids, so that two transfers that meet wait for each other and never both for good.
    locked = Facility.objects.select_for_update(of=("self",)).filter(pk__in=[move.facility_id for move in moves])
    found = {row.pk: row for row in locked.select_related("place", "organization").order_by("pk")}
    for move in moves:
        row = found.get(move.facility_id)
        if row is None or row.place_id != move.from_place_id or row.is_closed:
            raise WrongState
        policies.require(by, "registry.transfer", row.place)
        policies.require(by, "registry.transfer", move.place)
    if wrong := _faults(moves, found, decision, on):
        raise BadInput(fields=wrong)
    made = Transfer.objects.create(decision=squeeze(decision), on=on, made_by=by, note=squeeze(note))
    TransferLine.objects.bulk_create(
        TransferLine(
            transfer=made,
            facility=found[move.facility_id],
            from_place_id=move.from_place_id,
            to_place=move.place,
            from_organization=found[move.facility_id].organization,
            to_organization=move.organization,
        )
        for move in moves
    )
    for move in moves:
        row = found[move.facility_id]
        row.place, row.organization = move.place, move.organization
    Facility.objects.bulk_update(found.values(), ["place", "organization"], batch_size=200)
    _record("registry.facilities_transferred", made, by)
    return made


@transaction.atomic
def undo_transfer(*, by: Person, transfer: Transfer) -> Transfer:
    """Put everything back where it was, while nothing moved since. Raise WrongState naming what did."""
    made = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if made.undone_at is not None:
        raise WrongState(_("This transfer was undone already."))
    list(Facility.objects.select_for_update().filter(transfer_lines__transfer=made).order_by("pk"))
    lines = list(queries.lines_of(made))
    for line in lines:
        policies.require(by, "registry.transfer", line.from_place)
        policies.require(by, "registry.transfer", line.to_place)
    if moved := queries.moved_since(made):
        names = ", ".join(facility.name for facility in moved[:5])
        raise WrongState(_("These have moved since: %(names)s. Transfer them anew instead.") % {"names": names})
    facilities = []
    for line in lines:
        line.facility.place, line.facility.organization = line.from_place, line.from_organization
        facilities.append(line.facility)
    Facility.objects.bulk_update(facilities, ["place", "organization"], batch_size=200)
    made.undone_at = clock.now()
    made.save(update_fields=["undone_at"])
    _record("registry.transfer_undone", made, by)
    return made


def _faults(moves: Sequence[Move], found: dict[int, Facility], decision: str, on: date) -> Faults:
    wrong: Faults = {}
    today = clock.today()
    if not squeeze(decision):
        wrong["decision"] = [_("Facilities are transferred by a decision; give its number and date.")]
    if on > today:
        wrong["on"] = [_("This day has not come yet.")]
    if not moves:
        wrong[""] = [_("Choose at least one facility.")]
    elif len(moves) > queries.MOST_LINES or len({move.facility_id for move in moves}) < len(moves):
        most = {"most": queries.MOST_LINES}
        wrong[""] = [_("One transfer takes each facility once, and at most %(most)s.") % most]
    for move in moves:
        row = found[move.facility_id]
        if not move.place.is_valid_on(today) or move.place.level == Level.DISTRICT:
            wrong[f"place-{row.pk}"] = [_("Choose a unit of today.")]
        elif row.place == move.place and row.organization == move.organization:
            wrong[f"place-{row.pk}"] = [_("Nothing would change for it: take it out, or choose another unit or body.")]
        if move.organization is not None and move.organization.valid_to and move.organization.valid_to < today:
            wrong[f"organization-{row.pk}"] = [_("Choose a body of today.")]
    return wrong


def _record(verb: str, made: Transfer, by: Person) -> None:
    ids = list(made.lines.order_by("pk").values_list("facility_id", flat=True))
    refs = [Ref("transfer", str(made.pk)), *(Ref("facility", str(pk)) for pk in ids)]
    record(verb, by=by, refs=refs, data={"facilities": len(ids), "decision": made.decision})
