"""What an inspection found becomes work: one defect for each finding, kept in step when the answers change."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.refs import Ref
from coso.kit.workdays import in_vietnam
from coso.organizations.models import Person
from coso.registry.models import Checklist, Defect, Inspection
from coso.registry.queries import defects as reading
from coso.registry.rules.defects import DAYS, SETTLED, State


def follow(inspection: Inspection, checklist: Checklist, found: Sequence[int], *, by: Person) -> None:
    """Make a defect for each finding that has none, and drop what turned out to be none before anybody touched it."""
    items = {item.number: item for item in checklist.items.all()}
    there = {defect.item_number: defect for defect in inspection.defects.select_for_update()}
    for number in found:
        defect = there.get(number)
        if defect is None:
            _find(inspection, number, items[number].question, by)
        elif defect.state == State.DROPPED and _was_corrected(defect):
            _turn(defect, State.OPEN, _corrected(), by)
    for defect in there.values():
        if defect.item_number not in found and defect.state == State.OPEN:
            _turn(defect, State.DROPPED, _corrected(), by)


def _was_corrected(defect: Defect) -> bool:
    """Tell whether an answer, not a person, dropped a defect."""
    last = defect.repairs.last()
    return last is not None and last.text == _corrected()


def _corrected() -> str:
    # What is stored is read by everybody: it is in the language of the house, not of who sent it.
    with override(settings.LANGUAGE_CODE):
        return _("The answers of the inspection were corrected.")


def _find(inspection: Inspection, number: int, question: str, by: Person) -> None:
    today = clock.today()
    note = str(inspection.answers[str(number)].get("note", ""))
    with override(settings.LANGUAGE_CODE):
        said = _("Not so: %(question)s") % {"question": question}
    defect = Defect.objects.create(
        facility=inspection.facility,
        inspection=inspection,
        item_number=number,
        description=(f"{note} ({question})" if note else said)[:300],
        responsible=reading.default_responsible(inspection.facility, today),
        due_on=in_vietnam(today, DAYS["mend"]),
        opened_by=by,
    )
    record("defect.found", by=by, refs=[ref_of(defect), Ref("facility", str(inspection.facility_id))])


def _turn(defect: Defect, to: State, words: str, by: Person) -> None:
    defect.repairs.create(by=by, text=words, to_state=to)
    defect.state = to
    defect.settled_at = clock.now() if to in SETTLED else None
    defect.save(update_fields=["state", "settled_at"])
    record("defect.moved", by=by, refs=[ref_of(defect)], data={"to": to})


def ref_of(defect: Defect) -> Ref:
    """Refer to a defect."""
    return Ref("defect", str(defect.pk))
