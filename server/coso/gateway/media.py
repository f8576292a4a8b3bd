"""Sounds by range: small ones from memory, since many devices fetch the same one at the same moment."""

from collections import OrderedDict
from dataclasses import dataclass

from coso.broadcast import queries
from coso.kit import blobs
from coso_wire import Code, WireError

SMALL = 4 << 20
ROOM = 64 << 20
PIECE = 256 << 10


@dataclass(frozen=True)
class Found:
    """A sound that devices may fetch."""

    sha256: str
    size: int
    mime: str
    data: bytes | None
    """The whole, if it is small."""

    def piece(self, start: int, end: int) -> bytes:
        """Read a piece of it; blocks when it is large."""
        if self.data is not None:
            return self.data[start:end]
        with blobs.open_blob(self.sha256) as file:
            file.seek(start)
            return file.read(end - start)


class Shelf:
    """The sounds that were asked for last."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, Found] = OrderedDict()
        self._held = 0

    def get(self, sha256: str) -> Found | None:
        """Give a sound that was asked for before."""
        found = self._found.get(sha256)
        if found is not None:
            self._found.move_to_end(sha256)
        return found

    def put(self, found: Found) -> None:
        """Hold a sound; the ones not asked for longest make room."""
        if found.sha256 in self._found:
            return
        self._found[found.sha256] = found
        self._held += len(found.data or b"")
        while self._held > ROOM or len(self._found) > 10_000:
            _, oldest = self._found.popitem(last=False)
            self._held -= len(oldest.data or b"")


def look_up(sha256: str) -> Found:
    """Find a sound in the store; blocks. Raise WireError `no_media`."""
    file = queries.media_facts(sha256)
    if file is None:
        raise WireError(Code.NO_MEDIA, sha256[:64])
    data = None
    if file.bytes <= SMALL:
        with blobs.open_blob(sha256) as stored:
            data = stored.read()
    size = len(data) if data is not None else blobs.path_of(sha256).stat().st_size
    return Found(sha256=sha256, size=size, mime=file.mime, data=data)
