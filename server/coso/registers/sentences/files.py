"""Why a whole file isn't taken, as a sentence that says what to do."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.registers.adapters.packages import Refusal, Refused
from coso.registers.models import Import
from coso.registers.rules.limits import MOST_BYTES, MOST_UNPACKED

_MEGABYTE = 1024 * 1024

_SENTENCES = {
    Refusal.EMPTY: _("The file is empty."),
    Refusal.TOO_BIG: _("The file is larger than %(megabytes)s MB. Split it into several files."),
    Refusal.UNPACKS_TOO_BIG: _("Unpacked, the file is larger than %(unpacked)s MB. Split it into several files."),
    Refusal.OLD_EXCEL: _("This is a file of an old Excel (.xls). Open it and save it as .xlsx."),
    Refusal.ENCRYPTED: _("The file is locked with a password. Take the password away and save it again."),
    Refusal.TEXT: _("This is a text file (such as .csv). Open it in a spreadsheet program and save it as .xlsx."),
    Refusal.MACROS: _("The file holds macros (.xlsm). Save it as .xlsx, without macros."),
    Refusal.BINARY: _("This is a binary workbook (.xlsb). Open it and save it as .xlsx."),
    Refusal.OPEN_DOCUMENT: _("This is an OpenDocument spreadsheet (.ods). Open it and save it as .xlsx."),
    Refusal.NOT_A_BOOK: _("This is no .xlsx file, whatever its name says."),
    Refusal.DAMAGED: _("The file is damaged. Open it, save it again as .xlsx and try once more."),
    Refusal.UNSAFE_XML: _("The file holds XML declarations that no spreadsheet program writes; it was not read."),
    Refusal.NO_SHEET: _("The file has no sheet that can be seen. Show the sheet with the data and save it again."),
    Refusal.NO_ROWS: _("The sheet has no rows below its header."),
    Refusal.TOO_MANY_ROWS: _("The sheet has more than %(most)s rows. Split it into several files."),
    Refusal.TOO_MUCH_TEXT: _("The file holds too much text to be a list. Split it into several files."),
    Refusal.MERGED: _("Cells are merged among the rows: %(ranges)s. Unmerge them and fill in each cell."),
}


def of_file(error: Refused) -> str:
    """Say why a file is refused."""
    limits = {"megabytes": MOST_BYTES // _MEGABYTE, "unpacked": MOST_UNPACKED // _MEGABYTE}
    return str(_SENTENCES[error.reason]) % (limits | _grouped(error.about))


def _grouped(about: dict[str, object]) -> dict[str, object]:
    return {name: f"{value:,}".replace(",", ".") if isinstance(value, int) else value for name, value in about.items()}


def erased_words(run: Import) -> str:
    """Say that a file was erased after its time, and what can't be done with it any more."""
    words = gettext(
        "The file and the values that it replaced were erased on %(day)s, when their time was over: it can no longer "
        "be brought in or taken back."
    )
    return words % {"day": f"{clock.local(run.erased_at):%d/%m/%Y}" if run.erased_at else ""}
