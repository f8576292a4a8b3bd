"""The rows of the editor: parts, recipients, annexes. They are added, moved and dropped without a script.

What was typed travels in the form; a button only says what is to be done with the rows, and the page comes back with
everything in it. Nothing is kept before "Save".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.documents.models import CopyForm, Purpose
from coso.documents.rules.papers import Content, cells_of, split_pasted
from coso.documents.rules.papers.content import MOST_BLOCKS, TABLE, TEXT, Block
from coso.ui.forms import HouseForm

RANKS = [
    ("part", _("Part: I.")),
    ("article", _("Article: Điều 1.")),
    ("section", _("Section: 1.")),
    ("point", _("Subsection: 1.1.")),
    ("item", _("Item: a)")),
    ("dash", _("Dash: -")),
    ("plus", _("Plus: +")),
    ("text", _("Plain paragraph")),
    ("table", _("Table")),
]
_DO = re.compile(r"(?P<what>add|up|down|drop)-(?P<rows>body|recipients|annexes)-(?P<at>\d{1,4})")


class PartForm(HouseForm, forms.Form):
    """One part of the body."""

    style = forms.ChoiceField(label=_("Rank"), choices=RANKS)
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class RecipientForm(HouseForm, forms.Form):
    """One line of the list of recipients."""

    name = forms.CharField(label=_("Recipient"), required=False)
    purpose = forms.ChoiceField(label=_("Why it gets it"), choices=Purpose.choices)
    form = forms.ChoiceField(label=_("In which form"), choices=CopyForm.choices)


class AnnexForm(HouseForm, forms.Form):
    """One annex."""

    title = forms.CharField(label=_("Title"), required=False)
    text = forms.CharField(label=_("Paragraphs, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    table = forms.CharField(
        label=_("Table, a row a line, “|” between its cells"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


KINDS: dict[str, tuple[type[forms.Form], dict[str, str]]] = {
    "body": (PartForm, {"style": TEXT, "text": ""}),
    "recipients": (RecipientForm, {"name": "", "purpose": "know", "form": "electronic"}),
    "annexes": (AnnexForm, {"title": "", "text": "", "table": ""}),
}
MOST = {"body": MOST_BLOCKS, "recipients": 200, "annexes": 20}


@dataclass
class Rows:
    """All rows of the editor as they were typed."""

    body: list[dict[str, str]] = field(default_factory=list)
    recipients: list[dict[str, str]] = field(default_factory=list)
    annexes: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, content: Content) -> "Rows":
        """Show what a paper holds."""
        return cls(
            body=[{"style": block.style, "text": _shown(block)} for block in content.body],
            recipients=[{"name": one.name, "purpose": one.purpose, "form": one.form} for one in content.recipients],
            annexes=[{"title": one.title, "text": one.text, "table": table_lines(one.rows)} for one in content.annexes],
        )

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> "Rows":
        """Read what was sent, row by row, as long as there are rows."""
        rows = cls()
        for name, (_form, blank) in KINDS.items():
            found = getattr(rows, name)
            while len(found) <= MOST[name] and any(f"{name}-{len(found)}-{key}" in data for key in blank):
                at = len(found)
                found.append({key: str(data.get(f"{name}-{at}-{key}", default)) for key, default in blank.items()})
        return rows

    def do(self, what: str, pasted: str = "") -> bool:
        """Add, move or drop a row, or put pasted text behind the others; tell whether the button was one of these."""
        if what == "paste":
            parts = [{"style": block.style, "text": _shown(block)} for block in split_pasted(pasted)]
            self.body = [row for row in self.body if row["text"].strip()] + parts if parts else self.body
            return True
        said = _DO.fullmatch(what)
        if said is None:
            return False
        rows, at = getattr(self, said["rows"]), int(said["at"])
        if said["what"] == "add" and len(rows) < MOST[said["rows"]]:
            blank = dict(KINDS[said["rows"]][1])
            # A list goes on as it was; below a heading comes its text.
            if said["rows"] == "body" and 0 < at <= len(rows) and rows[at - 1]["style"] not in ("part", "table"):
                blank["style"] = rows[at - 1]["style"]
            rows.insert(at, blank)
        elif said["what"] == "drop" and at < len(rows):
            del rows[at]
        elif said["what"] in ("up", "down"):
            to = at + (1 if said["what"] == "down" else -1)
            if 0 <= to < len(rows) and at < len(rows):
                rows[at], rows[to] = rows[to], rows[at]
        return True

    def forms(self, name: str) -> list[forms.Form]:
        """Give a form for each row of a kind, to be drawn."""
        made = KINDS[name][0]
        return [made(initial=row, prefix=f"{name}-{at}") for at, row in enumerate(getattr(self, name))]

    def content(self) -> dict[str, Any]:
        """Give what the rows hold, with the keys of a paper's content."""
        return {
            "body": [part for row in self.body for part in _parts(row)],
            "recipients": self.recipients,
            "annexes": [
                {"title": row["title"], "text": row["text"], "rows": table_rows(row["table"])} for row in self.annexes
            ],
        }


def _shown(block: Block) -> str:
    return table_lines(block.rows) if block.style == TABLE else block.text


def _parts(row: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the parts of one row: several lines were pasted from somewhere and are cut by their numbering."""
    if row["style"] == TABLE:
        return [{"style": TABLE, "rows": table_rows(row["text"])}]
    if len([line for line in row["text"].splitlines() if line.strip()]) < 2:
        return [{"style": row["style"], "text": row["text"]}]
    parts = split_pasted(row["text"])
    first = row["style"] if parts and parts[0].style == TEXT else None
    return [
        {"style": first if first and at == 0 else part.style, "text": part.text, "rows": part.rows}
        for at, part in enumerate(parts)
    ]


def table_lines(rows: Sequence[Sequence[str]]) -> str:
    """Write a table as lines that a person can change."""
    return "\n".join(" | ".join(cell.replace("|", "/") for cell in row) for row in rows)


def table_rows(text: str) -> list[list[str]]:
    """Read a table from lines: cells stand between bars or tabs."""
    rows = []
    for line in text.splitlines():
        if not line.strip():
            continue
        cells = cells_of(line) or ([] if set(line.strip()) <= set("|-: ") else line.split("|"))
        if cells:
            rows.append([cell.strip() for cell in cells])
    return rows
