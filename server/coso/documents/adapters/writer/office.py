"""PDF of a Word file through LibreOffice, where an operator has installed it; nothing here needs it."""

from coso.documents.adapters import office, tools


class OfficeFailed(Exception):
    """LibreOffice is absent, took too long, or gave no PDF."""


def has_office() -> bool:
    """Tell whether LibreOffice is installed here."""
    return office.can_convert()


def pdf_of(word: bytes) -> bytes:
    """Give the PDF that LibreOffice makes of a .docx, with macros off and no link followed. Raise OfficeFailed."""
    program = tools.find("soffice", "libreoffice")
    if program is None:
        raise OfficeFailed("absent")
    made = office.convert(program, word, "docx", "pdf", "pdf")
    if made is None:
        raise OfficeFailed("no PDF")
    return made
