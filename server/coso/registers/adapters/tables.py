"""A sheet as a table: which row is the header, which column is which field, and the rows below."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

from openpyxl.utils.cell import range_boundaries

from coso.registers.adapters.packages import Refusal, Refused, open_book
from coso.registers.adapters.sheets import SheetReader, SheetRow
from coso.registers.rules import cells, columns
from coso.registers.rules.columns import Heading
from coso.registers.rules.limits import MOST_ROWS

_MOST_NAMED = 5


@dataclass
class Table:
    """A file opened as the table of a register."""

    reader: SheetReader
    sheets: Sequence[str]
    """The visible sheets, any of which may be read instead."""
    hidden_sheets: Sequence[str]
    header: int
    """The number of the header's row."""
    headers: Mapping[str, str]
    """Column letter → the words over it."""
    columns: Mapping[str, str]
    """Column letter → field name."""
    unknown: Sequence[str] = ()
    """Letters of columns that are not read."""
    missing: Sequence[str] = ()
    """Required fields without a column."""
    hidden_rows: int = field(default=0, init=False)
    """How many of the rows given were hidden in the sheet."""

    @property
    def sheet(self) -> str:
        """Name the sheet that is read."""
        return self.reader.sheet.name

    def rows(self) -> Iterator[SheetRow]:
        """Give the rows below the header in which a column that is read holds something.

        Raise Refused when there are more than MOST_ROWS, none at all, or cells merged across them.
        """
        count = last = self.hidden_rows = 0
        for row in self.reader.rows():
            if row.number <= self.header or not self._holds_something(row):
                continue
            count, last = count + 1, row.number
            if count > MOST_ROWS:
                raise Refused(Refusal.TOO_MANY_ROWS, most=MOST_ROWS)
            self.hidden_rows += row.is_hidden
            yield row
        self._look_at_merged(last)
        if not count:
            raise Refused(Refusal.NO_ROWS)

    def _holds_something(self, row: SheetRow) -> bool:
        return any(letter in self.columns and not cells.is_empty(raw) for letter, raw in row.cells.items())

    def _look_at_merged(self, last: int) -> None:
        inside = [one for one in self.reader.merged if self._crosses(one, last)]
        if inside:
            named = ", ".join(inside[:_MOST_NAMED]) + (", …" if len(inside) > _MOST_NAMED else "")
            raise Refused(Refusal.MERGED, ranges=named)

    def _crosses(self, merged: str, last: int) -> bool:
        try:
            _left, top, _right, bottom = range_boundaries(merged)
        except ValueError:
            return False
        return top is not None and bottom is not None and top <= last and bottom > self.header


def open_table(
    file: IO[bytes], headings: Sequence[Heading], *, sheet: str = "", chosen: Mapping[str, str] | None = None
) -> Table:
    """Open a file as a table of these fields; `sheet` and `chosen` are what a person picked instead. Raise Refused."""
    book = open_book(file)
    reader = SheetReader(book, book.picked(sheet))
    first = list(islice(reader.rows(), columns.SEARCHED_ROWS))
    if not first:
        raise Refused(Refusal.NO_ROWS)
    words = [{letter: cells.shown(raw)[:200] for letter, raw in row.cells.items()} for row in first]
    place = columns.find_header(words, headings)
    matched = columns.match(words[place], headings)
    if chosen is not None:
        names = {one.name for one in headings}
        taken = {letter: name for letter, name in chosen.items() if letter in words[place] and name in names}
        matched = columns.Matched(taken, [letter for letter in words[place] if letter not in taken])
    return Table(
        reader,
        sheets=[one.name for one in book.visible],
        hidden_sheets=[one.name for one in book.hidden],
        header=first[place].number,
        headers=words[place],
        columns=matched.columns,
        unknown=matched.unknown,
        missing=matched.missing(headings),
    )
