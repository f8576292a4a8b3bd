"""Identifiers sort in the order in which they were made."""

import time

import pytest

from coso.kit import ids


@pytest.fixture(autouse=True)
def _no_id_was_made(monkeypatch):
    """The counter is the process's own: what a test makes in another year must not reach the next one."""
    monkeypatch.setattr(ids, "_last", (0, 0))


def test_ids_of_one_millisecond_sort_in_the_order_of_making(monkeypatch):
    monkeypatch.setattr(time, "time_ns", lambda: 1_800_000_000_000_000_000)

    made = [ids.new_id() for _ in range(10_000)]

    assert made == sorted(made)
    assert len(set(made)) == 10_000
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


def test_an_id_made_after_the_clock_went_back_still_comes_later(monkeypatch):
    monkeypatch.setattr(time, "time_ns", lambda: 1_900_000_000_000_000_000)
    before = ids.new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_800_000_000_000_000_000)

    after = ids.new_id()

    assert before < after
