"""Which column of a file is which field of a register, by the words over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from coso.registers.rules.cells import plain

SEARCHED_ROWS = 10
_ALIKE = 90


@dataclass(frozen=True)
class Heading:
    """A field as a header may name it."""

    name: str
    words: Sequence[str]
    """Its label, and the other headers that mean it."""
    required: bool = False

    @property
    def forms(self) -> frozenset[str]:
        """Give the compared forms."""
        return frozenset(form for form in map(plain, self.words) if form)


@dataclass(frozen=True)
class Matched:
    """What the columns were taken for."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Column letter → field name."""
    unknown: Sequence[str] = ()
    """The letters of columns that mean no field."""

    def missing(self, headings: Sequence[Heading]) -> list[str]:
        """List the required fields without a column."""
        taken = set(self.columns.values())
        return [one.name for one in headings if one.required and one.name not in taken]


def match(headers: Mapping[str, str], headings: Sequence[Heading]) -> Matched:
    """Match header words to fields: the very words first, then the same words in any order, then nearly the same.

    A field takes one column, the first; what fits two fields alike fits none.
    """
    found: dict[str, str] = {}
    forms = {letter: plain(words) for letter, words in headers.items() if plain(words)}
    for fits in (_same, _same_words, _within, _alike):
        for letter, form in forms.items():
            if letter in found:
                continue
            free = [one for one in headings if one.name not in found.values()]
            fit = [one.name for one in free if any(fits(form, own) for own in one.forms)]
            if len(fit) == 1:
                found[letter] = fit[0]
    ordered = {letter: found[letter] for letter in headers if letter in found}
    return Matched(ordered, [letter for letter in forms if letter not in found])


def _same(form: str, own: str) -> bool:
    return form == own


def _same_words(form: str, own: str) -> bool:
    return sorted(form.split()) == sorted(own.split())


def _within(form: str, own: str) -> bool:
    """Tell whether a header says a field's words and a little more: 'tên thôn (theo quyết định)'."""
    return len(own.split()) > 1 and f" {own} " in f" {form} "


def _alike(form: str, own: str) -> bool:
    return fuzz.ratio(form, own) >= _ALIKE


def find_header(rows: Sequence[Mapping[str, str]], headings: Sequence[Heading]) -> int:
    """Give the place among the first rows of the one that names the most fields; the first with words if none does."""
    best, most = -1, 0
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        count = len(match(row, headings).columns)
        if count > most:
            best, most = place, count
    if best >= 0:
        return best
    return next((place for place, row in enumerate(rows) if any(map(plain, row.values()))), 0)
