"""What differs between the two databases, and nothing else."""

from django.db import connection


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
