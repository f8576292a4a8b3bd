"""What upper apps tell of a body on its page, and of what a person has in hand when he leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from coso.kit.refs import Ref
from coso.organizations.models import Organization, Person
from coso.places.models import Place
from coso.ui.lists import Line

LINES_OF_A_BODY = 50


@dataclass(frozen=True)
class BodyLines:
    """One kind of record that hangs on a body, as the app that owns it tells."""

    title: str | Promise
    find: Callable[[object, Sequence[Organization]], Sequence[Line]]


_body_lines: dict[str, BodyLines] = {}


def register_body_lines(
    key: str, title: str | Promise, find: Callable[[object, Sequence[Organization]], Sequence[Line]]
) -> None:
    """Let an app show on a body's page what hangs on it; called from `AppConfig.ready`.

    `find(person, bodies)` lists at most `LINES_OF_A_BODY` lines of what the person may see. It is given the body and
    every one whose duties it took over: what hangs on any of them is shown.
    """
    _body_lines[key] = BodyLines(title, find)


def body_lines(person: object, bodies: Sequence[Organization]) -> list[tuple[str | Promise, Sequence[Line]]]:
    """Give what hangs on a body and on those it followed, by kind; kinds of which there is nothing are left out."""
    return [(kind.title, lines) for kind in _body_lines.values() if (lines := kind.find(person, bodies))]


@dataclass(frozen=True)
class OpenDuty:
    """One thing that lies in somebody's hands and must not be left behind when he leaves."""

    ref: Ref
    words: str
    """What it is, as a list says it; no personal text."""
    address: str
    """Its page, for whoever may open it."""
    place: Place
    """Where the right is asked of whoever takes it over."""


@dataclass(frozen=True)
class Duties:
    """One kind of open duty, as the app that owns it tells."""

    key: str
    label: str | Promise
    right: str
    """What whoever takes it over must be allowed at the duty's place."""
    find: Callable[[Person], Sequence[OpenDuty]]
    hand_over: Callable[[Ref, Person, Person], None]


_duties: dict[str, Duties] = {}


def register_duties(
    key: str,
    label: str | Promise,
    find: Callable[[Person], Sequence[OpenDuty]],
    hand_over: Callable[[Ref, Person, Person], None],
    *,
    right: str,
) -> None:
    """Let an app tell what of its records lies in a person's hands, and pass one on; called from `AppConfig.ready`.

    `find(person)` lists them in few queries. `hand_over(ref, to, by)` runs in the transaction of the handover and
    writes the new hand into the record: that `by` may manage the leaving person's account was asked, what `to` may
    beyond `right` (all areas of a bulletin, say) the app asks itself and raises BadInput. The journal's entry is the
    handover's; it names the record. What lies with a body (a defect, an inspection round) is in nobody's hands.
    """
    _duties[key] = Duties(key, label, right, find, hand_over)


def duties() -> list[Duties]:
    """List the kinds of open duty in the order of registration."""
    return list(_duties.values())
