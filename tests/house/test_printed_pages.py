"""Pages that are printed from something else are printed anew when it changes."""

import csv

import pytest
from scripts import make_commands, make_glossary

from tests.house.repository import ROOT

pytestmark = pytest.mark.house


def test_the_page_of_commands_is_up_to_date():
    printed = make_commands.page()

    assert (ROOT / "docs/reference/commands.md").read_text() == printed, "Print it anew: make docs"


def test_the_glossary_is_printed_from_its_table():
    printed = make_glossary.page()

    assert (ROOT / "docs/glossary.md").read_text() == printed, "Print it anew: make docs"


def test_every_word_of_the_glossary_has_its_english_and_its_name_in_the_code():
    with make_glossary.SOURCE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) > 100
    assert [row for row in rows if not (row["vi"] and row["en"] and row["code_term"])] == []
