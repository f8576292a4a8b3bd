"""Changing bodies from a day on, each by a decision: add, rename, merge, dissolve, move; and undoing the last step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import fold, squeeze
from coso.organizations import policies, queries, rules
from coso.organizations.events import BodiesChanged
from coso.organizations.models import BodyChange, BodyChangeKind, Organization, Person
from coso.places.models import Place

Actor = Person | Literal["system"]


class _Rehearsed(Exception):
    """Ends a rehearsal: nothing of it stays."""


def rehearse(act: Callable[[], object]) -> None:
    """Do something to bodies and take all of it back, so that a preview shows just what would be refused."""
    try:
        with transaction.atomic():
            act()
            raise _Rehearsed
    except _Rehearsed:
        return


@dataclass(frozen=True)
class NewBody:
    """What is told of a body that begins."""

    code: str
    name: str
    kind: str
    place: Place | None = None
    parent: Organization | None = None
    short_name: str = ""


@transaction.atomic
def add_body(*, by: Actor, told: NewBody, from_on: date, decision: str, note: str = "") -> Organization:
    """Enter a body that begins on a day."""
    change = _begin(by, BodyChangeKind.ADD, from_on, decision, note)
    return _done(by, change, [], _made(told, change))


@transaction.atomic
def rename_body(
    *, by: Actor, body: Organization, name: str, short_name: str = "", from_on: date, decision: str, note: str = ""
) -> Organization:
    """Give a body another name from a day on; what hangs on it is found under the new one."""
    old = _locked([body])[0]
    change = _begin(by, BodyChangeKind.RENAME, from_on, decision, note)
    if squeeze(name) == old.name and squeeze(short_name) == old.short_name:
        raise BadInput(fields={"name": [_("This is the name that it has.")]})
    told = NewBody(old.code, name, old.kind, old.place, old.parent, short_name)
    return _followed(by, change, [old], told)


@transaction.atomic
def move_body(
    *,
    by: Actor,
    body: Organization,
    place: Place | None,
    parent: Organization | None,
    from_on: date,
    decision: str,
    note: str = "",
) -> Organization:
    """Put a body at another place or under another body from a day on."""
    old = _locked([body])[0]
    change = _begin(by, BodyChangeKind.MOVE, from_on, decision, note)
    if (place.pk if place else None, parent.pk if parent else None) == (old.place_id, old.parent_id):
        raise BadInput(fields={"place": [_("It stands there already.")]})
    if parent is not None and (parent.pk == old.pk or old.pk in _above(parent)):
        raise BadInput(fields={"parent": [_("A body cannot stand under itself or under what stands under it.")]})
    told = NewBody(old.code, old.name, old.kind, place, parent, old.short_name)
    return _followed(by, change, [old], told)


@transaction.atomic
def merge_bodies(
    *,
    by: Actor,
    bodies: Sequence[Organization],
    into: Organization | NewBody,
    from_on: date,
    decision: str,
    note: str = "",
) -> Organization:
    """Let several bodies go into one from a day on: a new one, or one that is there."""
    old = [one for one in _locked(bodies) if not isinstance(into, Organization) or one.pk != into.pk]
    change = _begin(by, BodyChangeKind.MERGE, from_on, decision, note)
    if not old or (isinstance(into, NewBody) and len(old) < 2):
        raise BadInput(fields={"bodies": [_("Choose at least two bodies; the one that stays counts.")]})
    if isinstance(into, NewBody):
        return _followed(by, change, old, into)
    target = _locked([into])[0]
    _require_lasting(target, from_on, "into")
    _end(old, change, target)
    return _done(by, change, old, target)


@transaction.atomic
def dissolve_body(
    *,
    by: Actor,
    body: Organization,
    successor: Organization | None,
    from_on: date,
    decision: str,
    note: str = "",
) -> Organization:
    """End a body: `from_on` is the first day without it. Who takes over its duties may be unknown yet."""
    old = _locked([body])[0]
    change = _begin(by, BodyChangeKind.DISSOLVE, from_on, decision, note)
    if successor is not None:
        successor = _locked([successor])[0]
        _require_lasting(successor, from_on, "successor")
    _end([old], change, successor)
    return _done(by, change, [old], old)


@transaction.atomic
def undo_body_change(*, by: Actor, change: BodyChange, reason: str = "") -> BodyChange:
    """Take an operation back while nothing depends on what it began: as if it had never been.

    Raise WrongState, naming what depends on it.
    """
    _require(by)
    locked = BodyChange.objects.select_for_update().get(pk=change.pk)
    # Locked before it is asked what depends on them: who changes one of them meanwhile waits, and is not undone unseen.
    begun = list(Organization.objects.select_for_update().filter(begun_by=locked))
    ended = list(Organization.objects.select_for_update().filter(ended_by=locked))
    if hindrance := undo_hindrance(locked):
        raise WrongState(hindrance)
    for one in ended:
        one.valid_to, one.successor, one.ended_by = None, None, None
        one.save(update_fields=["valid_to", "successor", "ended_by"])
    names = [one.name for one in begun]
    for one in begun:
        one.delete()
    locked.undone_at = clock.now()
    locked.save(update_fields=["undone_at"])
    publish(BodiesChanged(change_id=locked.pk))
    refs = [Ref("organization", str(one.pk)) for one in ended] or [Ref("body-change", str(locked.pk))]
    data = {"kind": locked.kind, "names": names}
    record("organizations.change_undone", by=by, refs=refs, data=data, reason=reason)
    return locked


def undo_hindrance(change: BodyChange) -> str:
    """Say why an operation cannot be taken back any more; "" when it can."""
    if change.undone_at is not None:
        return _("This was undone already.")
    begun = list(change.begun.all())
    later = [one.name for one in begun if one.ended_by_id is not None and one.ended_by_id != change.pk]
    if later:
        return _("%(body)s was changed again afterwards; undo that first.") % {"body": later[0]}
    into = Organization.objects.filter(successor__in=begun).exclude(ended_by=change).first()
    if into is not None:
        return _("%(body)s went into it afterwards; undo that first.") % {"body": into.name}
    depend = sum(queries.dependents(begun).values())
    if depend:
        words = ngettext(
            "%(count)s record depends on what is new: a post, a facility or a task. Move it first.",
            "%(count)s records depend on what is new: posts, facilities or tasks. Move them first.",
            depend,
        )
        return words % {"count": depend}
    ended = list(change.ended.all())
    taken = Organization.objects.filter(code__in=[one.code for one in ended])
    for one in ended:
        others = taken.filter(code=one.code).exclude(pk__in=[same.pk for same in [*begun, *ended]])
        if any(rules.overlap((one.valid_from, None), (other.valid_from, other.valid_to)) for other in others):
            return _("The code %(code)s belongs to another body now.") % {"code": one.code}
    return ""


def _require(by: Actor) -> None:
    if by != "system":
        policies.require_throughout(by, "organization.edit")


def _begin(by: Actor, kind: BodyChangeKind, from_on: date, decision: str, note: str) -> BodyChange:
    _require(by)
    decision = squeeze(decision)
    if not decision:
        raise BadInput(fields={"decision": [_("Give the number and the date of the decision.")]})
    return BodyChange.objects.create(kind=kind, from_on=from_on, decision=decision, note=squeeze(note))


def _locked(bodies: Sequence[Organization]) -> list[Organization]:
    ids = [one.pk for one in bodies]
    return list(Organization.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _require_lasting(body: Organization, day: date, field: str) -> None:
    """Refuse a body that has ended, is to end, or has not begun by a day."""
    if body.valid_to is not None:
        sentence = _("%(body)s ends on %(day)s already.")
        raise BadInput(fields={field: [sentence % {"body": body.name, "day": f"{body.valid_to:%d/%m/%Y}"}]})
    if body.valid_from is not None and body.valid_from > day:
        sentence = _("%(body)s does not exist before %(day)s.")
        raise BadInput(fields={field: [sentence % {"body": body.name, "day": f"{body.valid_from:%d/%m/%Y}"}]})


def _end(bodies: Sequence[Organization], change: BodyChange, successor: Organization | None) -> None:
    """Let bodies end on the day before a change, followed by another one. Raise BadInput on any that cannot."""
    if successor is not None and rules.would_circle(
        [one.pk for one in bodies], successor.pk, queries.successor_links()
    ):
        raise BadInput(_("A body cannot become its own successor, straight or by others."))
    last = change.from_on - timedelta(days=1)
    for one in bodies:
        _require_lasting(one, last, "from_on" if one.valid_to is None else "")
        one.valid_to, one.successor, one.ended_by = last, successor, change
        one.successor_verified = True
        one.save(update_fields=["valid_to", "successor", "ended_by", "successor_verified"])


def _followed(by: Actor, change: BodyChange, old: Sequence[Organization], told: NewBody) -> Organization:
    """End some bodies and let a new one begin in their stead."""
    _end(old, change, None)
    made = _made(told, change)
    for one in old:
        one.successor = made
        one.save(update_fields=["successor"])
    return _done(by, change, old, made)


def _made(told: NewBody, change: BodyChange) -> Organization:
    made = Organization(
        code=told.code.strip() or rules.code_from(told.name),
        name=squeeze(told.name),
        short_name=squeeze(told.short_name),
        kind=told.kind,
        place=told.place,
        parent=told.parent,
        valid_from=change.from_on,
        begun_by=change,
    )
    if wrong := _faults(made):
        raise BadInput(fields=wrong)
    twin = BadInput(fields={"name": [_("A body of this code, name and day is there already.")]})
    with only_once(twin):
        made.save()
    return made


def _faults(made: Organization) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if not made.name:
        wrong["name"] = [_("The body needs a name.")]
    if not rules.is_body_code(made.code):
        wrong["code"] = [_("Use 2 to 40 small letters without marks, figures or hyphens.")]
    for other in Organization.objects.filter(code=made.code):
        if rules.overlap((made.valid_from, None), (other.valid_from, other.valid_to)):
            wrong["code"] = [_("%(body)s has this code on that day.") % {"body": other.name}]
    day = made.valid_from or clock.today()
    if made.place is not None and not made.place.is_valid_on(day):
        wrong["place"] = [_("%(place)s does not exist on that day.") % {"place": made.place.name}]
    same = [o for o in queries.organizations_on(day).filter(folded__contains=fold(made.name)) if o.name == made.name]
    if any(o.place_id == made.place_id for o in same):
        wrong.setdefault("name", []).append(_("A body of this name is there already."))
    if made.parent is not None and made.parent.valid_to is not None and made.parent.valid_to < day:
        wrong["parent"] = [_("%(body)s does not exist on that day.") % {"body": made.parent.name}]
    return wrong


def _above(body: Organization) -> set[int]:
    """Give the ids of the bodies above a body."""
    found: set[int] = set()
    here = body.parent
    while here is not None and here.pk not in found:
        found.add(here.pk)
        here = here.parent
    return found


def _done(by: Actor, change: BodyChange, old: Sequence[Organization], result: Organization) -> Organization:
    bodies = {one.pk: one for one in [result, *old]}
    publish(BodiesChanged(change_id=change.pk))
    refs = [Ref("organization", str(pk)) for pk in bodies]
    refs += [Ref("place", str(result.place_id))] if result.place_id else []
    record(f"organizations.body_{change.kind}", by=by, refs=refs, data={"name": result.name, "ended": len(old)})
    return result
