"""How a village stands by loudspeaker: from what its clusters did, may still do, and what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coso.channels.rules import Ground, Sign, State, Why, strongest

ALERT_PATIENCE = timedelta(minutes=2)
"""How long after an alert could have been played we still wait for word of a device that is heard."""


@dataclass(frozen=True)
class ClusterFacts:
    """What is known of one cluster and one bulletin."""

    name: str
    has_device: bool = False
    is_silent: bool = True
    heard_at: datetime | None = None
    signed_at: datetime | None = None
    """When its device's signed log says that it played."""
    reported_at: datetime | None = None
    """When its device reported that it played."""
    trouble: Why = Why.NOTHING
    """The last thing that went wrong there."""
    trouble_at: datetime | None = None
    chance_until: datetime | None = None
    """Until when a slot or an alert may still be played."""
    was_asked: bool = False
    """Whether a slot or an alert, past or to come, is for it."""
    is_alert: bool = False


def sign_of_cluster(facts: ClusterFacts, *, is_approved: bool, now: datetime) -> Sign:
    """Say how one cluster stands: played (signed, else reported), pending, or not reached with the reason."""
    if facts.signed_at is not None:
        return Sign(State.PLAYED, Ground.SIGNED, facts.signed_at, facts.name)
    if facts.reported_at is not None:
        return Sign(State.PLAYED, Ground.REPORTED, facts.reported_at, facts.name)
    if not is_approved:
        return _not_reached(facts, Why.NOT_APPROVED)
    if not facts.has_device:
        return _not_reached(facts, Why.NO_DEVICE)
    if not facts.was_asked:
        return _not_reached(facts, Why.NOT_SCHEDULED)
    may_still = facts.chance_until is not None and now < facts.chance_until
    if may_still and facts.is_silent and not facts.is_alert:
        # It may hold the manifest and play with the line down; the report will come later.
        return Sign(State.PENDING, by=facts.name, why=Why.SILENT, since=facts.heard_at)
    if may_still and not facts.is_silent:
        return Sign(State.PENDING, by=facts.name)
    if facts.trouble != Why.NOTHING:
        return _not_reached(facts, facts.trouble, facts.trouble_at)
    if facts.is_silent:
        return _not_reached(facts, Why.SILENT, facts.heard_at)
    return _not_reached(facts, Why.NO_REPORT)


def _not_reached(facts: ClusterFacts, why: Why, since: datetime | None = None) -> Sign:
    return Sign(State.NOT_REACHED, by=facts.name, why=why, since=since)


def sign_of_village(clusters: Sequence[ClusterFacts], *, is_approved: bool, now: datetime) -> Sign:
    """Say how a village stands by its clusters: the strongest sign counts, one cluster is enough."""
    best = strongest(sign_of_cluster(facts, is_approved=is_approved, now=now) for facts in clusters)
    return best or Sign(State.NOT_REACHED, why=Why.NO_CLUSTER)
