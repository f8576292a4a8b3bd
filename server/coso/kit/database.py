"""What differs between the two databases, and what the database refuses in our stead."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction

from coso.kit.errors import CosoError


def is_postgres() -> bool:
    """Tell whether the default database is PostgreSQL."""
    return connection.vendor == "postgresql"


def notify(channel: str, payload: str = "") -> None:
    """Wake whoever listens on a PostgreSQL channel once this transaction is committed.

    On SQLite there is nothing to do: listeners watch the file's data version.
    """
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])


def refresh_statistics() -> None:
    """Let SQLite look at its indexes anew, so that it chooses well among them; PostgreSQL does so by itself.

    It looks at some hundred rows of each: 10 ms on a file of 600 MB. `PRAGMA optimize` would do less: before SQLite
    3.46 it looks only at tables that this very connection has asked.
    """
    if not is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=400")
            cursor.execute("ANALYZE")


@contextmanager
def only_once(error: CosoError) -> Iterator[None]:
    """Raise this error when a constraint of the database refuses what is written inside.

    Who looks first and writes then may be overtaken in between: the second finds the row only by this refusal. The
    transaction around stays usable.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        raise error from refused


def is_deadlock(error: OperationalError) -> bool:
    """Tell whether the database gave this transaction up because two waited for each other (PostgreSQL 40P01)."""
    return getattr(error.__cause__, "sqlstate", "") == "40P01"
