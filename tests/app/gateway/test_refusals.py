"""What the gateway refuses: one clear code each, and nothing is changed."""

import json
import threading
from datetime import timedelta

import pytest

from coso.broadcast.models import LogEntry, PlayReport
from coso.devices import actions as devices
from coso.devices.models import Device, EnrolmentMiss
from coso.kit import blobs, clock
from coso.newsroom.models import MediaFile
from coso_wire import (
    ENROL_PATH,
    MAC_HEADER,
    SYNC_PATH,
    TIME_HEADER,
    EnrolAnswer,
    EnrolAsk,
    ErrorAnswer,
    SigningKey,
    ask_headers,
    check_answer_mac,
)
from coso_wire.errors import HTTP_STATUS
from tests.app.broadcast import support
from tests.app.gateway.system import Client, error_of, health, post


def _refused(client, body, code, *, headers=None, status=None):
    """Send a body and see it refused, with nothing changed."""
    reports, entries = PlayReport.objects.count(), LogEntry.objects.count()

    reply = post(client.url, SYNC_PATH, body, client.headers(body) if headers is None else headers)

    assert error_of(reply) == code
    assert reply.status == (status or HTTP_STATUS.get(code, 400))
    assert (PlayReport.objects.count(), LogEntry.objects.count()) == (reports, entries)
    return reply


def _ask(**changes):
    return json.dumps({**support.ask().to_json(), **changes}).encode()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"a":1,"a":2}', b'{"wait_s":1.5}', b"[" * 100_000])
def test_what_is_no_json_is_refused(client, body):
    _refused(client, body, "bad_json")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": None}, "bad_field"),
        ({"wait_s": -1}, "bad_field"),
        ({"wait_s": 56}, "bad_field"),
        ({"cursor": 7}, "bad_field"),
        ({"reports": [{}]}, "missing_field"),
        ({"log": {"first_seq": 0, "entries": [], "signature": ""}}, "bad_field"),
        ({"versions": [999]}, "no_common_version"),
        ({"versions": []}, "no_common_version"),
    ],
)
def test_a_bad_field_is_named(client, changes, code):
    _refused(client, _ask(**changes), code)


def test_a_list_instead_of_an_object(client):
    _refused(client, b"[]", "bad_field")


def test_a_body_beyond_the_limit(client):
    _refused(client, b" " * ((1 << 20) + 1), "too_large")


def test_an_ask_without_headers(client):
    _refused(client, _ask(), "missing_field", headers={})


@pytest.mark.parametrize("device_id", ["nobody", "01900000-0000-7000-8000-000000000000", "' OR 1=1 --"])
def test_an_unknown_device_is_refused(client, device_id):
    body = _ask()
    headers = ask_headers(client.secret, device_id=device_id, at=clock.now(), body=body)

    reply = _refused(client, body, "unknown_device", headers=headers)

    assert MAC_HEADER.lower() not in {name.lower() for name in reply.headers}


def test_a_wrong_secret_is_refused(client):
    body = _ask()
    headers = ask_headers(b"x" * 32, device_id=client.device_id, at=clock.now(), body=body)

    reply = _refused(client, body, "bad_mac", headers=headers)

    assert MAC_HEADER.lower() not in {name.lower() for name in reply.headers}


def test_a_body_changed_on_the_way(client):
    headers = client.headers(_ask())
    _refused(client, _ask(wait_s=1), "bad_mac", headers=headers)


def test_a_time_changed_on_the_way(client):
    body = _ask()
    headers = {**client.headers(body), TIME_HEADER: "2026-01-01T00:00:00.000Z"}
    _refused(client, body, "bad_mac", headers=headers)


@pytest.mark.parametrize("minutes", [-11, 11])
def test_a_clock_that_is_off_is_told_the_time_in_an_answer_it_can_believe(client, minutes):
    body = _ask()
    headers = client.headers(body, at=clock.now() + timedelta(minutes=minutes))

    reply = _refused(client, body, "clock_off", headers=headers)

    given = {name.lower(): value for name, value in reply.headers.items()}[MAC_HEADER.lower()]
    check_answer_mac(client.secret, given, ask_mac=headers[MAC_HEADER], body=reply.body)
    told = ErrorAnswer.from_bytes(reply.body).server_time
    assert abs(told - clock.now()) < timedelta(seconds=30)


def test_a_revoked_device_is_refused_and_a_waiting_one_at_once(system, client):
    cursor = client.sync(support.ask(wait_s=5)).cursor
    body = support.ask(wait_s=30, cursor=cursor).to_bytes()
    replies = []
    waiting = threading.Thread(target=lambda: replies.append(post(client.url, SYNC_PATH, body, client.headers(body))))
    waiting.start()

    devices.revoke(device_id=client.device_id, by=system.world.administrator, reason="Mất thiết bị.")

    waiting.join(timeout=6)
    assert [error_of(reply) for reply in replies] == ["revoked"]
    _refused(client, _ask(), "revoked")
    assert client.media("ab" * 32).status == 403


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", SYNC_PATH, 405), ("POST", "/health", 405), ("GET", "/", 404), ("POST", "/wire/2/sync", 404)],
)
def test_an_unknown_path_or_method(system, method, path, status):
    from coso_agent.line import Line

    line = Line(system.url)
    reply = line.ask(method, path, headers={}, wait_s=5, most=10_000)
    line.drop()

    assert reply.status == status


