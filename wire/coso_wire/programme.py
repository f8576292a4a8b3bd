"""What a device shall play: its manifest, and the alerts that are signed once for all devices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from coso_wire.codec import Message, choice, digest, integer, listing, moment, nested, optional, pattern, text
from coso_wire.errors import Code, WireError
from coso_wire.signing import ALERT_DOMAIN, MANIFEST_DOMAIN, Envelope, SigningKey, VerifyKey

DAY_MS = 24 * 3600 * 1000


class Rank(StrEnum):
    """The three classes of a bulletin; an emergency goes before all, a priority before a normal one."""

    NORMAL = "normal"
    PRIORITY = "priority"
    EMERGENCY = "emergency"


class Action(StrEnum):
    """What an alert asks for."""

    PLAY = "play"
    CANCEL = "cancel"


@dataclass(frozen=True, kw_only=True)
class Media(Message):
    """Name a sound by its hash; fetched from `/wire/1/media/<sha256>`."""

    sha256: str = field(metadata=digest())
    bytes: int = field(metadata=integer(1, 1 << 30))
    duration_ms: int = field(metadata=integer(1, DAY_MS))
    mime: str = field(metadata=pattern(r"audio/[a-z0-9.+-]{1,40}", "a type like audio/mpeg"))


@dataclass(frozen=True, kw_only=True)
class Item(Message):
    """Put one bulletin at one time.

    `starts_at` is when it starts; it may still start `late_s` seconds later. `ends_at` is the end of the slot:
    a priority or emergency item that was missed may be played late until then, and an item that was cut may
    go on until `grace_s` seconds after it.
    """

    item_id: str = field(metadata=text(100))
    bulletin_id: str = field(metadata=text(100))
    revision: int = field(metadata=integer(0))
    rank: Rank = field(metadata=choice(Rank))
    starts_at: datetime = field(metadata=moment())
    ends_at: datetime = field(metadata=moment())
    media: Media = field(metadata=nested(Media))
    title: str = field(default="", metadata=text(300, shortest=0))
    grace_s: int = field(default=900, metadata=integer(0, 86_400))
    late_s: int = field(default=60, metadata=integer(0, 86_400))

    def check(self) -> None:
        """Refuse a slot that ends before it starts."""
        if self.ends_at < self.starts_at:
            raise WireError(Code.BAD_FIELD, f"Item.ends_at of {self.item_id} is before its starts_at")


_CLOCK = pattern(r"([01][0-9]|2[0-3]):[0-5][0-9]", "an hour like 21:30")


@dataclass(frozen=True, kw_only=True)
class Manifest(Message):
    """Tell one device all that it shall play for a while; a newer version replaces the whole.

    `areas` are the codes of places that this device stands in: an alert for one of them is for this device.
    `quiet_hours` are pairs of local hours (Asia/Ho_Chi_Minh), past midnight allowed. `prefetch` is media to
    hold ready, of prepared alerts for instance.
    """

    largest: ClassVar[int] = 4 << 20
    kind_name: ClassVar[str | None] = "manifest"

    device_id: str = field(metadata=text(100))
    version: int = field(metadata=integer(1))
    issued_at: datetime = field(metadata=moment())
    expires_at: datetime = field(metadata=moment())
    areas: tuple[str, ...] = field(metadata=listing(text(100), 1000))
    items: tuple[Item, ...] = field(metadata=listing(nested(Item), 10_000))
    quiet_hours: tuple[tuple[str, ...], ...] = field(default=(), metadata=listing(listing(_CLOCK, 2), 20))
    prefetch: tuple[Media, ...] = field(default=(), metadata=listing(nested(Media), 200))

    def check(self) -> None:
        """Refuse two items with one id, a quiet hour without an end and a manifest that was never valid."""
        ids = [item.item_id for item in self.items]
        if len(set(ids)) != len(ids):
            raise WireError(Code.BAD_FIELD, "Manifest.items has an item_id twice")
        if any(len(hours) != 2 for hours in self.quiet_hours):
            raise WireError(Code.BAD_FIELD, "Manifest.quiet_hours must be pairs")
        if self.expires_at <= self.issued_at:
            raise WireError(Code.BAD_FIELD, "Manifest.expires_at is not after its issued_at")


@dataclass(frozen=True, kw_only=True)
class Alert(Message):
    """Ask every device in some areas to play an emergency at once, or to stop it.

    A device plays it if one of its manifest's areas is among `areas`: `repeat` times, `gap_s` seconds apart.
    A cancel stops what has its `alert_id`, and every play of its bulletin up to its revision.
    """

    largest: ClassVar[int] = 256 << 10
    kind_name: ClassVar[str | None] = "alert"

    alert_id: str = field(metadata=text(100))
    bulletin_id: str = field(metadata=text(100))
    revision: int = field(metadata=integer(0))
    action: Action = field(metadata=choice(Action))
    areas: tuple[str, ...] = field(metadata=listing(text(100), 5000))
    issued_at: datetime = field(metadata=moment())
    expires_at: datetime = field(metadata=moment())
    rank: Rank = field(default=Rank.EMERGENCY, metadata=choice(Rank))
    media: Media | None = field(default=None, metadata=optional(nested(Media)))
    repeat: int = field(default=1, metadata=integer(1, 100))
    gap_s: int = field(default=5, metadata=integer(0, 3600))
    title: str = field(default="", metadata=text(300, shortest=0))

    def check(self) -> None:
        """Refuse an alert that isn't an emergency, has nothing to play, or was never valid."""
        if self.rank != Rank.EMERGENCY:
            raise WireError(Code.BAD_FIELD, "Alert.rank must be emergency")
        if self.action == Action.PLAY and self.media is None:
            raise WireError(Code.MISSING_FIELD, "Alert.media")
        if self.expires_at <= self.issued_at:
            raise WireError(Code.BAD_FIELD, "Alert.expires_at is not after its issued_at")


def seal_manifest(manifest: Manifest, *, key: SigningKey) -> Envelope:
    """Sign a manifest for its device."""
    return Envelope.seal(manifest.to_bytes(), domain=MANIFEST_DOMAIN, key=key)


def open_manifest(envelope: Envelope, *, authorities: Mapping[str, VerifyKey]) -> Manifest:
    """Give the manifest if an authority signed it and it is well-formed."""
    return Manifest.from_bytes(envelope.open(domain=MANIFEST_DOMAIN, authorities=authorities))


def seal_alert(alert: Alert, *, key: SigningKey) -> Envelope:
    """Sign an alert once for all devices."""
    return Envelope.seal(alert.to_bytes(), domain=ALERT_DOMAIN, key=key)


def open_alert(envelope: Envelope, *, authorities: Mapping[str, VerifyKey]) -> Alert:
    """Give the alert if an authority signed it and it is well-formed."""
    return Alert.from_bytes(envelope.open(domain=ALERT_DOMAIN, authorities=authorities))
