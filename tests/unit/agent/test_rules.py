"""What the loudspeaker decides, case by case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coso_agent import rules
from coso_agent.rules import Decision, End, Play, Progress, Refused, Step, View, decide
from coso_wire import Action, Alert, Item, Manifest, Media, Rank

T = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # 10:00 in Việt Nam
S = timedelta(seconds=1)
SOUND = Media(sha256="a" * 64, bytes=1000, duration_ms=60_000, mime="audio/mpeg")
OTHER = Media(sha256="b" * 64, bytes=1000, duration_ms=30_000, mime="audio/mpeg")
READY = frozenset({SOUND.sha256, OTHER.sha256})


def item(item_id: str = "1", **more: Any) -> Item:
    values: dict[str, Any] = {
        "bulletin_id": "b" + item_id,
        "revision": 1,
        "rank": Rank.NORMAL,
        "starts_at": T,
        "ends_at": T + 60 * S,
        "media": SOUND,
    }
    return Item(item_id=item_id, **{**values, **more})


def alert(alert_id: str = "a", **more: Any) -> Alert:
    values: dict[str, Any] = {
        "bulletin_id": "b" + alert_id,
        "revision": 1,
        "action": Action.PLAY,
        "areas": ("v1",),
        "issued_at": T,
        "expires_at": T + timedelta(hours=1),
        "media": OTHER,
    }
    return Alert(alert_id=alert_id, **{**values, **more})


def view(*items: Item, alerts: tuple[Alert, ...] = (), **more: Any) -> View:
    quiet = more.pop("quiet_hours", ())
    manifest = Manifest(
        device_id="d",
        version=1,
        issued_at=T - timedelta(1),
        expires_at=more.pop("expires_at", T + timedelta(7)),
        areas=("v1",),
        items=items,
        quiet_hours=quiet,
    )
    return View(**{"manifest": manifest, "alerts": alerts, "ready": READY, **more})


def told(decision: Decision) -> list[tuple[str, End, str]]:
    return [(close.play.item_id, close.end, close.reason) for close in decision.close]


def key_of(thing: Item | Alert) -> str:
    return (Play.of_item(thing) if isinstance(thing, Item) else Play.of_alert(thing)).key


# --- whom to obey ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"device_id": "other"}, "other_device"),
        ({"held_version": 1}, "not_newer"),
        ({"held_version": 2}, "not_newer"),
        ({"now": T + timedelta(7)}, "expired"),
        ({"now": T - timedelta(1) - timedelta(minutes=11)}, "from_the_future"),
    ],
)
def test_a_manifest_that_must_not_be_obeyed_is_refused(changed: dict[str, Any], reason: str):
    manifest = view(item()).manifest
    assert manifest is not None

    with pytest.raises(Refused) as refused:
        rules.check_manifest(manifest, **{"device_id": "d", "held_version": 0, "now": T, **changed})

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"areas": None}, "no_manifest"),
        ({"areas": ()}, "wrong_area"),
        ({"areas": ("v2", "V1")}, "wrong_area"),
        ({"now": T + timedelta(hours=1)}, "expired"),
        ({"now": T - timedelta(minutes=11)}, "from_the_future"),
    ],
)
def test_an_alert_that_must_not_be_obeyed_is_refused(changed: dict[str, Any], reason: str):
    with pytest.raises(Refused) as refused:
        rules.check_alert(alert(), **{"areas": ("commune", "v1"), "now": T, **changed})

    assert refused.value.reason == reason


# --- the schedule ------------------------------------------------------------------------------------


def test_nothing_plays_before_its_time_and_the_wait_is_known():
    decision = decide(view(item()), T - 5 * S)

    assert decision == Decision(wake_at=T)


def test_an_item_starts_at_its_time():
    decision = decide(view(item()), T)

    assert (decision.play, decision.offset_ms, decision.late) == (Play.of_item(item()), 0, False)


def test_a_normal_item_may_start_a_minute_late_and_not_a_moment_more():
    assert decide(view(item()), T + 60 * S).play == Play.of_item(item())
    assert told(decide(view(item()), T + 61 * S)) == [("1", End.MISSED, "late")]
    assert decide(view(item()), T + 61 * S).play is None


def test_a_box_that_wakes_a_moment_late_is_on_time():
    strict = item(late_s=0)

    assert decide(view(strict), T + 2 * S).play == Play.of_item(strict)
    assert told(decide(view(strict), T + 2.1 * S)) == [("1", End.MISSED, "late")]


@pytest.mark.parametrize("rank", [Rank.PRIORITY, Rank.EMERGENCY])
def test_a_missed_item_of_rank_is_played_late_until_it_expires(rank: Rank):
    missed = item(rank=rank, ends_at=T + 3600 * S)

    assert decide(view(missed), T + 3600 * S).late
    assert decide(view(missed), T + 3600 * S).play == Play.of_item(missed)
    assert told(decide(view(missed), T + 3601 * S)) == [("1", End.MISSED, "late")]


def test_a_missed_priority_waits_for_the_end_of_the_quiet_hours():
    missed = item(rank=Rank.PRIORITY, ends_at=T + 4 * 3600 * S)
    quiet = (("10:30", "11:30"),)

    during = decide(view(missed, quiet_hours=quiet), T + 3600 * S)
    after = decide(view(missed, quiet_hours=quiet), T + 5400 * S)

    assert (during.play, during.close, during.wake_at) == (None, (), T + 5400 * S)
    assert after.play == Play.of_item(missed)


def test_a_missed_emergency_item_sounds_in_quiet_hours_too():
    missed = item(rank=Rank.EMERGENCY, ends_at=T + 3600 * S)

    decision = decide(view(missed, quiet_hours=(("00:00", "23:59"),)), T + 1800 * S)

    assert decision.play == Play.of_item(missed)


@pytest.mark.parametrize(
    ("local", "end"),
    [
        ("21:29", None),
        ("21:30", "05:00"),
        ("23:59", "05:00"),
        ("00:00", "05:00"),
        ("04:59", "05:00"),
        ("05:00", None),
        ("12:00", "13:00"),
    ],
)
def test_quiet_hours_go_past_midnight(local: str, end: str | None):
    hours = (("21:30", "05:00"), ("11:30", "13:00"))
    now = datetime(2026, 11, 24, int(local[:2]), int(local[3:]), tzinfo=rules.LOCAL)

    found = rules.quiet_end(hours, now)

    assert (found and f"{found:%H:%M}") == end
    assert found is None or now < found <= now + timedelta(days=1)


def test_an_item_without_its_sound_is_missed_for_that_reason():
    waiting = decide(view(item(), ready=frozenset()), T)
    missed = decide(view(item(), ready=frozenset()), T + 61 * S)

    assert (waiting.play, waiting.hold) == (None, ())
    assert told(missed) == [("1", End.MISSED, "no_media")]


def test_what_is_done_is_not_done_again():
    decision = decide(view(item(), progress={key_of(item()): Progress(Step.DONE)}), T)

    assert decision == Decision()


def test_an_item_that_starts_after_the_manifest_expired_is_not_played():
    late = item(starts_at=T + 10 * S, ends_at=T + 70 * S)

    decision = decide(view(late, expires_at=T + 10 * S), T + 10 * S)

    assert told(decision) == [("1", End.MISSED, "expired")]
    assert decision.play is None


def test_with_a_doubtful_clock_the_schedule_is_silent_and_alerts_are_not():
    doubtful = view(item(), alerts=(alert(),), clock_trusted=False)

    decision = decide(doubtful, T + 61 * S)

    assert decision.play == Play.of_alert(alert())
    assert decision.close == ()
    assert decide(view(item(), clock_trusted=False), T) == Decision()


# --- one before the other ----------------------------------------------------------------------------


def test_an_item_waits_for_an_equal_one_that_is_on():
    first, second = item("1"), item("2", starts_at=T + 30 * S, ends_at=T + 90 * S)
    playing = Play.of_item(first)

    decision = decide(view(first, second, playing=playing), T + 30 * S)
    held = {key_of(second): Progress(Step.WAITING), key_of(first): Progress(Step.DONE)}

    assert decision.play == playing
    assert decision.hold == (Play.of_item(second),)
    assert decide(view(first, second, progress=held), T + 100 * S).play == Play.of_item(second)
    assert told(decide(view(first, second, progress=held), T + (90 + 901) * S)) == [("2", End.MISSED, "late")]


def test_a_priority_item_cuts_a_normal_one():
    normal, priority = item("1"), item("2", rank=Rank.PRIORITY, starts_at=T + 9 * S)

    decision = decide(view(normal, priority, playing=Play.of_item(normal)), T + 9 * S)

    assert (decision.play, decision.stop) == (Play.of_item(priority), "priority")


def test_an_alert_cuts_at_once_whatever_is_on():
    for rank in (Rank.NORMAL, Rank.PRIORITY):
        on = item(rank=rank)

        decision = decide(view(on, alerts=(alert(),), playing=Play.of_item(on)), T + S)

        assert (decision.play, decision.stop) == (Play.of_alert(alert()), "emergency")


def test_an_alert_without_its_sound_leaves_the_item_on():
    decision = decide(view(item(), alerts=(alert(),), playing=Play.of_item(item()), ready={SOUND.sha256}), T + S)

    assert (decision.play, decision.stop) == (Play.of_item(item()), None)


# --- going on after a cut ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position_ms", "after_s", "expected"),
    [
        (1, 100, None),
        (50_000, 100, None),
        (50_001, 100, "too_short"),
        (20_000, 960, None),
        (20_000, 961, "grace_over"),
    ],
)
def test_a_cut_item_goes_on_if_enough_remains_and_its_grace_is_not_over(
    position_ms: int, after_s: int, expected: str | None
):
    cut = {key_of(item()): Progress(Step.CUT, position_ms)}

    decision = decide(view(item(), progress=cut), T + after_s * S)

    if expected is None:
        assert (decision.play, decision.offset_ms) == (Play.of_item(item()), position_ms)
        assert decision.close == ()
    else:
        assert decision.play is None
        assert told(decision) == [("1", End.CUT, expected)]


def test_the_grace_of_a_slot_is_data():
    cut = {key_of(item()): Progress(Step.CUT, 20_000)}

    decision = decide(view(item(grace_s=30), progress=cut), T + 91 * S)

    assert told(decision) == [("1", End.CUT, "grace_over")]


# --- withdrawn and corrected -------------------------------------------------------------------------


def test_a_withdrawn_item_stops_at_once():
    decision = decide(view(playing=Play.of_item(item())), T + S)

    assert (decision.play, decision.stop) == (None, "withdrawn")


def test_a_corrected_item_is_played_from_its_start_in_place_of_the_old_one():
    corrected = item(revision=2, media=OTHER)

    decision = decide(view(corrected, playing=Play.of_item(item())), T + 100 * S)

    assert (decision.play, decision.offset_ms, decision.stop) == (Play.of_item(corrected), 0, "replaced")


def test_a_correction_waits_for_its_sound():
    corrected = item(revision=2, media=OTHER)

    decision = decide(view(corrected, playing=Play.of_item(item()), ready={SOUND.sha256}), T + 100 * S)

    assert (decision.play, decision.stop, decision.hold) == (None, "replaced", (Play.of_item(corrected),))


# --- alerts ------------------------------------------------------------------------------------------


def test_the_alert_issued_first_sounds_first_and_whole():
    first, second = alert("z"), alert("a", issued_at=T + S)

    assert decide(view(alerts=(second, first)), T + 2 * S).play == Play.of_alert(first)
    on = view(alerts=(second, first), playing=Play.of_alert(first))
    assert (decide(on, T + 2 * S).play, decide(on, T + 2 * S).stop) == (Play.of_alert(first), None)
    done = {key_of(first): Progress(Step.DONE, repeats=1)}
    assert decide(view(alerts=(second, first), progress=done), T + 40 * S).play == Play.of_alert(second)


def test_an_update_of_the_same_bulletin_takes_its_place_at_once():
    old, new = alert("a"), alert("n", bulletin_id="ba", revision=2, issued_at=T + S, media=SOUND)

    decision = decide(view(alerts=(old, new), playing=Play.of_alert(old)), T + 2 * S)

    assert (decision.play, decision.stop) == (Play.of_alert(new), "replaced")
    assert told(decision) == [("a", End.CUT, "replaced")]


def test_an_older_revision_that_comes_later_does_not_sound():
    new, old = alert("n", bulletin_id="ba", revision=2), alert("a", issued_at=T + S)

    decision = decide(view(alerts=(new, old)), T + 2 * S)

    assert decision.play == Play.of_alert(new)
    assert told(decision) == [("a", End.MISSED, "replaced")]


@pytest.mark.parametrize(
    "cancel",
    [
        {"alert_id": "a", "bulletin_id": "another", "revision": 0},
        {"alert_id": "c", "bulletin_id": "ba", "revision": 1},
        {"alert_id": "c", "bulletin_id": "ba", "revision": 2},
    ],
)
def test_a_cancel_stops_the_alert_that_it_names(cancel: dict[str, Any]):
    stop = alert(**cancel, action=Action.CANCEL, media=None, issued_at=T + S)

    decision = decide(view(alerts=(alert(), stop), playing=Play.of_alert(alert())), T + 2 * S)

    assert (decision.play, decision.stop) == (None, "cancelled")
    assert told(decide(view(alerts=(stop, alert())), T + 2 * S)) == [("a", End.MISSED, "cancelled")]


@pytest.mark.parametrize(
    "cancel",
    [
        {"bulletin_id": "other", "revision": 5},
        {"bulletin_id": "ba", "revision": 0},
        {"bulletin_id": "ba", "revision": 1, "issued_at": T - S},
    ],
)
def test_a_cancel_of_something_else_stops_nothing(cancel: dict[str, Any]):
    stop = alert("c", **{"issued_at": T + S, **cancel}, action=Action.CANCEL, media=None)

    decision = decide(view(alerts=(alert(), stop)), T + 2 * S)

    assert decision.play == Play.of_alert(alert())


def test_a_repeat_comes_after_its_gap_and_a_short_gap_is_kept_silent():
    again = alert(repeat=2, gap_s=10)
    once = {key_of(again): Progress(Step.WAITING, repeats=1, ended_at=T + 30 * S)}
    between = view(item(), alerts=(again,), progress=once)

    assert (decide(between, T + 39 * S).play, decide(between, T + 39 * S).wake_at) == (None, T + 40 * S)
    assert decide(between, T + 40 * S).play == Play.of_alert(again)


def test_in_a_long_gap_the_schedule_goes_on():
    again = alert(repeat=2, gap_s=600)
    once = {key_of(again): Progress(Step.WAITING, repeats=1, ended_at=T + 30 * S)}

    decision = decide(view(item(), alerts=(again,), progress=once), T + 39 * S)

    assert decision.play == Play.of_item(item())


def test_an_expired_alert_is_missed_or_was_heard():
    over = T + timedelta(hours=1)
    heard = {key_of(alert(repeat=9)): Progress(Step.WAITING, repeats=1, ended_at=T)}

    assert told(decide(view(alerts=(alert(),)), over)) == [("a", End.MISSED, "expired")]
    assert told(decide(view(alerts=(alert(repeat=9),), progress=heard), over)) == [("a", End.QUIET, "expired")]
    on = decide(view(alerts=(alert(),), playing=Play.of_alert(alert())), over)
    assert (on.play, on.stop) == (Play.of_alert(alert()), None)


@pytest.mark.parametrize(
    ("position_ms", "expected"), [(0, (0, 0)), (20_000, (0, 20_000)), (20_001, (0, 0)), (27_000, (1, 0))]
)
def test_an_alert_cut_near_its_end_counts_as_heard_or_starts_anew(position_ms: int, expected: tuple[int, int]):
    assert rules.alert_position(Progress(Step.CUT, position_ms), 30_000) == expected


# --- sounds ------------------------------------------------------------------------------------------


def test_the_sound_of_an_alert_is_fetched_first_and_each_once():
    third = Media(sha256="c" * 64, bytes=1, duration_ms=1, mime="audio/ogg")
    later = item("2", starts_at=T + 90 * S, ends_at=T + 99 * S, media=third)
    looked = view(later, item("1"), alerts=(alert(), alert("y", media=OTHER)))

    assert [media.sha256[0] for media in rules.wanted_media(looked, T)] == ["b", "a", "c"]
