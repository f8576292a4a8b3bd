"""Which texts an app shows, read from its Python and its templates, and what its catalogue makes of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation import templatize

from tests.house.repository import SERVER, files_of

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Message:
    """One text: where it is used, its context, its English, its English plural."""

    path: Path
    line: int
    context: str | None
    text: str
    plural: str = ""


def used(app: str) -> Iterator[Message]:
    """Read every text that an app marks for translation."""
    for path in files_of(".py", ".html", ".txt", under=SERVER / app):
        if "migrations" in path.parts or (path.suffix != ".py" and "templates" not in path.parts):
            continue
        source = path.read_text()
        if path.suffix != ".py":
            # Django rewrites the template as lines of calls; the indentation means nothing then.
            source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).split("\n"))
        options = {"encoding": "utf-8"}
        found = extract("python", BytesIO(source.encode()), keywords=KEYWORDS, options=options)
        for line, texts, _comments, context in found:
            text, plural = (texts[0], texts[1]) if isinstance(texts, tuple) else (texts, "")
            if text:
                yield Message(path, line, context, text, plural)


def catalogue(app: str) -> Catalog:
    """Read an app's Vietnamese catalogue; an empty one when it has none."""
    path = SERVER / app / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    if not path.is_file():
        return Catalog(locale="vi")
    with path.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def placeholders(text: str) -> set[str]:
    """Give the named places that a text has."""
    return set(PLACEHOLDER.findall(text))
