"""A list as an .xlsx file: typed cells, and nothing in it that a spreadsheet could run."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Protocol

import xlsxwriter
from django.utils.translation import gettext as _

from coso.kit import clock
from coso.ui.show import read

LIMIT = 100_000
"""Rows in one file; more than this is a question for a report, not for a list."""

_LONGEST_CELL = 32_767
# A spreadsheet reads a typed cell that begins so as a formula once somebody edits it.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class ExportColumn(Protocol):
    """What a column needs to be written: lists' columns have it."""

    @property
    def label(self) -> Any:
        """Give the words over the column."""

    @property
    def value(self) -> Any:
        """Give the way to the value."""

    @property
    def kind(self) -> str:
        """Give the kind: text, number, money, date, when, state, bool, share."""


def sheet_name(title: str) -> str:
    """Make a name that spreadsheets accept: at most 31 letters, none of []:*?/\\ and no apostrophe at an end."""
    cleaned = "".join(" " if c in "[]:*?/\\" else c for c in title)
    return " ".join(cleaned.split()).strip("'")[:31].strip("' ") or "1"


def write(title: str, columns: Sequence[ExportColumn], rows: Iterable[Any]) -> IO[bytes]:
    """Write the rows to a temporary file and give it, rewound; the caller closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 the answer that streams it closes it
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    _Sheet(book, title, columns).fill(rows)
    book.close()
    file.seek(0)
    return file


class _Sheet:
    def __init__(self, book: Any, title: str, columns: Sequence[ExportColumn]) -> None:
        self.columns = columns
        self.sheet = book.add_worksheet(sheet_name(title))
        self.head = book.add_format(
            {"bold": True, "bg_color": "#DDE9DF", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        )
        plain = {"valign": "top"}
        self.text = book.add_format({**plain, "text_wrap": True})
        self.quoted = book.add_format({**plain, "text_wrap": True, "quote_prefix": True, "num_format": "@"})
        self.formats = {
            "number": book.add_format({**plain, "num_format": "#,##0.###"}),
            "whole": book.add_format({**plain, "num_format": "#,##0"}),
            "share": book.add_format({**plain, "num_format": "0.0%"}),
            "date": book.add_format({**plain, "num_format": "dd/mm/yyyy"}),
            "when": book.add_format({**plain, "num_format": "dd/mm/yyyy hh:mm"}),
        }
        self.widths = [len(str(column.label)) for column in columns]

    def fill(self, rows: Iterable[Any]) -> None:
        for place, column in enumerate(self.columns):
            self.sheet.write_string(0, place, str(column.label), self.head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, column in enumerate(self.columns):
                self._cell(last, place, column.kind, read(row, column.value))
        self.sheet.freeze_panes(1, 0)
        if self.columns:
            self.sheet.autofilter(0, 0, last, len(self.columns) - 1)
        for place, width in enumerate(self.widths):
            self.sheet.set_column(place, place, min(max(width + 2, 9), 60))

    def _cell(self, row: int, place: int, kind: str, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, datetime) and kind in {"date", "when"}:
            moment = clock.local(value).replace(tzinfo=None)
            if kind == "date":
                moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
            self._seen(place, 16)
            self.sheet.write_datetime(row, place, moment, self.formats[kind])
        elif isinstance(value, date) and kind in {"date", "when"}:
            self._seen(place, 10)
            self.sheet.write_datetime(row, place, value, self.formats["date"])
        elif kind in {"number", "money"} and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            self._seen(place, len(str(value)) + 3)
            self.sheet.write_number(row, place, value, self.formats["whole" if value == int(value) else "number"])
        elif kind == "share" and isinstance(value, int | float):
            self._seen(place, 8)
            self.sheet.write_number(row, place, value, self.formats["share"])
        else:
            self._words(row, place, _("Yes") if value is True else _("No") if value is False else str(value))

    def _words(self, row: int, place: int, words: str) -> None:
        if len(words) > _LONGEST_CELL:
            words = words[: _LONGEST_CELL - 1] + "…"
        self._seen(place, max(len(line) for line in words.splitlines() or [""]))
        self.sheet.write_string(row, place, words, self.quoted if words.startswith(_DANGEROUS) else self.text)

    def _seen(self, place: int, width: int) -> None:
        self.widths[place] = max(self.widths[place], width)
