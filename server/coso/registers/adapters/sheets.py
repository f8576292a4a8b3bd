"""Reading the cells of a sheet row by row, in memory that doesn't grow with the file.

An event parser instead of openpyxl's: it names formulas and merged ranges while it streams, never holds more than a
row, and stops at the first sign of a document type, so that no entity is ever resolved.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import IO
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape

from coso.registers.adapters.packages import UNREADABLE, Book, Refusal, Refused, Sheet
from coso.registers.rules.cells import Broken, Formula, Raw

MOST_COLUMNS = 200
_LAST_ROW = 1_048_576
_MOST_STRINGS = 1_000_000
_MOST_LETTERS = 20_000_000
_LONGEST_CELL = 40_000
_MOST_MERGED = 20_000
_CHUNK = 64 * 1024
# No tag of an honest file is so long; the parser would have to hold it whole.
_LONGEST_TOKEN = 1024 * 1024


@dataclass(frozen=True)
class SheetRow:
    """One row that holds something."""

    number: int
    cells: dict[str, Raw]
    """Column letter → what the cell holds; empty cells are left out."""
    is_hidden: bool = False


class _Events:
    """Feed a part of the file to an event parser, and hand over what its handlers gathered."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = lambda name, attributes: self.start(name.rpartition(" ")[2], attributes)
        self.parser.EndElementHandler = lambda name: self.end(name.rpartition(" ")[2])
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def _refuse(self, *_declared: object) -> None:
        raise Refused(Refusal.UNSAFE_XML)

    def feed(self, file: IO[bytes]) -> Iterator[None]:
        """Go through a part; pause after each piece. Raise Refused when it's no XML."""
        try:
            fed = 0
            while piece := file.read(_CHUNK):
                self.parser.Parse(piece, False)
                fed += len(piece)
                if fed - self.parser.CurrentByteIndex > _LONGEST_TOKEN:
                    raise Refused(Refusal.DAMAGED)
                yield
            self.parser.Parse(b"", True)
            yield
        except (*UNREADABLE, expat.ExpatError):
            raise Refused(Refusal.DAMAGED) from None


class _Texts(_Events):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.letters = 0
        self.parts: list[str] = []
        self.is_sound = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self.parts = []
        elif tag == "rPh":
            self.is_sound = True
        elif tag == "t" and not self.is_sound:
            self.parser.CharacterDataHandler = self.parts.append

    def end(self, tag: str) -> None:
        if tag == "t":
            self.parser.CharacterDataHandler = None
        elif tag == "rPh":
            self.is_sound = False
        elif tag == "si":
            text = _unescaped("".join(self.parts))
            self.found.append(text)
            self.letters += len(text)
            if len(self.found) > _MOST_STRINGS or self.letters > _MOST_LETTERS:
                raise Refused(Refusal.TOO_MUCH_TEXT)


