"""Writing registers as .xlsx: all their rows, a template to fill in, and the rows of a file that were wrong."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from coso.registers.ports import Field, Register
from coso.registers.queries import choices_of
from coso.registers.rules.cells import Raw, shown
from coso.ui import export

_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_KINDS = {"whole": "number", "number": "number", "money": "money", "date": "date", "yes_no": "bool"}
_FORMATS = {"whole": "0", "money": "#,##0", "number": "General", "date": "dd/mm/yyyy"}
FILLED_ROWS = 2000
"""How far down the template's choices and formats reach."""


@dataclass(frozen=True)
class _Column:
    label: Any
    value: Callable[[Any], Any]
    kind: str


def write_rows(register: Register, records: Iterable[Any]) -> IO[bytes]:
    """Write records as the file that can be brought in again unchanged; the caller closes it."""
    columns = [_column(field) for field in register.fields]
    return export.write(str(register.title), columns, (register.read(record) for record in records))


def _column(field: Field) -> _Column:
    labels = {value: str(label) for value, label in choices_of(field)}

    def value(row: Mapping[str, Any]) -> Any:
        held = row.get(field.name)
        if isinstance(held, list | tuple):
            return "; ".join(labels.get(str(one), str(one)) for one in held)
        return labels.get(str(held), held) if labels else held

    return _Column(field.label, value, _KINDS.get(field.kind, "text"))


def write_template(register: Register) -> IO[bytes]:
    """Write an empty file with the headers, what each means, the choices to pick from and an example row."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 the answer that streams it closes it
    book = xlsxwriter.Workbook(file, _SAFE)
    _Template(book, register).fill()
    book.close()
    file.seek(0)
    return file


class _Template:
    def __init__(self, book: Any, register: Register) -> None:
        self.register = register
        self.sheet = book.add_worksheet(export.sheet_name(str(register.title)))
        self.help = book.add_worksheet(export.sheet_name(_("How to fill it in")))
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = book.add_format(head | {"bg_color": "#DDE9DF"})
        self.needed = book.add_format(head | {"bg_color": "#F3E3B8"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        # The example may be left where it is: the reader knows it. As text, so that no figure loses its noughts.
        self.example = book.add_format({"italic": True, "font_color": "#4A4A4A", "num_format": "@"})
        self.formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        self.formats["text"] = book.add_format({"num_format": "@"})

    def fill(self) -> None:
        for place, field in enumerate(self.register.fields):
            self._head(place, field)
        if self.register.fields and any(str(field.example) for field in self.register.fields):
            self.sheet.set_row(1, None, self.example)
        self.sheet.freeze_panes(1, 0)
        self._explain()

    def _head(self, place: int, field: Field) -> None:
        label = str(field.label)
        self.sheet.write_string(0, place, label, self.needed if field.required else self.head)
        self.sheet.set_column(place, place, min(max(len(label) + 4, 14), 40), self._format(field))
        self.sheet.write_comment(0, place, self._note(field), {"x_scale": 2, "y_scale": 1.5})
        if str(field.example):
            self.sheet.write_string(1, place, str(field.example), self.example)

    def _format(self, field: Field) -> Any:
        return self.formats.get(field.kind, self.formats["text"])

    def _note(self, field: Field) -> str:
        lines = [_("Required.")] if field.required else [_("May be left empty.")]
        return "\n".join([*lines, _kind_words(field.kind), str(field.help)]).strip()

    def _explain(self) -> None:
        heads = [_("Column"), _("Required"), _("What to write"), _("Help"), _("Example"), _("Choices")]
        for place, words in enumerate(heads):
            self.help.write_string(0, place, words, self.head)
            self.help.set_column(place, place, [28, 12, 30, 50, 28, 40][place], self.text)
        line = 1
        for place, field in enumerate(self.register.fields):
            choices = [str(label) for _value, label in choices_of(field)]
            if field.kind == "yes_no":
                choices = [_("Yes"), _("No")]
            needed = _("Yes") if field.required else _("No")
            cells = [str(field.label), needed, _kind_words(field.kind), str(field.help), str(field.example)]
            for column, words in enumerate(cells):
                self.help.write_string(line, column, words, self.text)
            for offset, words in enumerate(choices):
                self.help.write_string(line + offset, len(cells), words, self.text)
            if choices and field.kind != "list":
                self._offer(place, line, len(choices))
            line += max(len(choices), 1)
        self.help.freeze_panes(1, 0)

    def _offer(self, place: int, line: int, count: int) -> None:
        """Let a column's cells be picked from the choices on the second sheet; other words are refused only later."""
        name = self.help.get_name().replace("'", "''")
        source = f"='{name}'!$F${line + 1}:$F${line + count}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        self.sheet.data_validation(1, place, FILLED_ROWS, place, rule)


def _kind_words(kind: str) -> str:
    words = {
        "text": _("A text"),
        "whole": _("A whole number, such as 1234"),
        "number": _("A number, with a decimal comma where needed"),
        "money": _("Whole đồng, such as 1500000"),
        "date": _("A date: day/month/year"),
        "yes_no": _("Yes or No"),
        "choice": _("One of the choices"),
        "list": _("Several, with ; between them"),
    }
    return words[kind]


class WrongRows:
    """Gathers the rows that were wrong into a file of their own, each with its reasons, beside the row it stood in."""

    def __init__(self, headers: Mapping[str, str], most: int = 5000) -> None:
        self.headers, self.most, self.count = headers, most, 0
        self._file: IO[bytes] | None = None

    def add(self, number: int, cells: Mapping[str, Raw], reasons: Sequence[str]) -> None:
        """Add one row; those beyond the most are left out."""
        if self.count >= self.most:
            return
        if self._file is None:
            self._begin()
        self.count += 1
        for place, letter in enumerate(self.headers):
            self._cell(place, cells.get(letter))
        self._sheet.write_number(self.count, len(self.headers), number)
        self._sheet.write_string(self.count, len(self.headers) + 1, "\n".join(reasons), self._reason)

    def _begin(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 closed by `done`
        self._book = xlsxwriter.Workbook(self._file, {**_SAFE, "constant_memory": True})
        self._sheet = self._book.add_worksheet(export.sheet_name(_("Wrong rows")))
        head = self._book.add_format({"bold": True, "bg_color": "#F3E3B8", "text_wrap": True})
        self._reason = self._book.add_format({"text_wrap": True, "valign": "top", "font_color": "#8A1C1C"})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(self.headers), 18)
        self._sheet.set_column(len(self.headers) + 1, len(self.headers) + 1, 80)
        for place, words in enumerate([*self.headers.values(), _("Row in the file"), _("What is wrong")]):
            self._sheet.write_string(0, place, words, head)

    def _cell(self, place: int, raw: Raw) -> None:
        if raw is None:
            return
        if isinstance(raw, bool) or (isinstance(raw, int | float) and abs(raw) < 1e300):
            self._sheet.write(self.count, place, raw)
        elif isinstance(raw, date) and raw.year >= 1900:
            self._sheet.write_datetime(self.count, place, raw, self._day)
        else:
            self._sheet.write_string(self.count, place, shown(raw).replace("\0", "")[:32_000])

    def done(self) -> bytes:
        """Give the file's bytes, nothing when no row was wrong."""
        if self._file is None:
            return b""
        with self._file as file:
            self._book.close()
            self._file = None
            file.seek(0)
            return file.read()
