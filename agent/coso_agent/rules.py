"""What the loudspeaker decides: whom to obey, what to play now and from where, when to look again.

Nothing here knows a clock, a disk or a line: the caller passes what is so, and acts on what comes back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from coso_wire import Action, Alert, Item, Manifest, Media, Rank

LOCAL = timezone(timedelta(hours=7))  # Việt Nam keeps one hour all year
RESUME_AT_LEAST_MS = 10_000  # less than this is not worth going on with
HEARD_SHARE = 0.9  # of an alert that was cut just before its end: it counts as heard
HUSH_S = 30  # in a gap between two repeats of an alert that is shorter, nothing else starts
FUTURE = timedelta(minutes=10)  # how far the server's clock may be ahead of ours
SECOND = timedelta(seconds=1)
JITTER_S = 2  # a busy box wakes a moment late: that is still on time
ORDER = {Rank.NORMAL: 0, Rank.PRIORITY: 1, Rank.EMERGENCY: 2}


class Refused(Exception):
    """What was sent is authentic and well-formed, and still not to be obeyed; `reason` says why."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def check_manifest(manifest: Manifest, *, device_id: str, held_version: int, now: datetime) -> None:
    """Raise Refused unless this manifest shall replace the held one (version 0: none is held)."""
    if manifest.device_id != device_id:
        raise Refused("other_device", f"it is for {manifest.device_id}")
    if manifest.version <= held_version:
        raise Refused("not_newer", f"version {manifest.version}, held {held_version}")
    _check_times(manifest.issued_at, manifest.expires_at, now)


def check_alert(alert: Alert, *, areas: Collection[str] | None, now: datetime) -> None:
    """Raise Refused unless this alert is for a device in these areas (None: no manifest told them yet)."""
    if areas is None:
        raise Refused("no_manifest")
    if not set(alert.areas) & set(areas):
        raise Refused("wrong_area")
    _check_times(alert.issued_at, alert.expires_at, now)


def _check_times(issued_at: datetime, expires_at: datetime, now: datetime) -> None:
    if expires_at <= now:
        raise Refused("expired", f"since {expires_at.isoformat()}")
    if issued_at > now + FUTURE:
        raise Refused("from_the_future", f"issued at {issued_at.isoformat()}")


@dataclass(frozen=True)
class Play:
    """Be one thing to play: an item of the manifest, or an alert."""

    key: str
    item_id: str
    bulletin_id: str
    revision: int
    rank: Rank
    media: Media
    since: datetime  # its place in the queue among equals
    is_alert: bool = False

    @classmethod
    def of_item(cls, item: Item) -> Play:
        """Take an item; another revision of it is another play."""
        return cls(
            f"item:{item.item_id}:{item.revision}",
            item.item_id,
            item.bulletin_id,
            item.revision,
            item.rank,
            item.media,
            item.starts_at,
        )

    @classmethod
    def of_alert(cls, alert: Alert) -> Play:
        """Take an alert that has something to play."""
        assert alert.media is not None
        return cls(
            f"alert:{alert.alert_id}:{alert.revision}",
            alert.alert_id,
            alert.bulletin_id,
            alert.revision,
            alert.rank,
            alert.media,
            alert.issued_at,
            is_alert=True,
        )


class Step(StrEnum):
    """How far a play has come; what was never begun has no step."""

    WAITING = "waiting"  # its time came while something else was playing; or an alert between two repeats
    PLAYING = "playing"
    CUT = "cut"
    DONE = "done"


@dataclass(frozen=True)
class Progress:
    """Remember one play: its step, where it stopped, its whole repeats and the end of the last one."""

    step: Step
    position_ms: int = 0
    repeats: int = 0
    ended_at: datetime | None = None


@dataclass(frozen=True)
class View:
    """Hold all that a decision depends on, but the time."""

    manifest: Manifest | None = None
    alerts: Sequence[Alert] = ()
    progress: Mapping[str, Progress] = field(default_factory=dict)
    ready: Collection[str] = frozenset()  # the SHA-256 of each sound on the disk
    playing: Play | None = None
    clock_trusted: bool = True


class End(StrEnum):
    """How a play that will not go on is written down; QUIET leaves no trace, for it was told already."""

    CUT = "cut"
    MISSED = "missed"
    QUIET = "quiet"


@dataclass(frozen=True)
class Close:
    """Say that a play is over for good, and why."""

    play: Play
    end: End
    reason: str


@dataclass(frozen=True)
class Decision:
    """Say what to do now.

    `play` is what shall sound (it may sound already) and from where; `stop` is why what sounds now must stop;
    `close` what is over for good; `hold` what waits for its turn; `wake_at` when to decide again at the latest.
    """

    play: Play | None = None
    offset_ms: int = 0
    late: bool = False
    stop: str | None = None
    close: tuple[Close, ...] = ()
    hold: tuple[Play, ...] = ()
    wake_at: datetime | None = None


