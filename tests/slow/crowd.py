"""Many devices in one process: each holds one connection and speaks the real wire, without a loudspeaker."""

import asyncio
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from coso.kit import clock
from coso_wire import SYNC_PATH, Answer, Ask, PlayReport, ask_headers
from tests.app.broadcast import support

STATUS_LINE = "HTTP/1.1 200"


@dataclass
class Member:
    """One device of the crowd."""

    device_id: str
    secret: bytes
    cursor: str = ""
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def sync(self, port: int, ask: Ask) -> Answer:
        """Ask once over the connection that is kept; raise OSError when the line is lost."""
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        body = ask.to_bytes()
        headers = ask_headers(self.secret, device_id=self.device_id, at=clock.now(), body=body)
        head = [f"POST {SYNC_PATH} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        head += [f"{name}: {value}" for name, value in headers.items()]
        self.writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await self.writer.drain()
        return Answer.from_bytes(await self._body())

    async def _body(self) -> bytes:
        assert self.reader is not None
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = next(
            int(line.partition(":")[2]) for line in head.splitlines() if line.lower().startswith("content-length")
        )
        body = await self.reader.readexactly(length)
        assert head.startswith(STATUS_LINE), f"{head.splitlines()[0]}: {body[:200]!r}"
        return body

    def hang_up(self) -> None:
        """Drop the line, as a mast in a storm does."""
        if self.writer is not None:
            self.writer.transport.abort()
        self.reader = self.writer = None


async def _hear(member: Member, port: int, report: PlayReport, until: float) -> float:
    """Take the manifest, wait for an alert through lost lines, report that it plays; give when the alert came."""
    while True:
        assert time.monotonic() < until, "no alert came"
        try:
            answer = await member.sync(port, support.ask(wait_s=50 if member.cursor else 0, cursor=member.cursor))
        except (OSError, EOFError):
            await _again(member)
            continue
        member.cursor = answer.cursor
        if answer.alerts:
            break
    came = time.monotonic()
    while True:
        try:
            kept = await member.sync(port, support.ask(report))
        except (OSError, EOFError):
            await _again(member)
            continue
        assert report.report_id in kept.acked_reports
        return came


async def _again(member: Member) -> None:
    member.hang_up()
    await asyncio.sleep(0.2)


class Crowd(threading.Thread):
    """The devices in a thread of their own, so that the test's thread may work on the database meanwhile."""

    def __init__(self, members: Sequence[Member], reports: Sequence[PlayReport], port: int, patience: float) -> None:
        super().__init__(daemon=True)
        self._members, self._reports, self._port = members, reports, port
        self._until = time.monotonic() + patience
        self.came: list[float] = []
        self.start()

    def run(self) -> None:
        """Hear and report, each device for itself."""
        self.came = asyncio.run(self._all())

    async def _all(self) -> list[float]:
        pairs = zip(self._members, self._reports, strict=True)
        try:
            return await asyncio.gather(*(_hear(member, self._port, report, self._until) for member, report in pairs))
        finally:
            for member in self._members:
                member.hang_up()
            await asyncio.sleep(0.1)

    def are_waiting(self) -> bool:
        """Tell whether every device has had its first answer."""
        return all(member.cursor for member in self._members)
