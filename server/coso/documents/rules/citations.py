"""Other documents that a text cites: kind, number and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .kinds import KINDS
from .passages import Passage
from .times import find_dates

_NAMES = "|".join(sorted(KINDS, key=len, reverse=True))
_NUMBER = r"\d[\d.]*(?:/\d{4})?\s?[-/]\s?[A-ZĐ][\w&]*(?:\s?[-/]\s?[A-ZĐ][\w&.]*\w)*"
_DATE = r"ngày\s+(?:ngày\s+)?(?:\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
_CITATION = re.compile(
    rf"(?P<kind>\b(?i:{_NAMES}))(?P<name>(?:(?<=luật)|(?<=Luật)|(?<=lệnh))[^;:.()]{{0,60}}?)?"
    rf"\s+(?:số\s*:?\s*)?(?P<number>{_NUMBER})"
    rf"(?:,?\s+(?P<date>{_DATE}))?"
)
OPENS_CITATION = re.compile(rf"(?i:{_NAMES})\b(?=[^;]{{0,80}}?\d)")


@dataclass(frozen=True)
class Citation:
    """A cited document as the text names it; `ref` is the item that cites it, "" for the preamble."""

    kind: str
    number: str
    issued_on: str | None
    passage: Passage
    ref: str = ""

    @property
    def title(self) -> str:
        """Give the citation as a person would write it, with the date in the text's own words."""
        match = _CITATION.fullmatch(self.passage.text)
        date = match["date"] if match else None
        said = re.sub(r"\A(?:ngày\s+)+", "ngày ", date) if date else ""
        return f"{self.kind} số {self.number} {said}".strip()


def find_citations(passage: Passage, ref: str = "") -> Iterator[Citation]:
    """Find the documents that a passage cites by number."""
    for match in _CITATION.finditer(passage.text):
        issued = None
        if match["date"]:
            dates = find_dates(passage.group(match, "date"), None)
            issued = dates[0][0] if dates else None
        number = re.sub(r"\s+", "", match["number"])
        yield Citation(match["kind"], number, issued, passage.group(match), ref)
