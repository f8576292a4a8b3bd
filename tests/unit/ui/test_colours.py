"""The colours keep their promise: AA everywhere, AAA for body text."""

import re
from pathlib import Path

import pytest

from coso import ui

CSS = Path(ui.__file__).parent / "static/ui/css"
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", (CSS / "tokens.css").read_text()))

BODY = [("ink", "paper"), ("ink", "sheet"), ("ink", "paper-deep"), ("ink-soft", "paper"), ("ink-soft", "sheet")]
WORDS = [
    ("green", "paper"),
    ("green", "sheet"),
    ("green-deep", "green-wash"),
    ("green-deep", "paper-deep"),
    ("amber", "amber-wash"),
    ("amber", "paper"),
    ("red", "paper"),
    ("red-deep", "red-wash"),
    ("on-dark", "green"),
    ("on-dark", "green-deep"),
    ("on-dark", "red"),
    ("ink-soft", "paper-deep"),
]
EDGES = [("line-strong", "paper"), ("line-strong", "white"), ("amber-mark", "paper"), ("green-mid", "sheet")]


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted([luminance(TOKENS[one]), luminance(TOKENS[other])])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("ink", "ground"), BODY)
def test_body_text_reaches_aaa(ink, ground):
    assert contrast(ink, ground) >= 7


@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_every_coloured_word_reaches_aa(ink, ground):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_and_marks_that_mean_something_can_be_seen(edge, ground):
    assert contrast(edge, ground) >= 3


def test_no_style_sheet_but_the_tokens_has_colours_of_its_own():
    # The board is black whatever the scheme; paper is white; what is shown when all is broken stands alone.
    apart = {"tokens.css", "alert.css", "print.css", "broken.css"}

    found = {
        path.name: colours
        for path in CSS.glob("*.css")
        if path.name not in apart and (colours := re.findall(r"#[0-9a-f]{3,6}\b", path.read_text()))
    }

    assert found == {}
