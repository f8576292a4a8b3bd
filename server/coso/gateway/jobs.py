"""Database work of the event loop: a few threads, each with a connection that stays open."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, connection

from coso_wire import Code, WireError

T = TypeVar("T")

log = logging.getLogger("coso.gateway")


class Jobs:
    """Run blocking functions in threads; a database that does not answer becomes `busy`."""

    def __init__(self, threads: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, function: Callable[[], T]) -> T:
        """Run one function and give what it gives."""
        try:
            running = asyncio.get_running_loop().run_in_executor(self._pool, _guarded, function)
        except RuntimeError as error:
            raise WireError(Code.BUSY, "the gateway is stopping") from error
        return await running

    def close(self) -> None:
        """Take no more work; what runs ends by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _guarded(function: Callable[[], T]) -> T:
    try:
        return function()
    except (DatabaseError, InterfaceError) as error:
        log.warning("The database does not answer: %s", error)
        connection.close()
        raise WireError(Code.BUSY, "the database does not answer") from error
