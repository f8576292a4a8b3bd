"""Taking a change back, as long as nothing hangs on what it began."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.places import queries
from coso.places.actions.changes.figures import Returned, keep, returned
from coso.places.actions.changes.making import lock_units
from coso.places.actions.currents import refresh_currents
from coso.places.events import UnitsChangeUndone
from coso.places.models import Change, ChangeState, Place


@transaction.atomic
def undo_change(*, change_id: int, by: object, reason: str = "", estimates: bool = True) -> Change:
    """Take a change back: what it began goes, what it ended goes on as if nothing had been. The caller has asked.

    Figures told of the new units meanwhile go back to the old ones; with `estimates`, also by shares, flagged. The
    journal keeps each one that no old unit gets as it was told.

    Raise WrongState when it was undone already; BadInput, with what is in the way, when a record or a later change
    hangs on a unit that it began, or a unit that it ended could not come back.
    """
    lock_units()
    change = Change.objects.select_for_update().get(pk=change_id)
    if change.state == ChangeState.UNDONE:
        raise WrongState
    if hanging := queries.depending_on(change):
        counts = "; ".join(f"{one.name}: {one.count}" for one in hanging)
        raise BadInput(
            _("The change can no longer be undone: on what it began there hang already %(counts)s.")
            % {"counts": counts}
        )
    _look_who_comes_back(change)
    found = returned(change) if change.state == ChangeState.IN_FORCE else Returned()
    keep(old for old, _had, is_estimated in found.old if estimates or not is_estimated)
    told = [_told(place, figures) for place, figures in found.kept.items()]
    change.successions.all().delete()
    # Those below go first: a unit keeps its children's parent from being deleted.
    for place in sorted(change.begun.all(), key=lambda place: -place.path.count("/")):
        place.delete()
    back = tuple(change.ended.values_list("pk", flat=True))
    Place.objects.filter(pk__in=back).update(valid_to=None, ended_by=None)
    change.state, change.undone_at = ChangeState.UNDONE, clock.now()
    change.save(update_fields=["state", "undone_at", "folded"])
    data = {"kind": str(change.kind), "before": change.before, "after": change.after, "figures": told}
    refs = [Ref("change", str(change.pk))]
    record("places.change_undone", by=by, refs=refs, data=data, reason=reason)
    refresh_currents()
    publish(UnitsChangeUndone(change_id=change.pk, units=back))
    return change


def _told(place: Place, figures: dict[str, Any]) -> dict[str, Any]:
    return {"name": place.name, "code": place.code} | figures


def _look_who_comes_back(change: Change) -> None:
    """Raise BadInput when a unit that the change ended finds its code taken, or the unit above it gone."""
    ended = list(change.ended.select_related("parent__ended_by"))
    bearers: dict[str, list[Place]] = defaultdict(list)
    others = Place.objects.filter(code__in={unit.code for unit in ended})
    for other in others.exclude(begun_by=change).exclude(ended_by=change):
        bearers[other.code].append(other)
    for unit in ended:
        later = [one for one in bearers[unit.code] if unit.valid_to is not None and one.valid_from > unit.valid_to]
        if later:
            words = {"code": unit.code, "name": unit.name, "other": later[0].name}
            raise BadInput(_("%(name)s cannot come back: its code %(code)s is now that of %(other)s.") % words)
        above = unit.parent
        if above is None or above.valid_to is None or above.ended_by == change:
            continue
        # A planned end takes along whoever lies under the unit on its day.
        if above.ended_by is None or above.ended_by.state != ChangeState.PLANNED:
            words = {"name": unit.name, "above": above.name}
            raise BadInput(_("%(name)s cannot come back: %(above)s, in which it lay, has ended since.") % words)
