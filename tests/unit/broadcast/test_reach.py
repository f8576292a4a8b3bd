"""How a village stands: played and signed before reported before told before pending; else why not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.broadcast.rules.reach import ClusterFacts, sign_of_cluster, sign_of_village
from coso.channels.rules import REACHED, Ground, Sign, State, Why, strongest

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)

ASKED = ClusterFacts("Cụm 1", has_device=True, is_silent=False, heard_at=NOW, was_asked=True, chance_until=EARLIER)


def stands(facts: ClusterFacts, *, is_approved: bool = True) -> tuple[str, str, str]:
    sign = sign_of_cluster(facts, is_approved=is_approved, now=NOW)
    return sign.state, sign.ground, sign.why


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"signed_at": EARLIER, "reported_at": EARLIER}, ("played", "signed", "")),
        ({"reported_at": EARLIER}, ("played", "reported", "")),
        ({"reported_at": EARLIER, "has_device": False}, ("played", "reported", "")),
        ({"has_device": False}, ("not_reached", "none", "no_device")),
        ({"was_asked": False}, ("not_reached", "none", "not_scheduled")),
        ({"chance_until": LATER}, ("pending", "none", "")),
        ({"chance_until": LATER, "trouble": Why.CUT}, ("pending", "none", "")),
        ({"chance_until": LATER, "is_silent": True}, ("pending", "none", "silent")),
        ({"chance_until": LATER, "is_silent": True, "is_alert": True}, ("not_reached", "none", "silent")),
        ({"is_silent": True}, ("not_reached", "none", "silent")),
        ({"trouble": Why.CUT}, ("not_reached", "none", "cut")),
        ({"trouble": Why.MISSED, "is_silent": True}, ("not_reached", "none", "missed")),
        ({"trouble": Why.REFUSED}, ("not_reached", "none", "refused")),
        ({"trouble": Why.MEDIA_BAD}, ("not_reached", "none", "media_bad")),
        ({}, ("not_reached", "none", "no_report")),
    ],
)
def test_how_a_cluster_stands(change, expected):
    assert stands(replace(ASKED, **change)) == expected


def test_a_bulletin_that_does_not_stand_waits_for_nobody():
    assert stands(replace(ASKED, chance_until=LATER), is_approved=False) == ("not_reached", "none", "not_approved")
    assert stands(replace(ASKED, reported_at=EARLIER), is_approved=False) == ("played", "reported", "")


def test_silence_is_told_since_when():
    sign = sign_of_cluster(replace(ASKED, is_silent=True, heard_at=EARLIER), is_approved=True, now=NOW)

    assert (sign.why, sign.since) == (Why.SILENT, EARLIER)


def test_a_village_without_a_cluster_is_told_so():
    assert sign_of_village([], is_approved=True, now=NOW).why == Why.NO_CLUSTER


def test_one_cluster_that_played_is_enough():
    silent, played = replace(ASKED, is_silent=True), replace(ASKED, name="Cụm 2", reported_at=EARLIER)

    sign = sign_of_village([silent, played], is_approved=True, now=NOW)

    assert (sign.state, sign.by) == (State.PLAYED, "Cụm 2")


def test_signed_goes_before_reported_told_and_pending():
    told = Sign(State.TOLD, Ground.STATED, EARLIER, "Đặng Văn Ấm")
    reported = Sign(State.PLAYED, Ground.REPORTED, EARLIER)
    signed = Sign(State.PLAYED, Ground.SIGNED, NOW)
    pending, lost = Sign(State.PENDING), Sign(State.NOT_REACHED, why=Why.CUT)

    order = [lost, pending, told, reported, signed]
    assert [strongest(order[: i + 1]) for i in range(5)] == order
    assert strongest([]) is None


def test_of_equal_signs_the_earliest_counts():
    first, second = Sign(State.TOLD, Ground.STATED, EARLIER, "a"), Sign(State.TOLD, Ground.STATED, NOW, "b")

    assert strongest([second, first]) == strongest([first, second]) == first


moments = st.none() | st.just(EARLIER)
facts = st.builds(
    ClusterFacts,
    name=st.just("c"),
    has_device=st.booleans(),
    is_silent=st.booleans(),
    heard_at=moments,
    signed_at=moments,
    reported_at=moments,
    trouble=st.sampled_from([Why.NOTHING, Why.CUT, Why.MISSED, Why.REFUSED, Why.MEDIA_BAD]),
    trouble_at=moments,
    chance_until=st.none() | st.sampled_from([EARLIER, LATER]),
    was_asked=st.booleans(),
    is_alert=st.booleans(),
)


@given(facts, st.booleans())
def test_every_cluster_is_accounted_for_with_a_ground_or_a_reason(one, is_approved):
    sign = sign_of_cluster(one, is_approved=is_approved, now=NOW)

    if sign.state in REACHED:
        assert sign.ground != Ground.NONE
        assert sign.at is not None
        assert sign.why == Why.NOTHING
    elif sign.state == State.NOT_REACHED:
        assert sign.why != Why.NOTHING
        assert sign.ground == Ground.NONE


@given(st.lists(facts, max_size=5), facts)
def test_one_more_cluster_never_makes_a_village_worse_off(some, one):
    before = sign_of_village(some, is_approved=True, now=NOW)
    after = sign_of_village([*some, one], is_approved=True, now=NOW)

    assert after.weight >= before.weight
