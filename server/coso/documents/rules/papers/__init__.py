"""The writer's rules: what a paper holds, how it is numbered and laid out, without a database or a file."""

from coso.documents.rules.papers.content import STYLES, Annex, Block, Content, Copy, TooMuch
from coso.documents.rules.papers.kinds import KINDS, KindRule
from coso.documents.rules.papers.labels import labelled
from coso.documents.rules.papers.numbers import NUMBER, SYMBOL, abbreviation, day_words, padded, symbol_of
from coso.documents.rules.papers.pasted import cells_of, split_pasted
from coso.documents.rules.papers.sheet import Names, Sheet, lay, signature_lines

__all__ = [
    "KINDS",
    "NUMBER",
    "STYLES",
    "SYMBOL",
    "Annex",
    "Block",
    "Content",
    "Copy",
    "KindRule",
    "Names",
    "Sheet",
    "TooMuch",
    "abbreviation",
    "cells_of",
    "day_words",
    "labelled",
    "lay",
    "padded",
    "signature_lines",
    "split_pasted",
    "symbol_of",
]
