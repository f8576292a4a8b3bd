"""The life of a bulletin, and what one person may do with it next. Rights are computed from the state, never stored."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

TITLE_MOST = 200
BODY_MOST = 20_000
REASON_LEAST = 5
REASON_MOST = 1_000
AREAS_MOST = 300


class Rank(StrEnum):
    """The three classes of Thông tư 39/2020/TT-BTTTT, low to high; the values are those of `models.BulletinClass`."""

    NORMAL = "normal"
    PRIORITY = "priority"
    EMERGENCY = "emergency"


class State(StrEnum):
    """Where a bulletin stands; the values are those of `models.BulletinState`."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.RETURNED, State.APPROVED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}

EDITABLE = frozenset({State.DRAFT, State.RETURNED})


class Step(StrEnum):
    """Something a person can do with a bulletin."""

    EDIT = "edit"
    RECORD = "record"
    """Put a human recording in the place of the synthesized voice."""
    MAKE_SOUND = "make_sound"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Standing:
    """What one person is to one bulletin, whatever its state."""

    writes: bool = False
    """Has `bulletin.write` at every area."""
    approves: bool = False
    """Has `bulletin.approve` at every area."""
    releases: bool = False
    """Has `emergency.release` at every area."""
    had_a_hand: bool = False
    """Is its author, or changed its text or its sound."""


def may_move(current: State, to: State) -> bool:
    """Tell whether a bulletin may go straight from one state to another."""
    return to in NEXT[current]


def may_decide(standing: Standing, rank: Rank) -> bool:
    """Tell whether a person may approve or return: never what he wrote himself; an emergency asks one right more."""
    if standing.had_a_hand or not standing.approves:
        return False
    return rank != Rank.EMERGENCY or standing.releases


def may_withdraw(standing: Standing, state: State, rank: Rank) -> bool:
    """Tell whether a person may take a bulletin back.

    Before approval whoever writes there; afterwards whoever approves there too. An approved emergency is taken
    back only by who could release one: silencing an alarm weighs as much as sounding it.
    """
    if state != State.APPROVED:
        return standing.writes
    if rank == Rank.EMERGENCY:
        return standing.approves and standing.releases
    return standing.writes or standing.approves


def steps(*, state: State, rank: Rank, standing: Standing, has_sound: bool) -> frozenset[Step]:
    """Give what a person may do with a bulletin now.

    `has_sound` says whether a ready sound of the present revision exists: once it is submitted nothing that the
    approver listens to may change, only a sound that is lacking may still be made.
    """
    found: set[Step] = set()
    if state in EDITABLE and standing.writes:
        found |= {Step.EDIT, Step.RECORD, Step.MAKE_SOUND, Step.SUBMIT}
    if state == State.SUBMITTED:
        if not has_sound and (standing.writes or standing.approves):
            found.add(Step.MAKE_SOUND)
        if may_decide(standing, rank):
            found |= {Step.RETURN, Step.APPROVE}
    if may_move(state, State.WITHDRAWN) and may_withdraw(standing, state, rank):
        found.add(Step.WITHDRAW)
    return frozenset(found)


def has_expired(expires_at: datetime | None, now: datetime) -> bool:
    """Tell whether a bulletin's time is over."""
    return expires_at is not None and expires_at <= now


def outermost(paths: list[str]) -> list[str]:
    """Keep the areas that lie in no other one of the list, each once ('/1/' swallows '/1/7/')."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept
