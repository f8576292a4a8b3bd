"""Print `docs/glossary.md` from `docs/glossary.csv`: `python scripts/make_glossary.py > docs/glossary.md`.

Standard library only. The table is the one place where a Vietnamese word of the trade meets its name in the code.
"""

import csv
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "docs" / "glossary.csv"

HEAD = """# Glossary

The words of the trade: how people say it, what it means in English, and the name that the code uses. Add a word to
[glossary.csv](glossary.csv), then run `make docs`; this page is printed from it.

| Vietnamese | English | in the code |
|---|---|---|
"""


def page(source: Path = SOURCE) -> str:
    """Write the page: one row for each word, in the order of the table."""
    with source.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return HEAD + "".join(f"| {_cell(row['vi'])} | {_cell(row['en'])} | {_code(row['code_term'])} |\n" for row in rows)


def _cell(text: str) -> str:
    return text.strip().replace("|", "\\|")


def _code(terms: str) -> str:
    return ", ".join(f"`{term.strip()}`" for term in terms.split(",") if term.strip())


if __name__ == "__main__":
    sys.stdout.write(page())
