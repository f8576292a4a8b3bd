"""Whole mornings that nobody would think of, lived through decision by decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coso_agent import rules
from coso_agent.rules import ORDER, End, Play, Progress, Step, View, decide
from coso_wire import Action, Alert, Item, Manifest, Media, Rank
from tests.unit.agent.test_rules import S, T

media = st.builds(
    Media,
    sha256=st.sampled_from("abcdef").map(lambda letter: letter * 64),
    bytes=st.just(1),
    duration_ms=st.integers(1, 120).map(lambda s: s * 1000),
    mime=st.just("audio/mpeg"),
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    starts_at = T + draw(st.integers(0, 600)) * S
    return Item(
        item_id=draw(st.integers(1, 6).map(str)),
        bulletin_id="b",
        revision=1,
        rank=draw(st.sampled_from(Rank)),
        starts_at=starts_at,
        ends_at=starts_at + draw(st.integers(0, 600)) * S,
        media=draw(media),
        grace_s=draw(st.sampled_from([0, 60, 900])),
        late_s=draw(st.sampled_from([0, 60])),
    )


@st.composite
def alerts(draw: st.DrawFn) -> Alert:
    issued_at = T + draw(st.integers(0, 600)) * S
    action = draw(st.sampled_from([Action.PLAY, Action.PLAY, Action.CANCEL]))
    return Alert(
        alert_id=draw(st.sampled_from("pqrs")) + str(draw(st.integers(0, 99))),
        bulletin_id=draw(st.sampled_from(["flood", "storm", "fire"])),
        revision=draw(st.integers(0, 2)),
        action=action,
        areas=("v1",),
        issued_at=issued_at,
        expires_at=issued_at + draw(st.integers(1, 900)) * S,
        media=draw(media) if action == Action.PLAY else None,
        repeat=draw(st.integers(1, 3)),
        gap_s=draw(st.sampled_from([0, 5, 60])),
    )


class Morning:
    """Live by the decisions as the agent does, in made-up time."""

    def __init__(self, manifest: Manifest, coming: list[Alert]) -> None:
        self.manifest = manifest
        self.coming = sorted(coming, key=lambda alert: alert.issued_at)
        self.view = View(manifest=manifest, ready={letter * 64 for letter in "abcdef"})
        self.now = T - S
        self.ends: dict[str, list[str]] = {}
        self.starts: list[tuple[Play, int, bool]] = []

    def live(self, *, outage: tuple[int, int]) -> None:
        off_from, off_until = T + outage[0] * S, T + (outage[0] + outage[1]) * S
        while self.now < T + 3600 * S:
            self.now += S
            if off_from <= self.now < off_until:
                self._lose_power()
                continue
            self._advance()
            for _ in range(20):
                if not self._turn():
                    break
            else:
                raise AssertionError("the decisions never settle")

    def _lose_power(self) -> None:
        if self.view.playing:
            self._set(self.view.playing, replace(self._known(self.view.playing), step=Step.CUT))
            self.view = replace(self.view, playing=None)

    def _known(self, play: Play) -> Progress:
        return self.view.progress.get(play.key, Progress(Step.WAITING))

    def _set(self, play: Play, known: Progress) -> None:
        self.view = replace(self.view, progress={**self.view.progress, play.key: known})

    def _advance(self) -> None:
        here = [a for a in self.coming if a.issued_at <= self.now and a.expires_at > self.now]
        seen = {a.alert_id for a in self.view.alerts}
        self.view = replace(self.view, alerts=(*self.view.alerts, *(a for a in here if a.alert_id not in seen)))
        play = self.view.playing
        if play is None:
            return
        known = self._known(play)
        position = known.position_ms + 1000
        if position < play.media.duration_ms:
            self._set(play, replace(known, position_ms=position))
            return
        repeat = next((a.repeat for a in self.view.alerts if play.is_alert and a.alert_id == play.item_id), 1)
        step = Step.WAITING if known.repeats + 1 < repeat else Step.DONE
        self._set(play, Progress(step, 0, known.repeats + 1, self.now))
        if step == Step.DONE:
            self.ends.setdefault(play.key, []).append("played")
        self.view = replace(self.view, playing=None)

    def _turn(self) -> bool:
        decision = decide(self.view, self.now)
        self.check(decision)
        if self.view.playing and decision.stop:
            self._set(self.view.playing, replace(self._known(self.view.playing), step=Step.CUT))
            self.view = replace(self.view, playing=None)
        for close in decision.close:
            self.ends.setdefault(close.play.key, []).append(close.end.value)
            self._set(close.play, replace(self._known(close.play), step=Step.DONE))
        for play in decision.hold:
            self._set(play, Progress(Step.WAITING))
        if decision.play and self.view.playing is None:
            known = self._known(decision.play)
            if decision.play.is_alert:
                repeats, offset = rules.alert_position(known, decision.play.media.duration_ms)
                known = replace(known, repeats=repeats, position_ms=offset)
            self._set(decision.play, replace(known, step=Step.PLAYING))
            self.starts.append((decision.play, decision.offset_ms, decision.late))
            self.view = replace(self.view, playing=decision.play)
            return True
        return bool(decision.stop or decision.hold)

    def check(self, decision: rules.Decision) -> None:
        """Hold what must be so of every decision."""
        play, on = decision.play, self.view.playing
        assert decision.wake_at is None or decision.wake_at > self.now
        if on and play and play.key != on.key:
            assert decision.stop
            assert ORDER[play.rank] > ORDER[on.rank] or decision.stop in ("replaced", "cancelled")
        if play is None or (on and play.key == on.key):
            return
        assert self._known(play).step != Step.DONE
        if play.is_alert:
            alert = next(a for a in self.view.alerts if a.alert_id == play.item_id)
            assert alert.issued_at <= self.now < alert.expires_at
            return
        item = next(i for i in self.manifest.items if i.item_id == play.item_id)
        assert self.now >= item.starts_at
        if play.key not in self.view.progress:
            on_time = self.now <= item.starts_at + max(item.late_s, 2) * S
            assert on_time or (item.rank != Rank.NORMAL and self.now <= item.ends_at)
            if not on_time and item.rank == Rank.PRIORITY:
                assert rules.quiet_end(self.manifest.quiet_hours, self.now) is None
        else:
            assert self.now <= item.ends_at + item.grace_s * S
        if decision.offset_ms:
            assert play.media.duration_ms - decision.offset_ms >= 10_000


@settings(max_examples=30, deadline=None)
@given(
    st.lists(items(), max_size=6, unique_by=lambda item: item.item_id),
    st.lists(alerts(), max_size=5, unique_by=lambda alert: alert.alert_id),
    st.sampled_from([(), (("10:02", "10:08"),), (("09:00", "10:20"),)]),
    st.tuples(st.integers(0, 900), st.sampled_from([0, 0, 1, 30, 400])),
)
def test_every_morning_ends_with_each_item_accounted_for_once(
    items: list[Item], alerts: list[Alert], quiet: tuple[tuple[str, str], ...], outage: tuple[int, int]
):
    manifest = Manifest(
        device_id="d",
        version=1,
        issued_at=T - timedelta(1),
        expires_at=T + timedelta(1),
        areas=("v1",),
        items=tuple(items),
        quiet_hours=quiet,
    )
    morning = Morning(manifest, alerts)

    morning.live(outage=outage)

    assert morning.view.playing is None
    for item in items:
        ends = morning.ends[Play.of_item(item).key]
        assert len(ends) == 1
        assert ends[0] in ("played", End.CUT, End.MISSED)
    for alert in morning.view.alerts:
        if alert.action == Action.PLAY:
            assert len(morning.ends[Play.of_alert(alert).key]) == 1


@given(st.lists(alerts(), max_size=6, unique_by=lambda alert: alert.alert_id), st.randoms())
def test_the_order_in_which_alerts_arrive_changes_nothing(alerts: list[Alert], chance: object):
    shuffled = list(alerts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    ready = {letter * 64 for letter in "abcdef"}

    for seconds in (0, 300, 700):
        one = decide(View(alerts=alerts, ready=ready), T + seconds * S)
        other = decide(View(alerts=shuffled, ready=ready), T + seconds * S)
        assert (one.play, one.wake_at) == (other.play, other.wake_at)
        assert set(one.close) == set(other.close)
