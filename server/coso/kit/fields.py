"""Columns of the database that Django lacks."""

from typing import Any

from django.db import models
from django.db.models.lookups import StartsWith


class PathField(models.CharField[str, str]):
    """The way from the root of a tree to a row as ids: '/1/7/93/'. `__startswith` finds all that lies under a row."""


@PathField.register_lookup
class Under(StartsWith):
    """Find what begins with a path by a range of the index.

    SQLite uses no index for LIKE with an ESCAPE; PostgreSQL has one made for LIKE.
    """

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Compare with the first path under this one and with the first behind it."""
        if not isinstance(self.rhs, str) or not self.rhs.endswith("/"):
            sql, parameters = super().as_sql(compiler, connection)
            return sql, list(parameters)
        column, parameters = self.process_lhs(compiler, connection)
        # The character after the slash is the zero.
        behind = f"{self.rhs[:-1]}0"
        return f"({column} >= %s AND {column} < %s)", [*parameters, self.rhs, *parameters, behind]
