"""Which sounds are to be on the disk, and what became of them: what the fetcher asks and says."""

from __future__ import annotations

from coso_agent import rules
from coso_agent.state import State
from coso_wire import LogKind, Media


class Supply:
    """Know which sounds are wanted and which are here."""

    def __init__(self, state: State) -> None:
        self._state = state

    def note(self, event: str, **more: object) -> None:
        """Write a line in the diary."""
        self._state.note(event, **more)

    def wanted(self) -> list[Media]:
        """List the sounds to hold ready, the most pressing first."""
        with self._state.lock:
            return rules.wanted_media(self._state.view(), self._state.now())

    def media_came(self, media: Media) -> None:
        """Take note of a sound that is here."""
        with self._state.lock:
            self._state.ready.add(media.sha256)
        self._state.note("media", sha256=media.sha256, bytes=media.bytes)
        self._state.changed.set()

    def media_was_bad(self, media: Media, reason: str) -> None:
        """Write down that wrong bytes came for a sound."""
        with self._state.lock:
            self._state.store.record(LogKind.MEDIA_BAD, at=self._state.now(), reason=reason, media_sha256=media.sha256)
        self._state.note("media_bad", sha256=media.sha256, reason=reason)
        self._state.tell_server()

    def forget(self, media: Media, reason: str) -> None:
        """Throw away a sound that changed on the disk; the fetcher gets it again."""
        self._state.store.media.path(media.sha256).unlink(missing_ok=True)
        self._state.ready.discard(media.sha256)
        self.media_was_bad(media, reason)
        self._state.look_for_media()
