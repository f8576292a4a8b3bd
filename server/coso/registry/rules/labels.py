"""The sheet of labels: A4 with three columns of eight, 70 by 37 mm each, as sold for office printers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

COLUMNS, ROWS = 3, 8
ON_A_SHEET = COLUMNS * ROWS
WIDTH_MM, HEIGHT_MM = 70, 37
MOST = 480
"""Labels of one file: twenty sheets."""

T = TypeVar("T")


@dataclass(frozen=True)
class Label:
    """One label: what it says, and the address that its code leads to."""

    code: str
    name: str
    place: str
    address: str
    about: str = ""
    """What it is, in a word: the kind, or that it is a cluster."""


def sheets(labels: Sequence[T], skip: int = 0) -> list[list[T | None]]:
    """Lay labels out on sheets; `skip` leaves the first ones of a sheet that was begun empty (None)."""
    laid: list[T | None] = [None] * (skip % ON_A_SHEET) + list(labels)
    return [laid[start : start + ON_A_SHEET] for start in range(0, len(laid), ON_A_SHEET)]
