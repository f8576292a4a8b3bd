"""Why a file could not be turned into text. Faces make the sentences from the codes."""


class UnreadableFile(Exception):
    """The file can't be read: send a .docx, .odt, .pdf with a text layer, .txt or .md.

    `detail` is a word for the record (a part's name, a format), never the file's own text.
    """

    code = "unknown"

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(detail or (self.__doc__ or "").strip().splitlines()[0])


class EmptyFile(UnreadableFile):
    """The file holds no text: choose the right file."""

    code = "empty"


class FileTooLarge(UnreadableFile):
    """The file is larger than allowed: leave out pictures or split it."""

    code = "too_large"


class UnknownFormat(UnreadableFile):
    """The file is of no known kind: save it as .docx, .odt, .pdf or .txt."""

    code = "unknown"


class EncryptedFile(UnreadableFile):
    """The file is locked with a password: save it without one."""

    code = "encrypted"


class NoTextLayer(UnreadableFile):
    """The PDF holds pictures of pages only: run text recognition (OCR) on it, or get the text version."""

    code = "no_text"


class OcrMissing(UnreadableFile):
    """The PDF is a scan, and no text recognition (tesseract with Vietnamese) is installed on the server."""

    code = "no_ocr"


class OfficeMissing(UnreadableFile):
    """The file is of an old Word (.doc, .rtf), and LibreOffice isn't installed on the server: save it as .docx."""

    code = "no_office"


class PictureOnly(UnreadableFile):
    """The file is a photo or picture: send the document itself, or its scan as a PDF."""

    code = "picture"


class TooManyPages(UnreadableFile):
    """The file has more pages than can be read: split it, or leave out its annexes."""

    code = "too_many_pages"


class BrokenFile(UnreadableFile):
    """The file is damaged: get it again from the sender."""

    code = "broken"


class DecompressionBomb(UnreadableFile):
    """The file swells beyond reason when opened: it is refused."""

    code = "bomb"


class EntitiesRefused(UnreadableFile):
    """The file declares XML entities, which no document needs: it is refused."""

    code = "entities"


class UnknownEncoding(UnreadableFile):
    """The text is in an old encoding that can't be told: save it as Unicode (UTF-8)."""

    code = "encoding"
