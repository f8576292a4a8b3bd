"""Going through a file in pieces: cells become values, values become plans, plans are counted."""

import hashlib
import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from coso.registers import queries
from coso.registers.adapters.previews import CHANGED, NEW, SAME, Seen
from coso.registers.adapters.sheets import SheetRow
from coso.registers.adapters.tables import Table
from coso.registers.adapters.writing import WrongRows
from coso.registers.ports import Plan, Register, Row, sharing
from coso.registers.rules import cells
from coso.registers.rules.cells import Unreadable, shown
from coso.registers.sentences.cells import double, of_cell

CHUNK = 500
MOST_ERRORS, MOST_WARNINGS, MOST_SAMPLES = 200, 100, 20
_MOST_SHOWN = 120


class _Values(dict[str, Any]):
    """The values of a row; a field whose column the file lacks is None when asked for."""

    def __missing__(self, name: str) -> None:
        return None


@dataclass
class Report:
    """What a file would do, as far as it was gone through."""

    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    wrong: int = 0
    examples: int = 0
    """Example rows of the template that were left out."""
    errors: list[dict[str, Any]] = field(default_factory=list)
    """The first ones: {"cell": "D7", "row": 7, "value": "as written", "text": "the reason"}; "" is the whole row."""
    warnings: list[dict[str, Any]] = field(default_factory=list)
    samples: list[dict[str, Any]] = field(default_factory=list)
    """Some rows that are new ({"row", "values"}) or changed ({"row", "was", "now"})."""
    digest: str = ""
    """Tells one outcome from another: two goes through a file with the same digest would write the same."""


