"""What a person may do with a bulletin follows from its state and his standing, and from nothing else."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coso.newsroom.rules import review
from coso.newsroom.rules.review import NEXT, Rank, Standing, State, Step

STANDINGS = st.builds(
    Standing, writes=st.booleans(), approves=st.booleans(), releases=st.booleans(), had_a_hand=st.booleans()
)
SITUATIONS = {
    "state": st.sampled_from(State),
    "rank": st.sampled_from(Rank),
    "standing": STANDINGS,
    "has_sound": st.booleans(),
}
WRITER = Standing(writes=True, had_a_hand=True)
LEADER = Standing(approves=True, releases=True)


@given(**SITUATIONS)
def test_nobody_decides_on_what_he_had_a_hand_in(state, rank, standing, has_sound):
    found = review.steps(state=state, rank=rank, standing=standing, has_sound=has_sound)

    if standing.had_a_hand:
        assert not found & {Step.APPROVE, Step.RETURN}


@given(**SITUATIONS)
def test_every_step_that_is_offered_leads_to_a_state_that_may_follow(state, rank, standing, has_sound):
    targets = {
        Step.SUBMIT: State.SUBMITTED,
        Step.RETURN: State.RETURNED,
        Step.APPROVE: State.APPROVED,
        Step.WITHDRAW: State.WITHDRAWN,
    }

    found = review.steps(state=state, rank=rank, standing=standing, has_sound=has_sound)

    assert all(review.may_move(state, targets[step]) for step in found if step in targets)


@given(**SITUATIONS)
def test_what_the_approver_hears_never_changes_after_submission(state, rank, standing, has_sound):
    found = review.steps(state=state, rank=rank, standing=standing, has_sound=has_sound)

    if state not in review.EDITABLE:
        assert not found & {Step.EDIT, Step.RECORD}
        if has_sound:
            assert Step.MAKE_SOUND not in found


@given(**SITUATIONS)
def test_a_person_without_a_post_there_may_do_nothing(state, rank, standing, has_sound):
    stranger = Standing(had_a_hand=standing.had_a_hand)

    found = review.steps(state=state, rank=rank, standing=stranger, has_sound=has_sound)

    assert found == frozenset()


def test_a_withdrawn_bulletin_stays_withdrawn():
    assert NEXT[State.WITHDRAWN] == frozenset()


def test_an_emergency_is_decided_only_by_who_may_release_one():
    without = review.steps(state=State.SUBMITTED, rank=Rank.EMERGENCY, standing=Standing(approves=True), has_sound=True)
    with_right = review.steps(state=State.SUBMITTED, rank=Rank.EMERGENCY, standing=LEADER, has_sound=True)

    assert Step.APPROVE not in without
    assert {Step.APPROVE, Step.RETURN} <= with_right


def test_a_writer_takes_back_an_approved_notice_and_not_an_approved_alarm():
    ordinary = review.may_withdraw(WRITER, State.APPROVED, Rank.PRIORITY)
    alarm = review.may_withdraw(WRITER, State.APPROVED, Rank.EMERGENCY)

    assert (ordinary, alarm) == (True, False)


def test_a_bulletin_is_over_at_its_very_moment():
    now = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)

    assert review.has_expired(now, now)
    assert not review.has_expired(now + timedelta(seconds=1), now)
    assert not review.has_expired(None, now)


@given(st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=4)))
def test_outermost_areas_cover_the_same_ground_and_none_lies_in_another(branches):
    paths = ["/" + "".join(f"{number}/" for number in branch) for branch in branches]

    kept = review.outermost(paths)

    assert all(any(path.startswith(area) for area in kept) for path in paths)
    assert not any(a != b and a.startswith(b) for a in kept for b in kept)
    assert len(kept) == len(set(kept))
