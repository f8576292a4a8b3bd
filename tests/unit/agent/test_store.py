"""What is remembered is whole, in order, and still there after the plug was pulled."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coso_agent.clock import Clock
from coso_agent.rules import Play, Progress, Step
from coso_agent.store import Identity, NotEnrolled, Store
from coso_wire import CHAIN_START, LogKind, Media, Rank, Refusal, ReportKind, SigningKey

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SOUND = Media(sha256="a" * 64, bytes=10, duration_ms=60_000, mime="audio/mpeg")
PLAY = Play("item:1:1", "1", "b", 1, Rank.NORMAL, SOUND, NOW)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home")


def fill(store: Store, count: int) -> None:
    for number in range(count):
        store.record(LogKind.START, at=NOW, play=PLAY, played_ms=number, report=ReportKind.START)


def test_the_log_is_a_chain_that_the_server_can_verify(store: Store):
    fill(store, 5)
    identity = Identity("d", "", b"", store.own_key(), {})

    batch = store.log_batch(identity, most=3)

    assert batch is not None
    batch.verify(device_id="d", key=store.own_key().verify_key)
    assert [entry.seq for entry in batch.after(held_seq=0, held_hash=CHAIN_START)] == [1, 2, 3]


def test_what_is_acknowledged_is_not_sent_again_and_a_server_that_forgot_gets_it_again(store: Store):
    fill(store, 5)
    identity = Identity("d", "", b"", store.own_key(), {})
    first = store.reports(2)

    store.acknowledge(reports=tuple(report.report_id for report in first), refusals=(), log_seq=4, cursor="c", now=NOW)

    assert [report.played_ms for report in store.reports(10)] == [2, 3, 4]
    batch = store.log_batch(identity, most=10)
    assert batch is not None
    assert batch.first_seq == 5
    store.acknowledge(reports=(), refusals=(), log_seq=1, cursor=None, now=NOW)
    batch = store.log_batch(identity, most=10)
    assert batch is not None
    assert (batch.first_seq, store.text("cursor")) == (2, "c")


def test_a_refusal_is_told_once(store: Store):
    refusal = Refusal(what="manifest", reason="expired", at=NOW, digest="f" * 64)
    for _ in range(2):
        store.record(LogKind.REFUSED, at=NOW, refusal=refusal)

    assert store.refusals(10) == (refusal,)
    assert store.was_refused("f" * 64, "expired")
    store.acknowledge(reports=(), refusals=(refusal,), log_seq=0, cursor=None, now=NOW)
    assert store.refusals(10) == ()


def refuse(store: Store, letter: str, at: datetime, *, told: bool) -> None:
    refusal = Refusal(what="manifest", reason="expired", at=at, digest=letter * 64)
    store.record(LogKind.REFUSED, at=at, refusal=refusal)
    if told:
        store.acknowledge(reports=(), refusals=(refusal,), log_seq=0, cursor=None, now=at)


def test_refusals_told_long_ago_are_forgotten_and_untold_ones_kept(store: Store):
    refuse(store, "a", NOW, told=True)
    refuse(store, "b", NOW, told=False)
    refuse(store, "c", NOW + timedelta(days=20), told=True)

    store.tidy(now=NOW + timedelta(days=31), wanted=set())

    assert [store.was_refused(letter * 64, "expired") for letter in "abc"] == [False, True, True]
    assert [refusal.digest[0] for refusal in store.refusals(10)] == ["b"]


def test_of_very_many_refusals_the_latest_told_are_kept(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("coso_agent.store.MOST_REFUSALS", 2)
    for letter in "abcd":
        refuse(store, letter, NOW, told=True)

    store.tidy(now=NOW, wanted=set())

    assert [store.was_refused(letter * 64, "expired") for letter in "abcd"] == [False, False, True, True]


def test_a_play_under_way_is_known_after_a_restart(store: Store):
    store.record(LogKind.START, at=NOW, play=PLAY, progress=Progress(Step.PLAYING))
    store.keep_position(PLAY.key, 12_345, now=NOW)
    store.close()

    again = Store(store.home)

    assert again.interrupted() == [(PLAY, Progress(Step.PLAYING, 12_345))]
    assert again.moment("clock_ms") == NOW


def test_the_key_is_made_once_and_nobody_else_reads_it(store: Store):
    key = store.own_key()

    assert store.own_key().seed == key.seed
    assert stat.S_IMODE(os.stat(store.home / "agent.db").st_mode) == 0o600
    assert stat.S_IMODE(os.stat(store.home).st_mode) == 0o700


def test_a_home_that_is_not_enrolled_is_nobody(store: Store):
    with pytest.raises(NotEnrolled):
        store.identity()


def test_an_enrolled_home_knows_whom_to_obey(store: Store):
    authority = SigningKey.generate().verify_key

    store.enrol(device_id="d", server="https://s", secret=b"s" * 32, authorities=[authority])

    identity = store.identity()
    assert (identity.device_id, identity.server, identity.secret) == ("d", "https://s", b"s" * 32)
    assert identity.authorities == {authority.key_id: authority}


def test_a_sound_that_changed_on_the_disk_is_noticed(store: Store):
    path = store.media.path(SOUND.sha256)
    path.write_bytes(b"not what the name says")

    assert store.media.here() == {SOUND.sha256}
    assert not store.media.whole(SOUND)


def test_tidying_keeps_what_is_wanted_and_what_the_server_lacks(store: Store):
    for name in ("a", "b"):
        path = store.media.path(name * 64)
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    fill(store, 3)
    later = NOW + timedelta(days=500)
    store.acknowledge(reports=(), refusals=(), log_seq=2, cursor=None, now=NOW)

    store.tidy(now=later, wanted={"a" * 64})

    assert store.media.here() == {"a" * 64}
    assert [entry.seq for entry in store.log_entries()] == [3]


def test_a_killed_writer_leaves_a_whole_chain(tmp_path: Path):
    program = f"""
import sys
sys.path[:0] = ["wire", "agent", "."]
from tests.unit.agent.test_store import *
store = Store(Path({str(tmp_path / "home")!r}))
print("ready", flush=True)
while True:
    fill(store, 1)
"""
    writer = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(0.3)
    writer.kill()
    writer.wait()
    writer.stdout.close()

    store = Store(tmp_path / "home")
    identity = Identity("d", "", b"", store.own_key(), {})
    batch = store.log_batch(identity, most=500)

    assert batch is not None
    batch.verify(device_id="d", key=store.own_key().verify_key)
    assert len(store.reports(10_000)) == store.log_seq() > 3


def test_a_clock_that_went_back_is_doubted_until_the_server_tells_the_time():
    future = datetime.now(UTC) + timedelta(hours=1)  # noqa: TID251 the device's own clock is under test
    clock = Clock(future)

    assert not clock.trusted
    assert clock.now() == future
    moved = clock.hear(future + timedelta(hours=1))
    assert clock.trusted
    assert moved is not None
    assert abs(clock.now() - future - timedelta(hours=1)) < timedelta(seconds=1)


def test_a_small_difference_leaves_the_clock_alone():
    clock = Clock()

    assert clock.hear(clock.now() + timedelta(seconds=1)) is None
    assert clock.trusted
