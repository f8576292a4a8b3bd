"""Sounds come over the line in pieces, are checked against their name, and only then exist."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from coso_agent.line import Line, LineDown
from coso_agent.link import Backoff
from coso_agent.media import sync_folder
from coso_agent.store import Identity, Store
from coso_wire import Media, ask_headers, media_path

PIECE = 64 << 10
TRIES = 3  # for bytes that turn out wrong
SET_ASIDE_S = 600.0  # then that sound is left alone for so long
KEEP_FREE = 50 << 20
PATIENCE_S = 20.0


class BadMedia(Exception):
    """What came is not what its name says."""


class NotThere(Exception):
    """This sound can't be had now; others may."""


class Wants(Protocol):
    """What the fetcher asks of the agent."""

    def wanted(self) -> list[Media]:
        """List the sounds to hold, the most pressing first."""

    def media_came(self, media: Media) -> None:
        """Hear that a sound is here."""

    def media_was_bad(self, media: Media, reason: str) -> None:
        """Hear that wrong bytes came."""

    def note(self, event: str, **more: object) -> None:
        """Write a line in the diary."""


class Fetcher:
    """Fetch what is wanted, one sound at a time, in a thread of its own."""

    def __init__(
        self,
        wants: Wants,
        store: Store,
        identity: Identity,
        make_line: Callable[[], Line],
        *,
        now: Callable[[], datetime],
        backoff: Callable[[], Backoff] = Backoff,
    ) -> None:
        self._wants = wants
        self._store = store
        self._identity = identity
        self._line = make_line()
        self._now = now
        self._backoff = backoff()
        self._stopping = False
        self._look = threading.Event()
        self._tries: dict[str, int] = {}
        self._aside_until: dict[str, float] = {}
        self._thread = threading.Thread(target=self._run, name="fetch", daemon=True)

    def start(self) -> None:
        """Begin to fetch."""
        self._thread.start()

    def look(self) -> None:
        """Say that other sounds are wanted: a more pressing one goes before the one under way."""
        self._look.set()

    def stop(self) -> None:
        """End the thread."""
        self._stopping = True
        self._look.set()
        self._line.abort()
        if self._thread.is_alive():
            self._thread.join(timeout=1)
        self._line.drop()

    def _run(self) -> None:
        while not self._stopping:
            self._look.clear()
            media = self._next()
            if media is None:
                self._line.drop()
                self._look.wait(self._until_aside_ends())
                continue
            try:
                self.fetch(media)
                self._backoff.reset()
            except LineDown as error:
                if self._stopping:
                    return
                self._wants.note("fetch_failed", sha256=media.sha256, why=str(error))
                self._look.wait(self._backoff.next_s())

    def _next(self) -> Media | None:
        here, now = self._store.media.here(), time.monotonic()
        for media in self._wants.wanted():
            if media.sha256 not in here and self._aside_until.get(media.sha256, 0.0) <= now:
                return media
        return None

    def _until_aside_ends(self) -> float | None:
        now = time.monotonic()
        ends = [at for at in self._aside_until.values() if at > now]
        return min(ends) - now if ends else None

    def fetch(self, media: Media) -> None:
        """Fetch one sound, going on where an earlier try stopped; LineDown when that can't be done now."""
        part = self._store.media.path(media.sha256).with_suffix(".part")
        try:
            whole = self._download(media, part)
            if whole:
                self._check(media, part)
        except BadMedia as error:
            part.unlink(missing_ok=True)
            if self._tried(media) % TRIES == 0:
                self._aside_until[media.sha256] = time.monotonic() + SET_ASIDE_S
            self._wants.media_was_bad(media, str(error))
            return
        except NotThere as error:
            pause = min(60.0, 2.0 ** self._tried(media))
            self._aside_until[media.sha256] = time.monotonic() + pause
            self._wants.note("fetch_failed", sha256=media.sha256, why=str(error), again_in_s=pause)
            return
        if whole:
            part.replace(self._store.media.path(media.sha256))
            sync_folder(self._store.media.folder)
            self._wants.media_came(media)

    def _tried(self, media: Media) -> int:
        self._tries[media.sha256] = self._tries.get(media.sha256, 0) + 1
        return self._tries[media.sha256]

    def _download(self, media: Media, part: Path) -> bool:
        """Append to the part until it is whole; False if something more pressing came up."""
        if self._store.media.free_bytes() < media.bytes + KEEP_FREE:
            raise NotThere("the disk is full")
        held = part.stat().st_size if part.exists() else 0
        if held >= media.bytes:
            return True
        headers = ask_headers(self._identity.secret, device_id=self._identity.device_id, at=self._now())
        if held:
            headers["Range"] = f"bytes={held}-"
        with self._line.open("GET", media_path(media.sha256), headers=headers, wait_s=PATIENCE_S) as response:
            if response.status == 200:
                held = 0  # this server knows no ranges: from the start
            elif response.status != 206:
                raise NotThere(f"status {response.status}")
            elif not (response.headers.get("Content-Range") or "").startswith(f"bytes {held}-"):
                raise BadMedia("another range")
            with part.open("r+b" if held else "wb") as file:
                file.seek(held)
                while piece := response.read(PIECE):
                    held += len(piece)
                    if held > media.bytes:
                        raise BadMedia("too long")
                    file.write(piece)
                    if self._look.is_set():
                        self._look.clear()
                        if self._next() != media:
                            self._line.drop()
                            return False
                file.flush()
                os.fsync(file.fileno())
        if held < media.bytes:
            raise LineDown("it ended early")
        return True

    @staticmethod
    def _check(media: Media, part: Path) -> None:
        with part.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != media.sha256:
                raise BadMedia("wrong_hash")
