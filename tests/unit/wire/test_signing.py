"""Only the right key opens an envelope, and only the right secret makes an ask or an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso_wire import (
    Authority,
    Code,
    Envelope,
    Manifest,
    SigningKey,
    VerifyKey,
    WireError,
    answer_mac,
    ask_headers,
    check_answer_mac,
    check_mac,
    choose_version,
    open_alert,
    open_manifest,
    read_ask_headers,
    seal_manifest,
)
from tests.unit.wire.strategies import manifests

KEY = SigningKey(b"a" * 32)
OTHER = SigningKey(b"b" * 32)
AUTHORITIES = {KEY.key_id: KEY.verify_key}
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SECRET = b"s" * 32


@given(manifests())
def test_a_sealed_manifest_opens_with_the_authoritys_key(manifest: Manifest):
    envelope = seal_manifest(manifest, key=KEY)

    assert open_manifest(Envelope.from_bytes(envelope.to_bytes()), authorities=AUTHORITIES) == manifest


@given(manifests(), st.integers(0, 10**6), st.integers(0, 7))
def test_any_flipped_bit_of_payload_or_signature_is_found(manifest: Manifest, place: int, bit: int):
    envelope = seal_manifest(manifest, key=KEY)
    both = bytearray(envelope.payload + envelope.signature)
    both[place % len(both)] ^= 1 << bit
    forged = replace(envelope, payload=bytes(both[:-64]), signature=bytes(both[-64:]))

    with pytest.raises(WireError) as refused:
        open_manifest(forged, authorities=AUTHORITIES)

    assert refused.value.code == Code.BAD_SIGNATURE


def _some_manifest() -> Manifest:
    return Manifest(device_id="d", version=1, issued_at=NOW, expires_at=NOW + timedelta(1), areas=("1",), items=())


def test_a_truncated_payload_is_found():
    envelope = seal_manifest(_some_manifest(), key=KEY)

    with pytest.raises(WireError) as refused:
        open_manifest(replace(envelope, payload=envelope.payload[:-1]), authorities=AUTHORITIES)

    assert refused.value.code == Code.BAD_SIGNATURE


def test_an_unknown_key_is_refused():
    envelope = seal_manifest(_some_manifest(), key=OTHER)

    with pytest.raises(WireError) as refused:
        open_manifest(envelope, authorities=AUTHORITIES)

    assert refused.value.code == Code.UNKNOWN_KEY


def test_another_key_under_a_known_name_is_refused():
    envelope = replace(seal_manifest(_some_manifest(), key=OTHER), key_id=KEY.key_id)

    with pytest.raises(WireError) as refused:
        open_manifest(envelope, authorities=AUTHORITIES)

    assert refused.value.code == Code.BAD_SIGNATURE


def test_a_manifests_signature_does_not_serve_as_an_alerts():
    envelope = seal_manifest(_some_manifest(), key=KEY)

    with pytest.raises(WireError) as refused:
        open_alert(envelope, authorities=AUTHORITIES)

    assert refused.value.code == Code.BAD_SIGNATURE


def test_an_ask_with_its_mac_is_believed():
    headers = ask_headers(SECRET, device_id="d1", at=NOW, body=b"{}")

    read = read_ask_headers({name.lower(): value for name, value in headers.items()})
    at = check_mac(SECRET, read.mac, device_id=read.device_id, time=read.time, body=b"{}", now=NOW)

    assert at == NOW


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"body": b"{ }"}, Code.BAD_MAC),
        ({"device_id": "d2"}, Code.BAD_MAC),
        ({"time": "2026-11-24T10:00:00.001Z"}, Code.BAD_MAC),
        ({"secret": b"t" * 32}, Code.BAD_MAC),
        ({"given": "é" * 64}, Code.BAD_MAC),
        ({"now": NOW + timedelta(minutes=10, milliseconds=1)}, Code.CLOCK_OFF),
        ({"now": NOW - timedelta(minutes=10, milliseconds=1)}, Code.CLOCK_OFF),
    ],
)
def test_an_ask_with_anything_changed_is_not_believed(changed: dict[str, object], code: Code):
    headers = ask_headers(SECRET, device_id="d1", at=NOW, body=b"{}")
    right: dict[str, object] = {
        "secret": SECRET,
        "given": headers["Coso-Mac"],
        "device_id": "d1",
        "time": headers["Coso-Time"],
        "body": b"{}",
        "now": NOW,
    }
    asked = {**right, **changed}

    with pytest.raises(WireError) as refused:
        check_mac(asked.pop("secret"), asked.pop("given"), **asked)  # type: ignore[arg-type]

    assert refused.value.code == code
    assert refused.value.http_status == 401


def test_the_edge_of_the_clock_window_is_inside():
    headers = ask_headers(SECRET, device_id="d1", at=NOW, body=b"")

    at = check_mac(
        SECRET,
        headers["Coso-Mac"],
        device_id="d1",
        time=headers["Coso-Time"],
        body=b"",
        now=NOW + timedelta(minutes=10),
    )

    assert at == NOW


def test_an_answer_belongs_to_its_ask():
    given_mac = answer_mac(SECRET, ask_mac="1" * 64, body=b"x")

    check_answer_mac(SECRET, given_mac, ask_mac="1" * 64, body=b"x")
    for ask_mac, body in (("2" * 64, b"x"), ("1" * 64, b"y")):
        with pytest.raises(WireError) as refused:
            check_answer_mac(SECRET, given_mac, ask_mac=ask_mac, body=body)
        assert refused.value.code == Code.BAD_MAC


@pytest.mark.parametrize("name", ["Coso-Device", "Coso-Time", "Coso-Mac"])
def test_an_ask_without_a_header_is_refused(name: str):
    headers = ask_headers(SECRET, device_id="d1", at=NOW)
    del headers[name]

    with pytest.raises(WireError, match=f"missing_field: {name}"):
        read_ask_headers(headers)


def test_the_highest_common_version_is_chosen():
    assert choose_version([1, 3, 2], spoken=(1, 2)) == 2


def test_without_a_common_version_there_is_no_talk():
    with pytest.raises(WireError) as refused:
        choose_version([7])

    assert refused.value.code == Code.NO_COMMON_VERSION
    assert refused.value.http_status == 426


def test_an_authority_under_a_false_name_is_refused():
    with pytest.raises(WireError, match="key_id is not the name"):
        Authority(key_id=OTHER.key_id, public_key=KEY.verify_key.public)


def test_the_seed_never_shows_in_a_log():
    assert repr(KEY) == f"SigningKey({KEY.key_id})"


def test_a_key_of_the_wrong_length_is_refused():
    for make in (VerifyKey, SigningKey):
        with pytest.raises(WireError):
            make(b"short")
