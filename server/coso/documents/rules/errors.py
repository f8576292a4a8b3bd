"""Why a text could not be read as an official document."""


class NotAnOfficialDocument(Exception):
    """The text is not an official document: a plan, decision or directive with its heading is expected."""

    code = "not_an_official_document"


class TextTooLong(Exception):
    """The text is too long for one official document: split it, or leave out its annexes."""

    code = "text_too_long"
