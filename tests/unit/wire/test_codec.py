"""Messages survive the journey, and what is not a message is refused with the field's name."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso_wire import Ask, Code, Item, Manifest, Media, PlayReport, Rank, WireError, canonical, parse_time
from coso_wire.codec import Message, format_time, parse
from tests.unit.wire.strategies import messages

ITEM = {
    "item_id": "7",
    "bulletin_id": "b1",
    "revision": 2,
    "rank": "priority",
    "starts_at": "2026-11-24T10:00:00.000Z",
    "ends_at": "2026-11-24T10:05:00.000Z",
    "media": {"sha256": "a" * 64, "bytes": 10, "duration_ms": 1000, "mime": "audio/mpeg"},
    "title": "Nước sạch",
}


@given(messages)
def test_a_message_comes_out_as_it_went_in(message: Message):
    data = message.to_bytes()

    found = type(message).from_bytes(data)

    assert found == message
    assert found.to_bytes() == data


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_otherwise_than_with_a_wire_error(data: bytes):
    try:
        Ask.from_bytes(data)
    except WireError as error:
        assert error.code in {Code.BAD_JSON, Code.BAD_FIELD, Code.MISSING_FIELD}  # noqa: PT017
    else:
        pytest.fail("random bytes made an ask")


@given(messages, st.integers(0, 10_000), st.integers(0, 255))
def test_a_byte_changed_on_the_way_is_a_message_or_a_wire_error(message: Message, place: int, byte: int):
    data = bytearray(message.to_bytes())
    data[place % len(data)] = byte

    try:
        found = type(message).from_bytes(bytes(data))
    except WireError as error:
        assert error.code in Code  # noqa: PT017
    else:
        assert type(found) is type(message)


def test_canonical_bytes_sort_keys_and_keep_vietnamese_letters():
    assert canonical({"b": 1, "a": "Cơ Sở"}) == '{"a":"Cơ Sở","b":1}'.encode()


def test_what_is_left_out_takes_its_default_and_what_is_unknown_is_ignored():
    item = Item.from_json({**ITEM, "colour": "red"})

    assert (item.grace_s, item.late_s, item.rank) == (900, 60, Rank.PRIORITY)
    assert "colour" not in item.to_json()


@pytest.mark.parametrize("name", [name for name in ITEM if name != "title"])
def test_a_missing_field_is_named(name: str):
    with pytest.raises(WireError, match=rf"missing_field: Item\.{name}$"):
        Item.from_json({key: value for key, value in ITEM.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("item_id", ""),
        ("item_id", 7),
        ("item_id", "x" * 101),
        ("item_id", "a\nb"),
        ("title", "\ud800"),
        ("revision", -1),
        ("revision", True),
        ("revision", "2"),
        ("revision", 2**53),
        ("rank", "urgent"),
        ("starts_at", "2026-11-24T10:00:00Z"),
        ("starts_at", "2026-13-24T10:00:00.000Z"),
        ("starts_at", 5),
        ("ends_at", "2026-11-24T09:59:59.999Z"),
        ("media", None),
        ("media", {**ITEM["media"], "sha256": "A" * 64}),  # type: ignore[dict-item]
        ("media", {**ITEM["media"], "bytes": 0}),  # type: ignore[dict-item]
        ("media", {**ITEM["media"], "mime": "text/html"}),  # type: ignore[dict-item]
    ],
)
def test_a_wrong_value_is_refused_and_named(name: str, value: object):
    with pytest.raises(WireError) as refused:
        Item.from_json({**ITEM, name: value})

    assert refused.value.code == Code.BAD_FIELD
    assert name in refused.value.detail.lower()


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"nul", b"\xff\xfe", b'{"a":1,"a":2}', b'{"a":1.5}', b'{"a":NaN}', b"[" * 100_000],
)
def test_what_is_not_plain_json_is_refused(data: bytes):
    with pytest.raises(WireError) as refused:
        parse(data, limit=1 << 20)

    assert refused.value.code == Code.BAD_JSON


def test_too_many_bytes_are_refused_before_they_are_read():
    with pytest.raises(WireError) as refused:
        Ask.from_bytes(b"{" + b" " * (1 << 20))

    assert refused.value.code == Code.TOO_LARGE
    assert refused.value.http_status == 413


def test_a_manifest_over_four_mebibytes_cannot_be_written():
    item = Item.from_json(ITEM)
    items = tuple(Item.from_json({**ITEM, "item_id": f"{number:0100d}", "title": "ữ" * 300}) for number in range(4000))
    at = item.starts_at

    manifest = Manifest(device_id="d", version=1, issued_at=at, expires_at=at + timedelta(1), areas=(), items=items)

    with pytest.raises(WireError) as refused:
        manifest.to_bytes()
    assert refused.value.code == Code.TOO_LARGE


def test_a_manifest_with_an_item_twice_is_refused():
    item = Item.from_json(ITEM)

    with pytest.raises(WireError, match="item_id twice"):
        Manifest(
            device_id="d",
            version=1,
            issued_at=item.starts_at,
            expires_at=item.ends_at,
            areas=(),
            items=(item, item),
        )


def test_an_alert_is_not_read_as_a_manifest():
    with pytest.raises(WireError) as refused:
        Manifest.from_json({"kind": "alert"})

    assert refused.value.code == Code.WRONG_KIND


def test_a_message_cannot_be_built_wrong_either():
    with pytest.raises(WireError, match=r"Media\.duration_ms must be from 1"):
        Media(sha256="a" * 64, bytes=1, duration_ms=0, mime="audio/mpeg")


def test_moments_are_kept_in_utc_to_the_millisecond():
    local = datetime(2026, 11, 24, 7, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=7)))

    assert format_time(local) == "2026-11-24T00:00:00.123Z"
    assert parse_time("2026-11-24T00:00:00.123Z") == datetime(2026, 11, 24, 0, 0, 0, 123_000, tzinfo=UTC)


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(WireError, match=r"PlayReport\.at a moment needs its time zone"):
        PlayReport(
            report_id="r",
            item_id="1",
            bulletin_id="b",
            revision=0,
            kind="end",  # type: ignore[arg-type]
            at=datetime(2026, 11, 24),  # noqa: DTZ001
            played_ms=0,
            media_sha256="0" * 64,
        )


def test_the_wire_names_its_errors_in_json():
    assert json.loads(canonical({"error": Code.BAD_MAC})) == {"error": "bad_mac"}
