"""What became of the records between the preview of a file and its writing, told by cell and by who did it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from coso.journal import queries as journal
from coso.journal.ports import actor_name
from coso.kit import clock
from coso.registers.adapters.previews import NEW, Seen
from coso.registers.models import Import, ImportedRow, ImportState
from coso.registers.ports import Plan, Register

MOST = 50
"""So many cells are told; whoever sees more than these looks at the new preview."""


class Comparison:
    """Compares what each row is about now with what the preview showed; `moved` says where they differ."""

    def __init__(self, register: Register, run: Import, shown: Iterator[Seen], letters: Mapping[str, str]) -> None:
        self.register, self.run, self.shown, self.letters = register, run, shown, letters
        self._waiting: Seen | None = None
        self.moved: list[dict[str, Any]] = []
        """{"cell", "row", "text"}, and of a value that changed {"name", "was", "now"} besides; the first ones."""

    def look(self, now: Seen, plan: Plan) -> None:
        """Compare one row."""
        before = self._of_the_preview(now.number)
        if before is None or before == now or len(self.moved) >= MOST:
            return
        if NEW in (before.outcome, now.outcome) or before.key != now.key:
            self._tell(now.number, "", self._of_a_row(before, now))
            return
        who = who_changed(self.register, now.key, self.run, since=self.run.made_at)
        for name in sorted({*before.was, *now.was}, key=lambda name: self.letters.get(_field(name), "~")):
            if before.was.get(name) == now.was.get(name) and name in before.was and name in now.was:
                continue
            text = who or _("This was changed since the preview.")
            held = plan.now.get(name, plan.row.values.get(name))
            # What is told is kept as JSON.
            held = held.isoformat() if isinstance(held, date) else held
            values = {"name": name, "was": before.was.get(name, held), "now": now.was.get(name, held)}
            self._tell(now.number, _field(name), text, values if name in self.letters else {})

    def _of_the_preview(self, number: int) -> Seen | None:
        """Give what the preview saw of a row; rows that were wrong then aren't there."""
        while self._waiting is None or self._waiting.number < number:
            self._waiting = next(self.shown, None)
            if self._waiting is None:
                return None
        return self._waiting if self._waiting.number == number else None

    def _of_a_row(self, before: Seen, now: Seen) -> str:
        if before.outcome == NEW and now.outcome == NEW:
            return _("The place or the facility of this row is another one now.")
        if before.outcome == NEW:
            return who_changed(self.register, now.key, self.run, since=self.run.made_at) or _(
                "The record of this row was entered since the preview."
            )
        if now.outcome == NEW:
            return _("The record that this row changes is no longer there.")
        return _("This row means another record now.")

    def _tell(self, row: int, field: str, text: str, more: Mapping[str, Any] | None = None) -> None:
        letter = self.letters.get(field, "")
        self.moved.append({"cell": f"{letter}{row}" if letter else "", "row": row, "text": text, **(more or {})})


def _field(name: str) -> str:
    """Give the column to which a kept value belongs: 'villages_ids' is that of 'villages'."""
    return name.removesuffix("_ids").removesuffix("_id")


def who_changed(register: Register, key: str, run: Import, *, since: datetime) -> str:
    """Say who changed a record last and when, by the journal or by another file; "" where nobody is known."""
    record = register.kept.records().filter(pk=key).first()
    if record is None:
        return ""
    entries = journal.history(register.kept.about(record)).filter(at__gt=since, verb__in=register.kept.verbs)
    found = list(entries.values_list("at", "actor")[:1])
    others = ImportedRow.objects.filter(key=key, run__kind=run.kind, run__done_at__gt=since).exclude(run=run)
    for made in Import.objects.filter(pk__in=others.values("run"), state=ImportState.DONE):
        if made.done_at is not None:
            found.append((made.done_at, made.made_by))
    if not found:
        return ""
    at, actor = max(found)
    said = {"person": actor_name(actor), "when": f"{clock.local(at):%d/%m/%Y %H:%M}"}
    return _("%(person)s changed this on %(when)s.") % said
