"""A process that turns any sound file into plain samples: whatever a broken file does, it does it here.

Reads one JSON line per request on stdin, `{"id": 1, "path": "…", "offset_ms": 0}`; a new request takes the place of
the one under way. Writes frames on stdout: kind (1 byte), id and length (4 bytes each, big-endian), bytes. The samples
are signed 16-bit little-endian, mono, 24,000 a second.
"""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import sys
from collections.abc import Iterator
from typing import Any

RATE = 24_000
BYTES_A_SECOND = RATE * 2
BLOCK = BYTES_A_SECOND // 10
HEADER = struct.Struct(">BII")
READY, SAMPLES, END, ERROR = range(4)


def samples(path: str, offset_ms: int) -> Iterator[bytes]:
    """Give blocks of 100 ms (the last may be shorter), from an offset on."""
    import av  # here, so that the agent can import the frame format without PyAV

    skip = offset_ms * BYTES_A_SECOND // 1000 // 2 * 2
    with av.open(path, mode="r", format=None) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        held = bytearray()
        for piece in _resampled(container, stream, resampler):
            held += piece
            if skip:
                dropped = min(skip, len(held))
                del held[:dropped]
                skip -= dropped
            while len(held) >= BLOCK:
                yield bytes(held[:BLOCK])
                del held[:BLOCK]
        if held:
            yield bytes(held)


def _resampled(container: Any, stream: Any, resampler: Any) -> Iterator[bytes]:
    for frame in container.decode(stream):
        for out in resampler.resample(frame):
            yield bytes(out.planes[0])[: out.samples * 2]
    for out in resampler.resample(None):
        yield bytes(out.planes[0])[: out.samples * 2]


class Requests:
    """Read the newest request from stdin, waiting for one or not."""

    def __init__(self) -> None:
        self._held = b""

    def newest(self, *, wait: bool) -> dict[str, Any] | None:
        """Give the newest request; None if there is none yet. Ends the program when the agent is gone."""
        found = None
        while select.select([0], [], [], 0)[0] or (wait and found is None):
            data = os.read(0, 65_536)
            if not data:
                sys.exit(0)
            *lines, self._held = (self._held + data).split(b"\n")
            if lines:
                found = json.loads(lines[-1])
        return found


def _send(kind: int, number: int, data: bytes = b"") -> None:
    frame = memoryview(HEADER.pack(kind, number, len(data)) + data)
    while frame:
        frame = frame[os.write(1, frame) :]


def main() -> None:
    """Serve requests until stdin is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the agent's to handle: it closes stdin
    import av

    av.logging.set_level(av.logging.PANIC)
    _send(READY, 0)
    requests = Requests()
    request = None
    while True:
        request = request or requests.newest(wait=True)
        assert request is not None
        number, replaced = int(request["id"]), None
        try:
            for block in samples(request["path"], int(request["offset_ms"])):
                _send(SAMPLES, number, block)
                replaced = requests.newest(wait=False)
                if replaced:
                    break
            else:
                _send(END, number)
        except BrokenPipeError:
            return
        except Exception as error:  # whatever the file does, this program lives on
            _send(ERROR, number, str(error)[:200].encode())
        request = replaced


if __name__ == "__main__":
    main()
