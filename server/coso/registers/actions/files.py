"""Opening the file of an import again, as it was read or chosen; making the files that a register gives out."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

from coso.kit import blobs
from coso.registers import queries
from coso.registers.adapters.packages import open_book
from coso.registers.adapters.sheets import SheetReader
from coso.registers.adapters.tables import Table, open_table
from coso.registers.adapters.writing import write_rows, write_template
from coso.registers.models import Import
from coso.registers.ports import Register


@contextmanager
def opened(run: Import, register: Register) -> Iterator[Table]:
    """Open the kept file as the table of its register. Raise Refused."""
    chosen = run.mapping if run.layout.get("is_chosen") else None
    with blobs.open_blob(run.sha256) as file:
        yield open_table(file, queries.headings(register), sheet=run.layout.get("sheet", ""), chosen=chosen)


def counted_up_to(file: IO[bytes], most: int, sheet: str = "") -> int:
    """Count the rows of a sheet (the first), but no further than asked. Raise Refused when it's no readable file."""
    book = open_book(file)
    return sum(1 for _row in islice(SheetReader(book, book.picked(sheet)).rows(), most))


def template_file(register: Register) -> IO[bytes]:
    """Write the empty file of a register; the caller closes it."""
    return write_template(register)


def rows_file(register: Register, by: Any) -> IO[bytes]:
    """Write the rows that a person ('system': all) may see, as a file that can be brought in again unchanged."""
    return write_rows(register, register.rows(by).iterator(chunk_size=2000))