def test_health_says_ok(system):
    assert health(system.url) == 200


# --- enrolment ------------------------------------------------------------------------------------


def _enrol(system, code, *, key=None):
    key = key or SigningKey.generate()
    ask = EnrolAsk(
        code=code, serial=f"hop-{key.verify_key.key_id}", public_key=key.verify_key.public, software="test 1"
    )
    return post(system.url, ENROL_PATH, ask.to_bytes())


@pytest.fixture
def code(system, cluster):
    return devices.make_enrolment_code(cluster_id=cluster.pk, by=system.world.administrator)


def test_a_wrong_code_enrols_nobody(system, code):
    count = Device.objects.count()

    reply = _enrol(system, "WRNG-WRNG-WRNG")

    assert (reply.status, error_of(reply)) == (403, "bad_code")
    assert Device.objects.count() == count


def test_a_code_works_once(system, code):
    key = SigningKey.generate()
    first = EnrolAnswer.from_bytes(_enrol(system, code, key=key).body)

    lost_answer = EnrolAnswer.from_bytes(_enrol(system, code, key=key).body)
    stranger = _enrol(system, code)

    assert (lost_answer.device_id, lost_answer.secret) == (first.device_id, first.secret)
    assert error_of(stranger) == "bad_code"


def test_a_code_may_be_typed_in_small_letters_without_hyphens(system, code):
    assert _enrol(system, code.lower().replace("-", " ")).status == 200


def test_guessing_is_slowed_down(system, code):
    answers = [error_of(_enrol(system, "WRNG-WRNG-WRNG")) for _ in range(12)]
    right = _enrol(system, code)
    EnrolmentMiss.objects.all().delete()

    assert answers == ["bad_code"] * 10 + ["busy"] * 2
    assert (right.status, error_of(right)) == (503, "busy")


@pytest.mark.parametrize("body", [b"{}", b"nonsense", b'{"code":"A","serial":"B","public_key":"QQ==","software":"C"}'])
def test_a_bad_enrolment_is_refused(system, body):
    reply = post(system.url, ENROL_PATH, body)

    assert reply.status == 400
    assert error_of(reply) in {"missing_field", "bad_json", "bad_field"}


# --- media ----------------------------------------------------------------------------------------


@pytest.fixture
def sound(system):
    data = bytes(range(256)) * 20_000  # more than one piece, more than is held in memory
    sha256 = blobs.put(data)
    MediaFile.objects.get_or_create(
        sha256=sha256, defaults={"mime": "audio/mpeg", "bytes": len(data), "duration_ms": 1000}
    )
    return sha256, data


def test_a_sound_is_given_whole(client, sound):
    reply = client.media(sound[0])

    assert (reply.status, reply.body) == (200, sound[1])


@pytest.mark.parametrize(
    ("asked", "start", "end"), [("bytes=0-", 0, None), ("bytes=300000-", 300_000, None), ("bytes=5-9", 5, 10)]
)
def test_a_sound_is_given_from_where_it_stopped(client, sound, asked, start, end):
    sha256, data = sound

    reply = client.media(sha256, Range=asked)

    assert (reply.status, reply.body) == (206, data[start:end])
    headers = {name.lower(): value for name, value in reply.headers.items()}
    assert headers["content-range"] == f"bytes {start}-{(end or len(data)) - 1}/{len(data)}"


def test_a_range_past_the_end_is_refused(client, sound):
    assert client.media(sound[0], Range=f"bytes={len(sound[1])}-").status == 416


@pytest.mark.parametrize("asked", ["bytes=-5", "bytes=0-1,3-4", "lines=1-2", "bytes=9-5"])
def test_another_form_of_range_gives_the_whole(client, sound, asked):
    assert client.media(sound[0], Range=asked).status == 200


@pytest.mark.parametrize("sha256", ["ab" * 32, "short", "../../keys/web.key", "AB" * 32])
def test_an_unknown_sound_is_not_found(client, sha256):
    reply = client.media(sha256)

    assert (reply.status, error_of(reply)) == (404, "no_media")


def test_a_stored_file_that_is_no_sound_is_not_given(client):
    data = b"a scanned letter"
    sha256 = blobs.put(data)
    MediaFile.objects.get_or_create(sha256=sha256, defaults={"mime": "application/pdf", "bytes": len(data)})

    assert client.media(sha256).status == 404


def test_a_stranger_gets_no_sound(client, sound):
    stranger = Client.__new__(Client)
    stranger.url, stranger.device_id, stranger.secret = client.url, client.device_id, b"y" * 32

    reply = stranger.media(sound[0])

    assert (reply.status, error_of(reply)) == (401, "bad_mac")