class Passage:
    """One go through a table for a register; `report` fills up while the chunks are taken."""

    def __init__(
        self,
        register: Register,
        table: Table,
        *,
        by: Any,
        day: date,
        wrong: WrongRows | None = None,
        saw: Callable[[Seen, Plan], None] | None = None,
    ) -> None:
        self.register, self.table, self.by, self.day, self.wrong = register, table, by, day, wrong
        self.saw = saw
        """Told of each row that isn't wrong, in the order of the sheet."""
        self.report = Report()
        self._shapes = queries.shapes(register)
        self.letters = {name: letter for letter, name in table.columns.items()}
        self._examples = {one.name: cells.plain(str(one.example)) for one in register.fields if str(one.example)}
        self._seen: dict[str, int] = {}
        self._kept: dict[Hashable, Any] = {}
        self._hash = hashlib.sha256()

    def chunks(self) -> Iterator[list[Plan]]:
        """Give the plans of some hundred rows at a time; once `report.wrong` isn't 0, none of them may be written.

        Raise Refused when the file turns out not to be what it seemed.
        """
        waiting: list[SheetRow] = []
        for row in self.table.rows():
            if self._is_example(row):
                self.report.examples += 1
                continue
            waiting.append(row)
            if len(waiting) == CHUNK:
                yield self._planned(waiting)
                waiting = []
        if waiting:
            yield self._planned(waiting)
        self.report.digest = self._hash.hexdigest()

    def _is_example(self, row: SheetRow) -> bool:
        """Tell whether the template's example row was left where it was."""
        if row.number != self.table.header + 1:
            return False
        held = {self.table.columns[letter]: raw for letter, raw in row.cells.items() if letter in self.table.columns}
        written = {name: cells.plain(shown(raw)) for name, raw in held.items() if not cells.is_empty(raw)}
        return bool(written) and written == {k: v for k, v in self._examples.items() if k in self.letters}

    def _planned(self, lines: Sequence[SheetRow]) -> list[Plan]:
        rows: list[Row] = []
        wrong: dict[int, dict[str, Any]] = {}
        for line in lines:
            values, errors = self._converted(line)
            row = Row(line.number, values)
            if not any(self._shapes[name].required for name in errors):
                # An unreadable cell counts as an absent column, so that everything wrong in a row is told at once.
                errors |= self._doubled(row)
                rows.append(row)
            wrong[line.number] = errors
        with sharing(self._kept):
            plans = list(self.register.plan(rows, self.by, self.day)) if rows else []
        by_number = {plan.row.number: plan for plan in plans}
        for line in lines:
            plan = by_number.get(line.number)
            errors = {**(plan.errors if plan else {}), **wrong[line.number]}
            if errors or plan is None:
                self._refuse(line, errors)
            else:
                self._count(plan, line)
        self.report.read += len(lines)
        return plans

    def _converted(self, line: SheetRow) -> tuple[_Values, dict[str, str]]:
        values, errors = _Values(), {}
        for letter, name in self.table.columns.items():
            try:
                values[name] = cells.convert(line.cells.get(letter), self._shapes[name])
            except Unreadable as error:
                errors[name] = of_cell(error, f"{letter}{line.number}")
        return values, errors

    def _doubled(self, row: Row) -> dict[str, str]:
        key = self.register.key_of(row) if self.register.key_of else ""
        if not key:
            return {}
        first = self._seen.setdefault(key, row.number)
        return {"": double(first)} if first != row.number else {}

    def _count(self, plan: Plan, line: SheetRow) -> None:
        report = self.report
        for text in plan.warnings:
            if len(report.warnings) < MOST_WARNINGS:
                report.warnings.append({"cell": "", "row": line.number, "text": str(text)})
        outcome = SAME if plan.record is None else NEW if plan.is_new else CHANGED
        if self.saw is not None:
            self.saw(Seen(line.number, outcome, plan.key, as_json(plan.was), list(plan.where)), plan)
        if plan.record is None:
            report.same += 1
            return
        report.new += plan.is_new
        report.changed += not plan.is_new
        told = [line.number, plan.is_new, plan.key, as_json(plan.was), as_json(plan.now), list(plan.where)]
        self._hash.update(json.dumps(told, ensure_ascii=False, sort_keys=True).encode())
        if sum(sample["is_new"] == plan.is_new for sample in report.samples) < MOST_SAMPLES:
            report.samples.append(
                {
                    "row": line.number,
                    "is_new": plan.is_new,
                    "values": as_json(plan.row.values),
                    "was": as_json(plan.was),
                    "now": as_json(plan.now),
                }
            )

    def _refuse(self, line: SheetRow, errors: Mapping[str, Any]) -> None:
        report = self.report
        report.wrong += 1
        reasons = []
        for name, text in sorted(errors.items(), key=lambda error: self.letters.get(error[0], "")):
            letter = self.letters.get(name, "")
            cell = f"{letter}{line.number}" if letter else ""
            reasons.append(f"{cell}: {text}" if cell else str(text))
            if len(report.errors) < MOST_ERRORS:
                value = shown(line.cells.get(letter))[:_MOST_SHOWN].replace("\0", "")
                report.errors.append({"cell": cell, "row": line.number, "value": value, "text": str(text)})
        if self.wrong is not None:
            self.wrong.add(line.number, line.cells, reasons)


def notes_of(table: Table, register: Register, report: Report) -> list[str]:
    """Say what a person should know of how the file was read."""
    labels = {one.name: str(one.label) for one in register.fields}
    notes = []
    if table.hidden_sheets:
        notes.append(_("Hidden sheets were not read: %(names)s.") % {"names": ", ".join(table.hidden_sheets)})
    if table.hidden_rows:
        notes.append(_("Rows hidden by a filter were read too: %(count)s.") % {"count": table.hidden_rows})
    unknown = [f"{letter} “{table.headers[letter]}”" for letter in table.unknown]
    if unknown:
        notes.append(_("Columns that are not read: %(columns)s.") % {"columns": ", ".join(unknown)})
    if report.examples:
        notes.append(_("The example row of the template was left out."))
    if table.missing:
        missing = ", ".join(labels[name] for name in table.missing)
        notes.append(_("The file lacks required columns: %(columns)s.") % {"columns": missing})
    return notes


def as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as JSON holds them; days as ISO."""
    return {name: json.loads(json.dumps(value, default=str)) for name, value in values.items()}
