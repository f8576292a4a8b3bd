"""The one place that writes: whatever came in while a transaction ran goes into the next one together."""

import asyncio
import logging
from collections.abc import Sequence
from typing import TypeAlias

from coso.broadcast import actions
from coso.broadcast.actions import Kept, Taken
from coso.gateway.jobs import Jobs
from coso_wire import Code, WireError

log = logging.getLogger("coso.gateway")

MOST = 500
"""Asks in one transaction."""

_Result: TypeAlias = "Kept | Exception"


class Writer:
    """Collect asks and store them in batches; each is acknowledged when its transaction is over."""

    def __init__(self) -> None:
        self._jobs = Jobs(1, "gateway-writer")
        self._waiting: list[tuple[Taken, asyncio.Future[Kept] | None]] = []
        self._came = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run())

    async def keep(self, taken: Taken) -> Kept:
        """Store an ask and say what is kept. Raise WireError `busy` when it could not be stored."""
        future: asyncio.Future[Kept] = asyncio.get_running_loop().create_future()
        self._put(taken, future)
        return await future

    def note(self, taken: Taken) -> None:
        """Store that a device was heard, some time soon."""
        self._put(taken, None)

    def _put(self, taken: Taken, future: "asyncio.Future[Kept] | None") -> None:
        self._waiting.append((taken, future))
        self._came.set()

    async def close(self) -> None:
        """Write what waits, then stop."""
        if self._task is not None:
            self._task.cancel()
        if self._waiting:
            await self._write()
        self._jobs.close()

    async def _run(self) -> None:
        while True:
            await self._came.wait()
            self._came.clear()
            while self._waiting:
                await self._write()

    async def _write(self) -> None:
        batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        taken = [one for one, _ in batch]
        try:
            results = await self._jobs.run(lambda: store(taken))
        except WireError as error:
            results = [error] * len(batch)
        for (_, future), result in zip(batch, results, strict=True):
            if future is None or future.done():
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)


def store(taken: Sequence[Taken]) -> list[_Result]:
    """Store asks in one transaction; if one of them can't be stored, each in one of its own."""
    from django.db import DataError, IntegrityError

    try:
        return list(actions.take_asks(taken))
    except (DataError, IntegrityError, ValueError, OverflowError) as error:
        if len(taken) == 1:
            log.exception("An ask of device %s could not be stored", taken[0].device_id)
            return [WireError(Code.BUSY, type(error).__name__)]
    return [result for one in taken for result in store([one])]
