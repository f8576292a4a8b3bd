"""The life of an invitation, whatever the dates."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from coso.organizations.rules import InvitationState, invitation_state, may_renew

MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MAYBE = st.none() | MOMENTS


@given(now=MOMENTS, expires=MOMENTS, accepted=MAYBE, withdrawn=MAYBE)
def test_only_what_nobody_answered_opens_an_account_and_only_in_time(now, expires, accepted, withdrawn):
    state = invitation_state(now=now, expires_at=expires, accepted_at=accepted, withdrawn_at=withdrawn)

    assert (state == InvitationState.OPEN) == (accepted is None and withdrawn is None and now < expires)


@given(now=MOMENTS, later=MOMENTS, expires=MOMENTS, accepted=MOMENTS)
def test_what_was_accepted_stays_accepted(now, later, expires, accepted):
    told = {"expires_at": expires, "accepted_at": accepted, "withdrawn_at": later}

    assert invitation_state(now=now, **told) == InvitationState.ACCEPTED


def test_only_what_waits_or_is_late_is_sent_anew():
    assert {state for state in InvitationState if may_renew(state)} == {InvitationState.OPEN, InvitationState.EXPIRED}
