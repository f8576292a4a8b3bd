"""What a channel is: every way a message reaches people says the same few things about itself."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from coso.channels.rules import Sign
from coso.newsroom.models import Bulletin


class Channel(Protocol):
    """One way a message reaches people. `channels.testing.ChannelContract` holds each to what is said here."""

    code: str
    """A word in the glossary: 'loudspeaker', 'communicator', 'portal'."""
    by_village: bool
    """Whether it can say which village it reached. A portal can't and mustn't: visits are never counted by village."""

    def signs(self, bulletin: Bulletin, villages: Collection[int]) -> Mapping[int, Sign]:
        """Say for some of these villages (by id) how they stand; in as many queries for one as for all.

        A village that the channel knows nothing of is left out. Nothing is claimed without ground and time.
        """
        ...

    def shown_since(self, bulletin: Bulletin) -> datetime | None:
        """Say since when anybody may see or hear it there, whoever that is; None while nobody can."""
        ...

    def marker(self, bulletin: Bulletin) -> str:
        """Give a text that changes whenever `signs` may; cheap to ask again and again."""
        ...


_channels: dict[str, Channel] = {}


def register_channel(channel: Channel) -> None:
    """Let an app plug in a channel; called from `AppConfig.ready`."""
    _channels[channel.code] = channel


def channels() -> list[Channel]:
    """List the channels that are plugged in, by code."""
    return [_channels[code] for code in sorted(_channels)]


def channel(code: str) -> Channel:
    """Give one channel. Raise KeyError when it is not plugged in."""
    return _channels[code]
