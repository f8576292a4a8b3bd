"""Why a cell can't be read, as a sentence that says what to write instead."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.registers.rules.cells import Reason, Unreadable

_MOST_LABELS = 12

_SENTENCES = {
    Reason.MISSING: gettext_lazy("This cell must hold something."),
    Reason.FORMULA: gettext_lazy("Cell %(cell)s is a formula. Copy it and paste its value in its place."),
    Reason.BROKEN: gettext_lazy("The cell shows the error %(value)s of the spreadsheet."),
    Reason.NOT_TEXT: gettext_lazy("“%(value)s” is a time of day; a text was expected."),
    Reason.TOO_LONG: gettext_lazy("The text has %(length)s letters; at most %(most)s fit here."),
    Reason.CONTROL: gettext_lazy("The text holds characters that cannot be shown. Type it again."),
    Reason.NOT_NUMBER: gettext_lazy("“%(value)s” is not a number."),
    Reason.TWO_WAYS: gettext_lazy("“%(value)s” can be read in two ways. Write 1234, or 1,234 for decimals."),
    Reason.HAS_UNIT: gettext_lazy("Write the number alone, without “%(unit)s”."),
    Reason.NOT_WHOLE: gettext_lazy("“%(value)s” is not a whole number."),
    Reason.NEGATIVE: gettext_lazy("“%(value)s” is below 0."),
    Reason.TOO_LARGE: gettext_lazy("“%(value)s” is too large."),
    Reason.NOT_DATE: gettext_lazy("“%(value)s” is not a date. Write day/month/year, such as 24/11/2026."),
    Reason.SHORT_YEAR: gettext_lazy("Write the year of “%(value)s” with four figures."),
    Reason.NOT_YES_NO: gettext_lazy("Write “Yes” or “No” instead of “%(value)s”."),
    Reason.NOT_CHOICE: gettext_lazy("“%(value)s” is none of the choices: %(labels)s."),
}


def of_cell(error: Unreadable, cell: str) -> str:
    """Say why a cell, named as the sheet names it ('D7'), is refused."""
    about = {"cell": cell} | error.about
    if "labels" in about:
        labels = [str(label) for label in about["labels"]]
        about["labels"] = ", ".join(labels[:_MOST_LABELS]) + (", …" if len(labels) > _MOST_LABELS else "")
    return str(_SENTENCES[error.reason]) % about


def double(first: int) -> str:
    """Say that a row repeats an earlier one."""
    return _("This row tells of the same record as row %(row)s.") % {"row": first}
