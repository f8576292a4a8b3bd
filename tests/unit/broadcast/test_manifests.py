"""Versions and numbers only grow; a manifest is made anew when it says something else or grows old."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.broadcast.rules.manifests import (
    RENEW_AFTER,
    area_key,
    content_digest,
    must_be_new,
    number_after,
    version_after,
)
from coso_wire import Item, Media, Rank

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@given(st.integers(0, 2**40), st.integers(0, 100 * 365 * 86_400))
def test_versions_and_numbers_grow_whatever_the_clock_says(last, seconds):
    now = NOW + timedelta(seconds=seconds)

    assert version_after(last, now) > last
    assert number_after(last, now) > last


def test_a_version_made_after_a_restore_is_above_those_before_it():
    told_before_the_crash = version_after(7, NOW)

    assert version_after(3, NOW + timedelta(seconds=1)) > told_before_the_crash


def test_the_same_code_at_another_time_is_another_area():
    assert area_key(code="18073", place_id=1) != area_key(code="18073", place_id=2)


@pytest.mark.parametrize(
    ("change", "is_new"),
    [
        ({}, False),
        ({"content": "b"}, True),
        ({"last_content": None, "last_made_at": None}, True),
        ({"was_refused": True}, True),
        ({"last_made_at": NOW - RENEW_AFTER}, True),
        ({"last_made_at": NOW - RENEW_AFTER + timedelta(seconds=1)}, False),
    ],
)
def test_when_a_manifest_must_be_new(change, is_new):
    known = {"content": "a", "last_content": "a", "last_made_at": NOW, "was_refused": False, "now": NOW}

    assert must_be_new(**{**known, **change}) is is_new


def _item(**changes):
    media = Media(sha256="ab" * 32, bytes=10, duration_ms=1000, mime="audio/mpeg")
    known = {
        "item_id": "1", "bulletin_id": "2", "revision": 1, "rank": Rank.NORMAL, "starts_at": NOW,
        "ends_at": NOW + timedelta(seconds=1), "media": media,
    }  # fmt: skip
    return Item(**{**known, **changes})


def _digest(**said):
    return content_digest(**{"areas": ["a"], "items": [], "quiet_hours": []} | said)


@pytest.mark.parametrize("change", [{"revision": 2}, {"starts_at": NOW - timedelta(seconds=1)}, {"rank": "priority"}])
def test_whatever_changes_changes_the_content(change):
    assert _digest(items=[_item()]) != _digest(items=[_item(**change)])


def test_other_quiet_hours_are_another_content():
    night, later = ("21:30", "05:00"), ("22:00", "05:00")

    assert len({_digest(), _digest(quiet_hours=[night]), _digest(quiet_hours=[later])}) == 3


def test_the_order_of_areas_says_nothing():
    assert _digest(areas=["a", "b"]) == _digest(areas=["b", "a"])
    assert _digest(areas=["a", "b"]) != _digest(areas=["a"])
