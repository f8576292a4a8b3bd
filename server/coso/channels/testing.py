"""The conformance suite: a test class that every channel's tests inherit."""

# ruff: noqa: D102  the names of tests are sentences

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from coso.channels.ports import Channel
from coso.channels.rules import REACHED, Ground, Why
from coso.newsroom.models import Bulletin


class ChannelContract:
    """What `channels.ports.Channel` promises.

    A subclass gives the fixtures `channel`, `bulletin` (approved, for `villages`), `villages` (ids, three at least)
    and `reach`: a callable that makes the channel reach one village by its own means.
    """

    def test_it_has_a_code(self, channel: Channel) -> None:
        assert channel.code == channel.code.lower().strip() != ""

    def test_it_speaks_only_of_villages_it_was_asked_about(
        self, channel: Channel, bulletin: Bulletin, villages: list[int], reach: Callable[[int], Any]
    ) -> None:
        reach(villages[0])

        assert set(channel.signs(bulletin, villages[1:])) <= set(villages[1:])
        assert channel.signs(bulletin, []) == {}

    def test_it_claims_nothing_without_ground_and_time(
        self, channel: Channel, bulletin: Bulletin, villages: list[int], reach: Callable[[int], Any]
    ) -> None:
        reach(villages[0])

        for sign in channel.signs(bulletin, villages).values():
            claims = sign.state in REACHED
            assert claims == (sign.ground != Ground.NONE)
            assert claims == (sign.at is not None)
            assert not (claims and sign.why != Why.NOTHING)

    def test_it_counts_a_village_only_if_it_can_know_it(
        self, channel: Channel, bulletin: Bulletin, villages: list[int], reach: Callable[[int], Any]
    ) -> None:
        reach(villages[0])

        reached = {v for v, sign in channel.signs(bulletin, villages).items() if sign.state in REACHED}
        assert reached == ({villages[0]} if channel.by_village else set())
        assert channel.shown_since(bulletin) is not None

    def test_it_asks_as_much_for_one_village_as_for_all(
        self, channel: Channel, bulletin: Bulletin, villages: list[int], reach: Callable[[int], Any]
    ) -> None:
        reach(villages[0])
        with CaptureQueriesContext(connection) as one:
            channel.signs(bulletin, villages[:1])
        with CaptureQueriesContext(connection) as every:
            channel.signs(bulletin, villages)

        assert len(one) == len(every)

    def test_its_marker_stays_until_something_changes(
        self, channel: Channel, bulletin: Bulletin, villages: list[int], reach: Callable[[int], Any]
    ) -> None:
        before = channel.marker(bulletin)
        assert channel.marker(bulletin) == before

        reach(villages[0])

        assert (channel.marker(bulletin) != before) == channel.by_village
