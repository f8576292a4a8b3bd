"""The real program over the real wire: it plays, it is interrupted, it is lied to."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from coso_agent.store import Store
from coso_wire import Alert, Envelope, LogKind, Manifest, SigningKey, canonical, seal_alert, seal_manifest
from coso_wire.signing import ALERT_DOMAIN, MANIFEST_DOMAIN
from tests.support.fake_gateway import Gateway
from tests.unit.agent.conftest import Speaker, make_alert, make_item, until

STRANGER = SigningKey(b"x" * 32)


def log_kinds(speaker: Speaker) -> list[str]:
    return [entry.kind.value for entry in speaker.device.log]


def test_a_slot_is_played_reported_and_proved(speaker: Speaker, gateway: Gateway):
    sound, samples = gateway.add_sound(1.0)
    speaker.start()

    manifest = speaker.give(make_item("1", sound, gateway, starts_in=0.7))
    until(lambda: speaker.device.kinds("1") == ["start", "end"])
    until(lambda: len(speaker.device.log) >= 4)

    assert speaker.sounded() == samples
    assert log_kinds(speaker) == ["enrolled", "boot", "start", "end"]
    start, end = speaker.device.reports
    assert timedelta(0) <= start.at - manifest.items[0].starts_at < timedelta(seconds=30)
    assert (end.played_ms, end.media_sha256, end.bulletin_id, end.revision) == (1000, sound.sha256, "b-1", 1)
    assert speaker.device.states[-1].manifest_version == 1


def test_an_emergency_sounds_at_once_and_its_report_is_at_the_server_at_once(speaker: Speaker, gateway: Gateway):
    long, long_samples = gateway.add_sound(30)
    short, short_samples = gateway.add_sound(0.5, seed=1)
    speaker.start()
    speaker.give(make_item("1", long, gateway), prefetch=(short,))
    until(lambda: len(speaker.events("media")) == 2 and speaker.device.kinds("1") == ["start"])

    sent = time.monotonic()
    gateway.put_alert(make_alert("a", short, gateway))
    until(lambda: speaker.device.kinds("a") == ["start"], within=2)
    told = time.monotonic()
    until(lambda: speaker.device.kinds("a") == ["start", "end"])

    first = speaker.events("first_sample")[1]
    assert first["key"] == "alert:a:1"
    assert 0 < first["mono"] - sent < 1  # 0.02 s on an idle machine; the benches measure it
    assert told - sent < 2
    heard = speaker.sounded()
    place = heard.find(short_samples)
    assert place > 0
    assert heard[:place] == long_samples[:place]
    until(lambda: speaker.device.kinds("1") == ["start", "cut", "start"])
    reasons = [(report.kind.value, report.reason) for report in speaker.device.reports if report.item_id == "1"]
    assert reasons == [("start", None), ("cut", "emergency"), ("start", "resume")]


# Whoever makes a case gets the gateway, the speaker's manifest and an alert, both good, and spoils one.
BAD_MANIFESTS: dict[str, tuple[Callable[[Gateway, Manifest], Envelope], str]] = {
    "unsigned": (lambda g, m: Envelope(payload=m.to_bytes()), "unsigned"),
    "by another key": (lambda g, m: seal_manifest(m, key=STRANGER), "unknown_key"),
    "by another key under our key's name": (
        lambda g, m: replace(seal_manifest(m, key=STRANGER), key_id=g.key.key_id),
        "bad_signature",
    ),
    "signed as an alert": (
        lambda g, m: Envelope.seal(m.to_bytes(), domain=ALERT_DOMAIN, key=g.key),
        "bad_signature",
    ),
    "truncated": (lambda g, m: _cut(seal_manifest(m, key=g.key)), "bad_signature"),
    "with a bit flipped": (lambda g, m: _flip(seal_manifest(m, key=g.key)), "bad_signature"),
    "expired": (
        lambda g, m: seal_manifest(
            replace(m, issued_at=g.now() - timedelta(2), expires_at=g.now() - timedelta(1)), key=g.key
        ),
        "expired",
    ),
    "older": (lambda g, m: seal_manifest(replace(m, version=1), key=g.key), "not_newer"),
    "of the same version with other content": (
        lambda g, m: seal_manifest(replace(m, version=2), key=g.key),
        "not_newer",
    ),
    "for another device": (lambda g, m: seal_manifest(replace(m, device_id="dev-2"), key=g.key), "other_device"),
    "from the future": (
        lambda g, m: seal_manifest(replace(m, issued_at=g.now() + timedelta(hours=1)), key=g.key),
        "from_the_future",
    ),
    "not JSON": (lambda g, m: Envelope.seal(b"{not json", domain=MANIFEST_DOMAIN, key=g.key), "bad_json"),
    "without its items": (lambda g, m: _without(m, "items", g), "missing_field"),
    "without its device": (lambda g, m: _without(m, "device_id", g), "missing_field"),
    "an alert": (
        lambda g, m: Envelope.seal(make_alert("x", m.items[0].media, g).to_bytes(), domain=MANIFEST_DOMAIN, key=g.key),
        "wrong_kind",
    ),
    "with a negative duration": (lambda g, m: _with_duration(m, g), "bad_field"),
}
BAD_ALERTS: dict[str, tuple[Callable[[Gateway, Alert], Envelope], str]] = {
    "unsigned": (lambda g, a: Envelope(payload=a.to_bytes(), key_id=g.key.key_id), "unsigned"),
    "by another key": (lambda g, a: seal_alert(a, key=STRANGER), "unknown_key"),
    "signed as a manifest": (
        lambda g, a: Envelope.seal(a.to_bytes(), domain=MANIFEST_DOMAIN, key=g.key),
        "bad_signature",
    ),
    "truncated": (lambda g, a: _cut(seal_alert(a, key=g.key)), "bad_signature"),
    "with a bit flipped": (lambda g, a: _flip(seal_alert(a, key=g.key)), "bad_signature"),
    "expired": (
        lambda g, a: seal_alert(
            replace(a, issued_at=g.now() - timedelta(2), expires_at=g.now() - timedelta(seconds=1)), key=g.key
        ),
        "expired",
    ),
    "for another area": (lambda g, a: seal_alert(replace(a, areas=("v2",)), key=g.key), "wrong_area"),
    "for no area": (lambda g, a: seal_alert(replace(a, areas=()), key=g.key), "wrong_area"),
}


def _cut(envelope: Envelope) -> Envelope:
    return replace(envelope, payload=envelope.payload[:-7])


def _flip(envelope: Envelope) -> Envelope:
    return replace(envelope, payload=envelope.payload[:40] + bytes([envelope.payload[40] ^ 1]) + envelope.payload[41:])


def _without(manifest: Manifest, name: str, gateway: Gateway) -> Envelope:
    raw = manifest.to_json()
    del raw[name]
    return Envelope.seal(canonical(raw), domain=MANIFEST_DOMAIN, key=gateway.key)


def _with_duration(manifest: Manifest, gateway: Gateway) -> Envelope:
    raw = manifest.to_json()
    raw["items"][0]["media"]["duration_ms"] = -1
    return Envelope.seal(canonical(raw), domain=MANIFEST_DOMAIN, key=gateway.key)


def test_nothing_forged_old_or_misdirected_is_played_and_each_is_written_down(speaker: Speaker, gateway: Gateway):
    sound, _ = gateway.add_sound(0.3)
    speaker.start()
    speaker.give(version=2)
    until(lambda: speaker.events("manifest"))
    bad = Manifest(
        device_id=speaker.device.device_id,
        version=9,
        issued_at=gateway.now(),
        expires_at=gateway.now() + timedelta(1),
        areas=("v1", "v2"),
        items=(make_item("evil", sound, gateway),),
    )
    expected: list[tuple[str, str]] = []

    for make_manifest, reason in BAD_MANIFESTS.values():
        expected.append(("manifest", reason))
        gateway.put_envelope(speaker.device.device_id, make_manifest(gateway, replace(bad, version=9 + len(expected))))
        until(lambda: len(speaker.events("refused")) == len(expected))
    for number, (make_envelope, reason) in enumerate(BAD_ALERTS.values()):
        expected.append(("alert", reason))
        gateway.put_alert(make_envelope(gateway, make_alert(f"evil{number}", sound, gateway)))
        until(lambda: len(speaker.events("refused")) == len(expected))
    until(lambda: len(speaker.device.refused) == len(expected))
    until(lambda: log_kinds(speaker).count("refused") == len(expected))

    assert [(event["what"], event["reason"]) for event in speaker.events("refused")] == expected
    assert [(refusal.what, refusal.reason) for refusal in speaker.device.refused] == expected
    reasons = [entry.reason for entry in speaker.device.log if entry.kind == LogKind.REFUSED]
    assert reasons == [f"{what}: {reason}" for what, reason in expected]
    assert speaker.sounded() == b""
    assert speaker.device.reports == []
    assert speaker.events("media") == []
    assert len(speaker.events("manifest")) == 1


def test_an_answer_that_is_not_the_servers_is_not_obeyed(speaker: Speaker, gateway: Gateway):
    sound, _ = gateway.add_sound(0.3)
    gateway.forge_answers = True
    speaker.give(make_item("1", sound, gateway, late_s=0))
    speaker.start()

    until(lambda: speaker.events("refused"))

    assert [(event["what"], event["reason"]) for event in speaker.events("refused")] == [("answer", "bad_mac")]
    assert (speaker.events("manifest"), speaker.sounded()) == ([], b"")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "bad_json"),
        (b"<html>Please log in</html>", "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b'{"version":1,"cursor":"9"}', "missing_field"),
        (b'{"version":7,"cursor":"","server_time":"2026-11-24T03:00:00.000Z"}', "no_common_version"),
        (b'{"version":1,"cursor":"","server_time":"2026-11-24T03:00:00.000Z","manifest":7}', "bad_field"),
    ],
)
def test_an_answer_that_makes_no_sense_harms_nothing(body: bytes, reason: str, speaker: Speaker, gateway: Gateway):
    gateway.answer_with = body
    speaker.start()
    until(lambda: speaker.events("refused"))

    gateway.answer_with = None
    speaker.give(version=3)
    until(lambda: speaker.events("manifest"))
    until(lambda: speaker.device.refused)

    assert [(one.what, one.reason) for one in speaker.device.refused] == [("answer", reason)]
    assert speaker.events("manifest")[0]["version"] == 3


def test_a_fault_inside_ends_the_program_so_that_it_is_started_again(speaker: Speaker, gateway: Gateway):
    speaker.start()
    until(lambda: speaker.events("line_up"))
    with closing(sqlite3.connect(speaker.home / "agent.db", isolation_level=None)) as database:
        database.execute("DROP TABLE alerts")

    gateway.put_alert(make_alert("a", None, gateway, action="cancel"))
    assert speaker.program is not None

    assert speaker.program.wait(timeout=10) == 1
    assert "no such table" in str(speaker.events("crash")[0]["why"])


def test_an_alert_that_comes_twice_sounds_once_and_a_lost_acknowledgement_doubles_nothing(
    speaker: Speaker, gateway: Gateway
):
    sound, samples = gateway.add_sound(0.3)
    speaker.start()
    speaker.give(prefetch=(sound,))
    until(lambda: speaker.events("media"))
    gateway.acknowledge = False
    envelope = seal_alert(make_alert("a", sound, gateway), key=gateway.key)

    gateway.put_alert(envelope)
    until(lambda: speaker.events("end"))
    gateway.acknowledge = True
    gateway.put_alert(envelope)
    speaker.give(make_item("2", sound, gateway, starts_in=0.2))
    until(lambda: speaker.device.kinds("2") == ["start", "end"])

    assert speaker.device.kinds("a") == ["start", "end"]
    assert speaker.device.reports_received > len(speaker.device.reports)
    assert speaker.sounded() == samples * 2


def test_a_cancelled_alert_falls_silent(speaker: Speaker, gateway: Gateway):
    sound, _ = gateway.add_sound(30)
    speaker.start()
    speaker.give(prefetch=(sound,))
    gateway.put_alert(make_alert("a", sound, gateway, repeat=3))
    until(lambda: speaker.device.kinds("a") == ["start"])

    gateway.put_alert(make_alert("c", None, gateway, action="cancel", bulletin_id="b-a"))
    until(lambda: speaker.device.kinds("a") == ["start", "cut"])
    heard = len(speaker.sounded())
    time.sleep(0.3)

    assert speaker.device.reports[-1].reason == "cancelled"
    assert len(speaker.sounded()) == heard


def test_a_slot_missed_while_the_power_was_off_is_not_played_late(speaker: Speaker, gateway: Gateway):
    sound, _ = gateway.add_sound(0.3)
    speaker.start()
    speaker.give(make_item("1", sound, gateway, starts_in=1, late_s=0))
    until(lambda: speaker.events("media"))

    speaker.stop(9)
    time.sleep(3)
    speaker.start()
    until(lambda: speaker.device.kinds("1") == ["missed"])

    assert speaker.device.reports[-1].reason == "late"
    assert speaker.sounded() == b""


def test_a_speaker_with_a_wrong_clock_takes_the_servers(speaker: Speaker, gateway: Gateway):
    gateway.skew = timedelta(hours=-5)
    sound, samples = gateway.add_sound(0.3)
    speaker.start()

    speaker.give(make_item("1", sound, gateway, starts_in=1.5, late_s=0))
    until(lambda: speaker.device.kinds("1") == ["start", "end"], within=8)
    until(lambda: "clock" in log_kinds(speaker))

    assert speaker.sounded() == samples
    assert abs(speaker.device.reports[0].at - gateway.now()) < timedelta(seconds=5)


def test_a_sound_that_was_damaged_on_the_disk_is_fetched_again(speaker: Speaker, gateway: Gateway):
    sound, samples = gateway.add_sound(0.3)
    speaker.start()
    speaker.give(make_item("1", sound, gateway, starts_in=2))
    until(lambda: speaker.events("media"))

    path = speaker.home / "media" / sound.sha256
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    until(lambda: speaker.device.kinds("1") == ["start", "end"])

    assert speaker.sounded() == samples
    assert [event["reason"] for event in speaker.events("media_bad")] == ["damaged"]


def test_two_programs_do_not_share_a_home(speaker: Speaker, gateway: Gateway):
    speaker.start()
    until(lambda: speaker.events("line_up"))

    second = subprocess.run(
        [sys.executable, "-m", "coso_agent.cli", "run", "--home", speaker.home, "--output", "wav:/dev/null"],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )

    assert second.returncode == 1
    assert second.stderr == "coso-agent: another coso-agent runs in this home\n"


@pytest.mark.parametrize("line", ["up", "down"])
def test_it_stops_cleanly_within_two_seconds(line: str, speaker: Speaker, gateway: Gateway):
    sound, _ = gateway.add_sound(30)
    speaker.start()
    speaker.give(make_item("1", sound, gateway))
    until(lambda: speaker.device.kinds("1") == ["start"])
    if line == "down":
        gateway.close()

    began = time.monotonic()
    code = speaker.stop()
    took = time.monotonic() - began

    assert (code, took < 2) == (0, True)
    if line == "up":
        assert [(report.kind, report.reason) for report in speaker.device.reports][1:] == [("cut", "stopped")]
        assert log_kinds(speaker)[-1] == "cut"
    store = Store(speaker.home)
    assert [entry.kind for entry in store.log_entries()][-1] == LogKind.CUT
    assert len(store.reports(9)) == (0 if line == "up" else 1)


def test_it_is_soon_ready_after_its_start(speaker: Speaker, gateway: Gateway):
    speaker.start()
    began = time.monotonic()

    until(lambda: speaker.events("line_up"))

    assert speaker.events("boot")[0]["mono"] - began < 2  # 0.2 s on an idle machine
    assert speaker.events("line_up")[0]["mono"] - began < 2.5


@pytest.mark.slow
def test_with_the_line_down_it_plays_its_schedule_and_reports_later(speaker: Speaker, gateway: Gateway):
    sound, samples = gateway.add_sound(0.5)
    other, other_samples = gateway.add_sound(0.5, seed=1)
    speaker.start()
    speaker.give(make_item("1", sound, gateway, starts_in=1.5, late_s=1), make_item("2", other, gateway, starts_in=4))
    until(lambda: len(speaker.events("media")) == 2)

    gateway.close()
    until(lambda: len(speaker.events("end")) == 1)
    speaker.stop(9)
    speaker.start()  # with no server in sight
    until(lambda: len(speaker.events("end")) == 2)
    silent = list(speaker.device.reports)
    gateway.open()
    until(lambda: len(speaker.device.reports) == 4, within=10)
    until(lambda: len(speaker.device.log) == 7, within=10)

    assert silent == []
    assert speaker.sounded() == samples + other_samples
    assert [(r.item_id, r.kind.value) for r in speaker.device.reports] == [
        ("1", "start"),
        ("1", "end"),
        ("2", "start"),
        ("2", "end"),
    ]
    assert log_kinds(speaker) == ["enrolled", "boot", "start", "end", "boot", "start", "end"]


@pytest.mark.slow
@pytest.mark.parametrize("what", ["item", "alert"])
def test_after_a_power_cut_it_goes_on_from_where_it_stopped(what: str, speaker: Speaker, gateway: Gateway):
    sound, samples = gateway.add_sound(13)
    speaker.start()
    if what == "item":
        speaker.give(make_item("1", sound, gateway))
    else:
        speaker.give(prefetch=(sound,))
        gateway.put_alert(make_alert("1", sound, gateway))
    until(lambda: len(speaker.sounded()) > 48_000 * 1.5)

    speaker.stop(9)
    before = speaker.sounded()
    before = before[: len(before) // 2 * 2]
    time.sleep(1)
    speaker.start()
    until(lambda: "end" in speaker.device.kinds("1"), within=20)

    start, cut, again, end = speaker.device.reports
    assert [report.kind.value for report in (start, cut, again, end)] == ["start", "cut", "start", "end"]
    assert (cut.reason, again.reason, end.played_ms) == ("power", "resume", 13_000)
    assert cut.played_ms == again.played_ms
    heard = len(before) / 48
    assert heard - 1000 <= cut.played_ms <= heard
    assert speaker.sounded() == before + samples[cut.played_ms * 48 :]
    until(lambda: len(speaker.device.log) == 7, within=10)
    assert log_kinds(speaker) == ["enrolled", "boot", "start", "boot", "cut", "resume", "end"]


@pytest.mark.slow
def test_what_an_emergency_cut_goes_on_after_it_without_a_missing_sample(speaker: Speaker, gateway: Gateway):
    long, long_samples = gateway.add_sound(13)
    short, short_samples = gateway.add_sound(1, seed=1)
    speaker.start()
    speaker.give(make_item("1", long, gateway), prefetch=(short,))
    until(lambda: len(speaker.sounded()) > 48_000)

    gateway.put_alert(make_alert("a", short, gateway, repeat=2, gap_s=1))
    until(lambda: speaker.device.kinds("1") == ["start", "cut", "start", "end"], within=25)

    cut = next(report for report in speaker.device.reports if report.kind == "cut")
    heard = speaker.sounded()
    place = heard.find(short_samples)
    assert heard[:place] == long_samples[:place]
    assert heard[place : place + 2 * len(short_samples)] == short_samples * 2
    assert heard[place + 2 * len(short_samples) :] == long_samples[cut.played_ms * 48 :]
    assert 0 <= place / 48 - cut.played_ms <= 100
    assert speaker.device.kinds("a") == ["start", "end", "start", "end"]


@pytest.mark.slow
def test_killed_at_any_moment_it_comes_back_with_a_whole_log(speaker: Speaker, gateway: Gateway):
    sound, _ = gateway.add_sound(0.2)
    items = [make_item(str(n), sound, gateway, starts_in=n * 0.4, late_s=0) for n in range(1, 20)]
    speaker.give(*items)

    for number in range(10):
        speaker.start()
        time.sleep(0.35 + 0.07 * number)
        speaker.stop(9)
    speaker.start()
    over = {"end", "missed", "cut"}
    until(lambda: all(over & set(speaker.device.kinds(item.item_id)) for item in items), within=20)
    held = Store(speaker.home)
    until(lambda: held.acked_log_seq() == held.log_seq(), within=10)

    assert len(speaker.device.log) == held.log_seq()
    for item in items:
        kinds = speaker.device.kinds(item.item_id)
        assert kinds.count("end") + kinds.count("missed") <= 1
    assert log_kinds(speaker).count("boot") >= 10