@dataclass(frozen=True)
class _Fate:
    """What is so of one play at this moment: it may sound, comes later, or is over."""

    play: Play
    ready: bool = False
    offset_ms: int = 0
    late: bool = False
    on_time: bool = False  # its slot begins now: if it can't, it waits
    look_at: datetime | None = None  # when this changes by itself
    over: Close | None = None
    inherits: bool = False  # it corrects what was on: it waits even while its sound is not here yet
    hush: bool = False  # until `look_at` nothing of a lower rank starts


def decide(view: View, now: datetime) -> Decision:
    """Decide what to play at this moment."""
    fates = [*_alert_fates(view, now), *_item_fates(view, now)]
    closes = [fate.over for fate in fates if fate.over]
    current = next((f for f in fates if view.playing and f.play.key == view.playing.key and f.ready), None)
    able = [f for f in fates if f.ready and (f is current or f.play.media.sha256 in view.ready)]
    if any(fate.hush for fate in fates):
        able = [fate for fate in able if fate.play.rank == Rank.EMERGENCY]
    best = min(able, key=lambda f: (-ORDER[f.play.rank], f.play.since, f.play.key), default=None)
    if current and (best is None or ORDER[best.play.rank] <= ORDER[current.play.rank]):
        best = current
    looks = [fate.look_at for fate in fates if fate.look_at and fate.look_at > now]
    return Decision(
        play=best.play if best else None,
        offset_ms=best.offset_ms if best else 0,
        late=best.late if best else False,
        stop=_why_stop(view, best, closes),
        close=tuple(closes),
        hold=tuple(
            fate.play
            for fate in fates
            if fate is not best and (fate.inherits or (best and fate.on_time and fate in able))
        ),
        wake_at=min(looks, default=None),
    )


def _why_stop(view: View, best: _Fate | None, closes: Sequence[Close]) -> str | None:
    """Say why what sounds must stop: it is over, withdrawn, or something of a higher rank is due."""
    if view.playing is None or (best and best.play.key == view.playing.key):
        return None
    for close in closes:
        if close.play.key == view.playing.key:
            return close.reason
    items = view.manifest.items if view.manifest else ()
    if any(item.item_id == view.playing.item_id for item in items):
        known = {Play.of_item(item).key for item in items}
        if view.playing.key not in known:
            return "replaced"
    elif not view.playing.is_alert:
        return "withdrawn"
    return best.play.rank.value if best else "withdrawn"


# --- items -------------------------------------------------------------------------------------------


def _item_fates(view: View, now: datetime) -> list[_Fate]:
    if view.manifest is None or not view.clock_trusted:
        return []
    return [_item_fate(view, view.manifest, item, now) for item in view.manifest.items]


def _item_fate(view: View, manifest: Manifest, item: Item, now: datetime) -> _Fate:
    play = Play.of_item(item)
    known = view.progress.get(play.key)
    if known and known.step == Step.DONE:
        return _Fate(play)
    if view.playing and view.playing.key == play.key:
        return _Fate(play, ready=True, offset_ms=known.position_ms if known else 0)
    if now < item.starts_at:
        return _Fate(play, look_at=item.starts_at)
    if item.starts_at >= manifest.expires_at:
        return _over(play, End.MISSED, "expired")
    if known is None and not _older_revision_was_on(view, item):
        return _fresh_item(view, manifest, item, play, now)
    position = known.position_ms if known else 0
    if position and play.media.duration_ms - position < RESUME_AT_LEAST_MS:
        return _over(play, End.CUT, "too_short")
    limit = item.ends_at + item.grace_s * SECOND
    if now > limit:
        return _over(play, End.CUT if position else End.MISSED, "grace_over" if position else "late")
    return _Fate(play, ready=True, offset_ms=position, look_at=_just_after(limit), inherits=known is None)


def _fresh_item(view: View, manifest: Manifest, item: Item, play: Play, now: datetime) -> _Fate:
    """Judge an item that never sounded: on time, late and yet allowed, or missed."""
    on_time_until = item.starts_at + max(item.late_s, JITTER_S) * SECOND
    if now <= on_time_until:
        return _Fate(play, ready=True, on_time=True, look_at=_just_after(on_time_until))
    missed = "late" if play.media.sha256 in view.ready else "no_media"
    if play.rank == Rank.NORMAL or now > item.ends_at:
        return _over(play, End.MISSED, missed)
    if play.rank == Rank.PRIORITY:
        quiet_until = quiet_end(manifest.quiet_hours, now)
        if quiet_until:
            return _Fate(play, look_at=min(quiet_until, _just_after(item.ends_at)))
    return _Fate(play, ready=True, late=True, look_at=_just_after(item.ends_at))


