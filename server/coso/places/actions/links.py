"""Saying by hand what followed a unit that no list tells of. The caller has asked whether `by` may."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit.errors import BadInput
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.places import queries
from coso.places.actions.changes.making import lock_units
from coso.places.actions.changes.words import day
from coso.places.actions.currents import refresh_currents
from coso.places.models import Place, Succession
from coso.places.rules import graph


@transaction.atomic
def link_succession(
    *,
    predecessor: Place,
    successor: Place,
    source: str,
    by: object,
    share: float | None = None,
    is_whole: bool = True,
    is_verified: bool = False,
) -> Succession:
    """Say that a unit, whole or in part, went into another one, and by which document it is known. Raise BadInput.

    The first link of a unit leads where goes what cannot be divided. `share` is a part of the population, 0 to 1.
    """
    lock_units()
    source = squeeze(source)[:200]
    others = list(predecessor.successions.all())
    if faults := _faults(predecessor, successor, source, share, is_whole, others):
        raise BadInput(fields=faults)
    link = Succession.objects.create(
        predecessor=predecessor,
        successor=successor,
        is_whole=is_whole,
        is_default=not any(other.is_default for other in others),
        share=None if is_whole else share,
        is_verified=is_verified,
        source=source,
    )
    refresh_currents()
    _tell("places.linked", link, by)
    return link


@transaction.atomic
def unlink_succession(*, link_id: int, by: object, reason: str = "") -> None:
    """Take back a link that no change made. Raise BadInput for one that a change made: that one is undone instead."""
    lock_units()
    link = Succession.objects.select_related("predecessor", "successor", "change").get(pk=link_id)
    if link.change is not None:
        raise BadInput(_("A change made this link; undo the change."))
    link.delete()
    if link.is_default and (other := link.predecessor.successions.order_by("pk").first()):
        other.is_default = True
        other.save(update_fields=["is_default"])
    refresh_currents()
    _tell("places.unlinked", link, by, reason)


def _faults(
    old: Place, new: Place, source: str, share: float | None, is_whole: bool, others: list[Succession]
) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if not source:
        faults["source"] = [_("Write the document from which it is known.")]
    if old.valid_to is None:
        faults[""] = [_("%(name)s still exists; nothing followed it yet.") % {"name": old.name}]
        return faults
    _lives, links = queries.lives_and_links()
    if old.pk == new.pk or graph.makes_circle(links, old.pk, new.pk):
        said = _("%(name)s went into this unit itself; the links would lead in a circle.") % {"name": new.name}
        faults["successor"] = [said]
    elif any(other.successor_id == new.pk for other in others):
        faults["successor"] = [_("It is linked to %(name)s already.") % {"name": new.name}]
    elif not new.is_valid_on(old.valid_to + timedelta(days=1)):
        words = {"name": new.name, "day": day(old.valid_to + timedelta(days=1))}
        faults["successor"] = [_("%(name)s does not exist on %(day)s, the day after the last of the old unit.") % words]
    elif new.level != old.level:
        faults["successor"] = [_("The successor must be of the same level.")]
    if others and (is_whole or any(other.is_whole for other in others)):
        faults["is_whole"] = [_("The unit has a successor already. It can have several only when each took a part.")]
    known = sum(other.share or 0 for other in others)
    if share is not None and not is_whole and not 0 < share <= 1 - known + 0.0015:
        faults["share"] = [_("The shares of all parts may not add up to more than 100 per cent.")]
    return faults


def _tell(verb: str, link: Succession, by: object, reason: str = "") -> None:
    refs = [Ref("place", str(link.predecessor_id)), Ref("place", str(link.successor_id))]
    data = {"old": link.predecessor.name, "new": link.successor.name, "source": link.source}
    record(verb, by=by, refs=refs, data=data, reason=reason)
