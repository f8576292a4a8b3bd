"""The play log is one chain: nothing can be dropped, changed or slipped in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso_wire import CHAIN_START, Code, LogBatch, LogEntry, LogKind, SigningKey, WireError

KEY = SigningKey(b"d" * 32)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def make_chain(length: int, *, first: int = 1, prev: str = CHAIN_START) -> tuple[LogEntry, ...]:
    entries: list[LogEntry] = []
    for seq in range(first, first + length):
        entries.append(LogEntry(seq=seq, at=NOW, kind=LogKind.START, prev=prev, item_id=f"i{seq}"))
        prev = entries[-1].hash
    return tuple(entries)


def test_a_chain_that_the_device_signed_is_believed():
    batch = LogBatch.sign(make_chain(5), device_id="d", key=KEY)

    read = LogBatch.from_bytes(batch.to_bytes())
    read.verify(device_id="d", key=KEY.verify_key)

    assert read.after(held_seq=0, held_hash=CHAIN_START) == make_chain(5)


@given(st.integers(0, 4), st.sampled_from(["item_id", "at", "kind", "prev", "seq"]))
def test_a_changed_entry_breaks_the_chain(place: int, name: str):
    entries = list(make_chain(5))
    values = {
        "item_id": "other",
        "at": NOW.replace(hour=11),
        "kind": LogKind.END,
        "prev": "f" * 64,
        "seq": 99,
    }
    entries[place] = replace(entries[place], **{name: values[name]})
    batch = replace(LogBatch.sign(make_chain(5), device_id="d", key=KEY), entries=tuple(entries))

    with pytest.raises(WireError) as refused:
        batch.verify(device_id="d", key=KEY.verify_key)

    assert refused.value.code in {Code.LOG_BROKEN, Code.BAD_SIGNATURE}


def test_an_entry_left_out_breaks_the_chain():
    chain = make_chain(5)
    batch = LogBatch.sign(chain[:2] + chain[3:], device_id="d", key=KEY)

    with pytest.raises(WireError) as refused:
        batch.verify(device_id="d", key=KEY.verify_key)

    assert refused.value.code == Code.LOG_BROKEN


def test_another_devices_log_is_not_this_devices():
    batch = LogBatch.sign(make_chain(2), device_id="d", key=KEY)

    with pytest.raises(WireError) as refused:
        batch.verify(device_id="e", key=KEY.verify_key)

    assert refused.value.code == Code.BAD_SIGNATURE


@given(st.integers(1, 8), st.integers(0, 8))
def test_a_batch_that_overlaps_gives_only_what_is_new(first: int, held: int):
    chain = make_chain(8)
    held_hash = chain[held - 1].hash if held else CHAIN_START
    batch = LogBatch.sign(chain[first - 1 :], device_id="d", key=KEY)

    if first > held + 1:
        with pytest.raises(WireError) as refused:
            batch.after(held_seq=held, held_hash=held_hash)
        assert refused.value.code == Code.LOG_GAP
    else:
        assert batch.after(held_seq=held, held_hash=held_hash) == chain[held:]


def test_a_device_that_tells_a_different_past_is_found():
    other = make_chain(1, prev="e" * 64) + make_chain(2, first=2, prev=make_chain(1, prev="e" * 64)[0].hash)
    batch = LogBatch.sign(other, device_id="d", key=KEY)
    held = make_chain(2)

    for held_seq in (0, 1, 2):
        held_hash = held[held_seq - 1].hash if held_seq else CHAIN_START
        with pytest.raises(WireError) as refused:
            batch.after(held_seq=held_seq, held_hash=held_hash)
        assert refused.value.code == Code.LOG_FORKED
