"""The pieces of the gateway that need no process: answers, cursors, who is told what, batches."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.broadcast.actions import Kept, Taken
from coso.gateway import answers, writer
from coso.gateway.cursor import Cursor
from coso.gateway.hub import Held, Hub
from coso.kit import clock, ids
from coso_wire import Answer, Code, Envelope, ErrorAnswer, WireError
from tests.app.broadcast import support

NOW = clock.now()
texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=64)
envelopes = st.builds(
    Envelope,
    payload=st.binary(min_size=2, max_size=50),
    key_id=texts,
    signature=st.binary(min_size=64, max_size=64),
)


@given(
    st.none() | envelopes,
    st.lists(envelopes, max_size=3),
    st.lists(texts, max_size=4),
    st.integers(0, 2**53 - 1),
    st.integers(0, 3600),
)
def test_a_fast_answer_is_the_same_bytes_as_a_checked_one(manifest, alerts, reports, seq, again):
    known = {
        "version": 1, "cursor": "m1a2", "server_time": NOW, "acked_log_seq": seq, "again_after_s": again,
    }  # fmt: skip

    fast = answers.encode(
        **known,
        manifest=manifest.to_bytes() if manifest else None,
        alerts=[alert.to_bytes() for alert in alerts],
        acked_reports=reports,
    )

    assert fast == Answer(**known, manifest=manifest, alerts=tuple(alerts), acked_reports=tuple(reports)).to_bytes()


@given(st.text(max_size=700))
def test_an_error_can_quote_whatever_was_sent(detail):
    told = ErrorAnswer.from_bytes(answers.encode_error(WireError(Code.BAD_FIELD, detail), NOW))

    assert told.error == "bad_field"


@given(st.integers(0, 2**53 - 1), st.integers(0, 2**53 - 1))
def test_a_cursor_is_read_as_it_was_written(manifest, alert):
    assert Cursor.read(str(Cursor(manifest, alert))) == Cursor(manifest, alert)


@given(st.text(max_size=200))
def test_any_other_cursor_stands_at_the_beginning(text):
    read = Cursor.read(text)

    assert read == Cursor() or str(read) == f"m{read.manifest}a{read.alert}"


def _manifest(number, *areas):
    return Held(number, b'{"m":%d}' % number, frozenset(areas))


def _alert(number, *areas, minutes=10):
    return Held(number, b'{"a":%d}' % number, frozenset(areas), NOW + timedelta(minutes=minutes))


def test_a_device_is_told_of_its_own_areas_alerts_once():
    hub = Hub()
    hub.take_alerts([_alert(5, "x"), _alert(6, "y"), _alert(7, "x", "z")], NOW)

    news = hub.news(_manifest(1, "x"), Cursor(1, 5), NOW)

    assert (news.manifest, news.alerts, news.cursor) == (None, (b'{"a":7}',), Cursor(1, 7))
    assert not hub.news(_manifest(1, "x"), news.cursor, NOW)


def test_a_new_manifest_brings_the_standing_alerts_of_its_areas_again():
    hub = Hub()
    hub.take_alerts([_alert(5, "x")], NOW)

    news = hub.news(_manifest(2, "x"), Cursor(1, 9), NOW)

    assert (news.manifest, news.alerts, news.cursor) == (b'{"m":2}', (b'{"a":5}',), Cursor(2, 9))


def test_without_a_manifest_a_device_is_told_nothing_and_misses_nothing():
    hub = Hub()
    hub.take_alerts([_alert(5, "x")], NOW)

    news = hub.news(None, Cursor(), NOW)

    assert not news
    assert news.cursor == Cursor()


def test_an_expired_alert_is_told_to_nobody():
    hub = Hub()
    hub.take_alerts([_alert(5, "x", minutes=1)], NOW)

    assert not hub.news(_manifest(1, "x"), Cursor(1), NOW + timedelta(minutes=1))


def test_an_older_manifest_never_takes_the_place_of_a_newer_one():
    hub, device = Hub(), UUID(int=1)
    hub.take_manifest(device, _manifest(3))

    hub.take_manifest(device, _manifest(2))

    assert hub.manifest(device).number == 3


def test_only_those_concerned_are_woken():
    async def scenario():
        hub = Hub()
        here, there = UUID(int=1), UUID(int=2)
        hub.take_manifest(here, _manifest(1, "x"))
        hub.take_manifest(there, _manifest(1, "y"))
        futures = [hub.wait(here), hub.wait(there)]
        hub.deliver([], [_alert(5, "x")], NOW)
        return [future.done() for future in futures]

    assert asyncio.run(scenario()) == [True, False]


def test_closing_wakes_everybody():
    async def scenario():
        hub = Hub()
        futures = [hub.wait(UUID(int=i)) for i in range(3)]
        hub.close()
        return [future.done() for future in futures]

    assert asyncio.run(scenario()) == [True] * 3


def test_one_ask_that_can_not_be_stored_does_not_keep_the_others(monkeypatch):
    taken = [Taken(ids.new_id(), None, NOW, support.ask()) for _ in range(3)]

    def take(asks):
        if taken[1] in asks:
            raise ValueError("bad")
        return [Kept((), 7, "") for _ in asks]

    monkeypatch.setattr(writer.actions, "take_asks", take)

    results = writer.store(taken)

    assert [isinstance(one, Kept) for one in results] == [True, False, True]
    assert results[1].code == Code.BUSY


@pytest.mark.parametrize("count", [1, 3])
def test_what_comes_in_while_writing_goes_into_the_next_transaction(monkeypatch, count):
    batches = []

    def take(asks):
        batches.append(len(asks))
        return [Kept((), 0, "") for _ in asks]

    monkeypatch.setattr(writer.actions, "take_asks", take)

    async def scenario():
        writing = writer.Writer()
        writing.start()
        asks = [Taken(ids.new_id(), None, NOW, support.ask()) for _ in range(count)]
        await asyncio.gather(*(writing.keep(one) for one in asks))
        await writing.close()

    asyncio.run(scenario())

    assert sum(batches) == count
    assert len(batches) == 1
