"""How what an import does is shown: values in words, states as chips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from coso.registers.models import Import, ImportState
from coso.registers.ports import Field, Register
from coso.registers.queries import choices_of
from coso.ui.chips import Chip, Tone
from coso.ui.show import number

_TONES = {
    ImportState.CHECKING: Tone.ACTIVE,
    ImportState.CHECKED: Tone.NEED,
    ImportState.WRITING: Tone.ACTIVE,
    ImportState.DONE: Tone.DONE,
    ImportState.STOPPED: Tone.OFF,
    ImportState.FAILED: Tone.DANGER,
    ImportState.UNDOING: Tone.ACTIVE,
    ImportState.UNDONE: Tone.OFF,
}


@dataclass(frozen=True)
class Change:
    """One value that a row changes."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class ChangedRow:
    """One row that changes a record."""

    number: int
    name: str
    changes: Sequence[Change]


@dataclass(frozen=True)
class NewRow:
    """One row that makes a record: what it holds, in the order of the register's fields."""

    number: int
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class MovedCell:
    """A cell whose record somebody changed after the preview."""

    cell: str
    row: int
    was: str
    """As the preview showed it; "" where it can't be told."""
    now: str
    text: str


def state_chip(run: Import) -> Chip:
    """Tell where an import is."""
    return Chip(run.get_state_display(), _TONES[ImportState(run.state)])


class Words:
    """Words for the values of one register, its choices looked up once."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.fields = {field.name: field for field in register.fields}
        self.labels = {field.name: dict(choices_of(field)) for field in register.fields}

    def of(self, name: str, value: Any) -> str:
        """Write one value as a person reads it."""
        field = self.fields.get(name)
        if value is None or value in ("", []):
            return "—"
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, list):
            return "; ".join(self.labels.get(name, {}).get(str(one), str(one)) for one in value)
        if field is not None and field.kind == "date":
            return _written_day(value)
        if isinstance(value, int | float):
            return _figure(value, field)
        return self.labels.get(name, {}).get(str(value), str(value))

    def new_rows(self, run: Import, most: int = 10) -> list[NewRow]:
        """Show some of the rows that make records."""
        names = [name for name in self.fields if name in run.mapping.values()]
        found = [sample for sample in run.samples if sample["is_new"]][:most]
        return [
            NewRow(
                sample["row"],
                [
                    (str(self.fields[name].label), self.of(name, value))
                    for name in names
                    if (value := sample["values"].get(name)) not in (None, "", [])
                ],
            )
            for sample in found
        ]

    def changed_rows(self, run: Import, most: int = 20) -> list[ChangedRow]:
        """Show some of the rows that change records, each value before and after."""
        found = [sample for sample in run.samples if not sample["is_new"]][:most]
        return [ChangedRow(one["row"], self._name(one["values"]), self._changes(one)) for one in found]

    def moved(self, run: Import) -> list[MovedCell]:
        """Show what had changed between the preview and the writing, each value then and now."""
        return [
            MovedCell(
                one.get("cell", ""),
                one["row"],
                self.of(one["name"], one["was"]) if "name" in one else "",
                self.of(one["name"], one["now"]) if "name" in one else "",
                one["text"],
            )
            for one in run.layout.get("moved", [])
        ]

    def _name(self, values: Mapping[str, Any]) -> str:
        told = [name for name in ("code", "name", "full_name", "title") if values.get(name)]
        return " ".join(str(values[name]) for name in (told or list(self.fields)[:1]) if values.get(name))

    def _changes(self, sample: Mapping[str, Any]) -> list[Change]:
        was, now = sample["was"], sample["now"]
        return [
            Change(str(field.label), self.of(name, was.get(name)), self.of(name, now.get(name)))
            for name, field in self.fields.items()
            if name in now or name in was
        ]


def _figure(value: float, field: Field | None) -> str:
    # Degrees keep all their decimals; a count is grouped.
    return f"{value:g}".replace(".", ",") if isinstance(value, float) and not value.is_integer() else number(value)


def _written_day(value: Any) -> str:
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError:
        return str(value)
    return f"{day:%d/%m/%Y}"
