"""Two people at once, each with a connection of his own; for tests with `django_db(transaction=True)`."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

WAIT = 20.0
"""Seconds after which a test gives up on somebody who waits for a lock."""
PAUSE = 0.5
"""Seconds after which somebody who has not come through is taken to wait for a lock."""


class Other:
    """Somebody else, who acts in a thread; `outcome` is what came of it: a value or an exception."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self._act = act
        self.outcome: Any = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            self.outcome = self._act()
        except Exception as error:
            self.outcome = error
        finally:
            connection.close()

    def begin(self) -> "Other":
        """Let him act, and give him time to come through or to meet a lock."""
        self._thread.start()
        self._thread.join(PAUSE)
        return self

    @property
    def waits(self) -> bool:
        """Whether he has begun and is not through."""
        return self._thread.is_alive()

    def done(self) -> Any:
        """Wait until he is through and give what came of it."""
        self._thread.join(WAIT)
        assert not self._thread.is_alive(), "somebody waits for a lock that nobody gives back"
        return self.outcome


@contextmanager
def database_of_two(folder: Path) -> Iterator[None]:
    """Put the test's SQLite database into a file, as it is in production, so that two connections can meet in it.

    What pytest-django makes lies in memory, where a second connection is refused at once instead of waiting. Of
    PostgreSQL nothing has to be changed.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name, path = connection.connection, connection.settings_dict["NAME"], folder / "races.sqlite3"
    with sqlite3.connect(path) as copy:
        memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name
