"""The writer's rules: what a paper holds, how it is numbered and laid out, without a database or a file."""

from coso.documents.rules.papers.content import STYLES, Annex, Block, Content, Copy, TooMuch
from coso.documents.rules.papers.kinds import KINDS, KindRule
from coso.documents.rules.papers.labels import labelled
from coso.documents.rules.papers.numbers import NUMBER, SYMBOL, abbreviation, day_words, padded, symbol_of
from coso.documents.rules.papers.pasted import cells_of, split_pasted
from coso.documents.rules.papers.sheet import Names, Sheet, lay, signature_lines
from coso.documents.rules.papers.starts import House, house_of, place_name_of, start_of

__all__ = [
    "KINDS",
    "NUMBER",
    "STYLES",
    "SYMBOL",
    "Annex",
    "Block",
    "Content",
    "Copy",
    "House",
    "KindRule",
    "Names",
    "Sheet",
    "TooMuch",
    "abbreviation",
    "cells_of",
    "day_words",
    "house_of",
    "labelled",
    "lay",
    "padded",
    "place_name_of",
    "signature_lines",
    "split_pasted",
    "start_of",
    "symbol_of",
]