class _Cells(_Events):
    """The rows of a sheet, gathered until somebody takes them."""

    def __init__(self, texts: list[str], dates: list[bool], from_1904: bool) -> None:
        super().__init__()
        self.texts, self.dates = texts, dates
        self.epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
        self.rows: list[SheetRow] = []
        self.merged: list[str] = []
        self.row, self.column = 0, 0
        self.is_hidden = False
        self.cells: dict[str, Raw] = {}
        self.kind, self.style = "n", 0
        self.parts: list[str] = []
        self.length = 0
        self.is_formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1
            self.kind = attributes.get("t", "n")
            self.style = int(attributes.get("s", "0"))
            self.parts, self.length, self.is_formula = [], 0, False
        elif tag == "v" or (tag == "t" and self.kind == "inlineStr"):
            self.parser.CharacterDataHandler = self._gather
        elif tag == "f":
            self.is_formula = True
        elif tag == "row":
            self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
            if not 0 < self.row <= _LAST_ROW:
                raise Refused(Refusal.DAMAGED)
            self.is_hidden = attributes.get("hidden") in {"1", "true"}
            self.column, self.cells = 0, {}
        elif tag == "mergeCell" and len(self.merged) < _MOST_MERGED:
            self.merged.append(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self.parser.CharacterDataHandler = None
        elif tag == "c" and self.column <= MOST_COLUMNS:
            value = self._value()
            if value is not None or self.is_formula:
                self.cells[_letter(self.column)] = value
        elif tag == "row" and self.cells:
            self.rows.append(SheetRow(self.row, self.cells, self.is_hidden))
            self.cells = {}

    def _gather(self, text: str) -> None:
        # Excel itself holds 32,767 letters in a cell; what is beyond is never read, only known to be too long.
        if self.length <= _LONGEST_CELL:
            self.parts.append(text)
            self.length += len(text)

    def _value(self) -> Raw:
        written = "".join(self.parts)
        if self.is_formula:
            return Formula(written)
        if not written:
            return None
        match self.kind:
            case "s":
                return self.texts[int(written)] if 0 <= int(written) < len(self.texts) else None
            case "inlineStr" | "str":
                return _unescaped(written)
            case "b":
                return written == "1"
            case "e":
                return Broken(written)
            case "d":
                return _iso(written)
            case _:
                return self._number(written)

    def _number(self, written: str) -> Raw:
        value = float(written)
        if not (self.style < len(self.dates) and self.dates[self.style]):
            return int(value) if value.is_integer() and abs(value) < 1e15 else value
        try:
            found: Raw = from_excel(value, self.epoch)
        except (ValueError, OverflowError):
            return value
        return found


@cache
def _letter(column: int) -> str:
    return get_column_letter(column)


def _column(reference: str) -> int:
    """Read the column of 'AB12' as a number; MOST_COLUMNS + 1 for everything beyond."""
    number = 0
    for char in reference:
        if not "A" <= char <= "Z":
            break
        number = number * 26 + ord(char) - 64
        if number > MOST_COLUMNS:
            return MOST_COLUMNS + 1
    return number


def _unescaped(text: str) -> str:
    return unescape(text) if "_x" in text else text


def _iso(written: str) -> Raw:
    try:
        return datetime.fromisoformat(written.removesuffix("Z"))
    except ValueError:
        return written


def _dates(book: Book) -> list[bool]:
    """Tell of each style of cells whether it shows a number as a date."""
    if not book.styles_part:
        return []
    codes = dict(BUILTIN_FORMATS)
    found: list[bool] = []
    try:
        for element in book.small(book.styles_part):
            tag = element.tag.rpartition("}")[2]
            if tag == "numFmts":
                codes |= {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in element}
            elif tag == "cellXfs":
                found = [is_date_format(codes.get(int(one.get("numFmtId", "0")), "")) for one in element]
    except ValueError:
        raise Refused(Refusal.DAMAGED) from None
    return found


@dataclass
class SheetReader:
    """Goes through one sheet, as often as asked."""

    book: Book
    sheet: Sheet
    merged: list[str] = field(default_factory=list)
    """The merged ranges ('A5:B7'); known when the last row was read."""
    _texts: list[str] | None = None
    _dates: list[bool] | None = None

    def rows(self) -> Iterator[SheetRow]:
        """Give each row that holds something. Raise Refused when the file turns out to be damaged."""
        if self._texts is None or self._dates is None:
            self._texts, self._dates = self._shared(), _dates(self.book)
        events = _Cells(self._texts, self._dates, self.book.from_1904)
        with _opened(self.book, self.sheet.part) as file:
            for _pause in events.feed(file):
                rows, events.rows = events.rows, []
                yield from rows
        self.merged = events.merged

    def _shared(self) -> list[str]:
        if not self.book.strings_part:
            return []
        events = _Texts()
        with _opened(self.book, self.book.strings_part) as file:
            for _pause in events.feed(file):
                pass
        return events.found


def _opened(book: Book, part: str) -> IO[bytes]:
    try:
        return book.zip.open(part)
    except UNREADABLE:
        raise Refused(Refusal.DAMAGED) from None
