"""Rows that are already in memory, with the few manners of a queryset that a list needs."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, overload

from coso.kit import text
from coso.ui.show import read


class MemoryRows:
    """A computed table (reach by village, an overview) shown with the same list pattern as a queryset."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = list(rows)

    def count(self) -> int:
        """Count the rows."""
        return len(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def iterator(self, chunk_size: int = 2000) -> Iterator[Any]:
        """Go through the rows."""
        return iter(self._rows)

    __iter__ = iterator

    @overload
    def __getitem__(self, key: int) -> Any: ...
    @overload
    def __getitem__(self, key: slice) -> list[Any]: ...
    def __getitem__(self, key: int | slice) -> Any:
        return self._rows[key]

    @property
    def ordered(self) -> bool:
        """Tell the paginator that the order is settled."""
        return True

    def keep(self, test: Callable[[Any], bool]) -> "MemoryRows":
        """Keep the rows that pass a test; what a `Filter.apply` calls."""
        return MemoryRows(row for row in self._rows if test(row))

    def matching(self, words: list[str], columns: Iterable[str]) -> "MemoryRows":
        """Keep the rows in which each folded word occurs in some column."""
        names = list(columns)
        return self.keep(
            lambda row: all(any(word in text.fold(str(read(row, name) or "")) for name in names) for word in words)
        )

    def order_by(self, *fields: str) -> "MemoryRows":
        """Sort by dotted names, a leading '-' for descending; text in Vietnamese order, missing values last."""
        rows = list(self._rows)
        for field in reversed([field for field in fields if field.lstrip("-") != "pk"]):
            name = field.lstrip("-").replace("__", ".")
            known = [row for row in rows if read(row, name) is not None]
            known.sort(key=lambda row, name=name: _key(read(row, name)), reverse=field.startswith("-"))  # type: ignore[misc]
            rows = known + [row for row in rows if read(row, name) is None]
        return MemoryRows(rows)


def _key(value: Any) -> Any:
    return text.sort_key(value) if isinstance(value, str) else value