def _older_revision_was_on(view: View, item: Item) -> bool:
    """Tell whether a correction came while the item was on: then the corrected one is played in its place."""
    prefix, own = f"item:{item.item_id}:", Play.of_item(item).key
    if view.playing and view.playing.key.startswith(prefix) and view.playing.key != own:
        return True
    return any(
        key.startswith(prefix) and key != own and known.step in (Step.CUT, Step.WAITING)
        for key, known in view.progress.items()
    )


def quiet_end(hours: Sequence[Sequence[str]], now: datetime) -> datetime | None:
    """Give the end of the quiet hours that hold at this moment, or None."""
    local = now.astimezone(LOCAL)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = []
    for first, last in hours:
        begin, end = (timedelta(hours=int(text[:2]), minutes=int(text[3:])) for text in (first, last))
        for day in (-1, 0):
            from_at = midnight + timedelta(days=day) + begin
            to_at = midnight + timedelta(days=day + (end <= begin)) + end
            if from_at <= local < to_at:
                ends.append(to_at)
    return max(ends, default=None)


# --- alerts ------------------------------------------------------------------------------------------


def _alert_fates(view: View, now: datetime) -> list[_Fate]:
    return [_alert_fate(view, alert, now) for alert in view.alerts if alert.action == Action.PLAY]


def _alert_fate(view: View, alert: Alert, now: datetime) -> _Fate:
    play = Play.of_alert(alert)
    known = view.progress.get(play.key, Progress(Step.WAITING))
    on = view.playing is not None and view.playing.key == play.key
    if known.step == Step.DONE and not on:
        return _Fate(play)
    stopped = _why_stopped(alert, view.alerts)
    if stopped:
        return _over(play, _alert_end(known, on), stopped)
    if on:
        return _Fate(play, ready=True, offset_ms=known.position_ms)
    repeats, offset = alert_position(known, play.media.duration_ms)
    if repeats >= alert.repeat:
        return _over(play, End.QUIET, "played")
    if now >= alert.expires_at:
        return _over(play, _alert_end(known, on), "expired")
    if known.ended_at and not offset:
        next_at = known.ended_at + alert.gap_s * SECOND
        if now < next_at < alert.expires_at:
            return _Fate(play, look_at=next_at, hush=alert.gap_s <= HUSH_S)
    return _Fate(play, ready=True, offset_ms=offset, look_at=alert.expires_at)


def alert_position(known: Progress, duration_ms: int) -> tuple[int, int]:
    """Give the whole repeats and the place to go on from; a cut near the end counts as heard or starts anew."""
    left = duration_ms - known.position_ms
    if not known.position_ms or left >= RESUME_AT_LEAST_MS:
        return known.repeats, known.position_ms
    if known.position_ms >= HEARD_SHARE * duration_ms:
        return known.repeats + 1, 0
    return known.repeats, 0


def _alert_end(known: Progress, on: bool) -> End:
    if on:
        return End.CUT
    if known.repeats:
        return End.QUIET
    return End.CUT if known.position_ms else End.MISSED


def _why_stopped(alert: Alert, others: Sequence[Alert]) -> str | None:
    """Say whether another alert cancels this one or takes its place."""
    if any(_cancels(other, alert) for other in others if other.action == Action.CANCEL):
        return "cancelled"
    plays = (other for other in others if other.action == Action.PLAY and other.bulletin_id == alert.bulletin_id)
    return "replaced" if any(_newness(other) > _newness(alert) for other in plays) else None


def _cancels(cancel: Alert, alert: Alert) -> bool:
    same_bulletin = cancel.bulletin_id == alert.bulletin_id and cancel.revision >= alert.revision
    return cancel.issued_at >= alert.issued_at and (same_bulletin or cancel.alert_id == alert.alert_id)


def _newness(alert: Alert) -> tuple[int, datetime, str]:
    return alert.revision, alert.issued_at, alert.alert_id


def _over(play: Play, end: End, reason: str) -> _Fate:
    return _Fate(play, over=Close(play, end, reason))


def _just_after(at: datetime) -> datetime:
    return at + timedelta(milliseconds=1)


def wanted_media(view: View, now: datetime) -> list[Media]:
    """List the sounds to hold ready, the most pressing first: alerts, then items by time, then what may come."""
    alerts = [alert.media for alert in view.alerts if alert.media and alert.expires_at > now]
    items: list[Media] = []
    prefetch: Sequence[Media] = ()
    if view.manifest:
        prefetch = view.manifest.prefetch
        for item in sorted(view.manifest.items, key=lambda item: item.starts_at):
            known = view.progress.get(Play.of_item(item).key)
            if not (known and known.step == Step.DONE):
                items.append(item.media)
    return list({media.sha256: media for media in reversed([*alerts, *items, *prefetch])}.values())[::-1]
