"""An inspection is filled in, perhaps on a phone without a network, and conflicts are settled by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.organizations import policies
from coso.organizations.models import Person
from coso.registry.actions import findings
from coso.registry.models import (
    Checklist,
    Facility,
    Inspection,
    InspectionConflict,
    InspectionRevision,
    InspectionRound,
)
from coso.registry.queries import inspections as reading
from coso.registry.rules import answers as rules
from coso.registry.rules.rounds import State, takes_answers

# Clocks of phones go wrong by minutes; by more, a date is a mistake.
TOLERANCE = timedelta(minutes=15)
EARLIEST = datetime(2017, 1, 1, tzinfo=UTC)


class Overtaken(WrongState):
    """Somebody sent the same at this moment. Send again."""


@dataclass(frozen=True)
class Sent:
    """What a phone or a form sends of one inspection."""

    id: UUID
    """Made by the phone."""
    base_version: int
    """The version that was before the person's eyes; 0: there was none."""
    filled_at: datetime
    answers: Any
    """By number of the question, not checked yet."""


@dataclass(frozen=True)
class Filled:
    """What came of it: the inspection, and what was sent as a conflict when somebody had changed it meanwhile."""

    inspection: Inspection
    version: int
    """The version that what was sent became; the standing one with a conflict."""
    conflict: InspectionConflict | None = None


@transaction.atomic
def fill(*, by: Person, round_: InspectionRound, facility: Facility, sent: Sent) -> Filled:
    """Take the answers for one facility. What is sent twice is taken once and answered alike."""
    policies.require(by, "inspection.fill", facility.place)
    is_open = _hold(round_)
    checklist = reading.checklists_of(round_).get(facility.kind)
    if checklist is None or not reading.facilities_in(round_, [facility.kind]).filter(pk=facility.pk).exists():
        raise BadInput(fields={"facility": [_("This facility is not among those of the round.")]})
    answers = _answers(sent, checklist)
    standing = _standing(sent, round_, facility, checklist)
    # Also when the round was closed meanwhile: what was taken was taken, and the phone may forget it.
    if standing is not None and (version := _version_of(standing, sent, answers, by)):
        return Filled(standing, version)
    if not is_open:
        raise WrongState(_closed())
    if standing is None:
        inspection = _begin(by, round_, facility, checklist, sent)
        return _accept(inspection, checklist, answers, by=by, filled_at=sent.filled_at)
    if standing.pk == sent.id and standing.version == sent.base_version:
        return _accept(standing, checklist, answers, by=by, filled_at=sent.filled_at)
    return Filled(standing, standing.version, _keep_conflict(standing, sent, answers, by))


@transaction.atomic
def inspect(*, by: Person, facility: Facility, checklist: Checklist, sent: Sent) -> Filled:
    """Take the answers of an inspection outside any round (kiểm tra đột xuất), at once or in parts.

    Afterwards only who made it, or who runs inspections there, may change it: not whoever was looked at.
    """
    policies.require(by, "inspection.fill", facility.place)
    answers = _answers(sent, checklist)
    standing = _standing(sent, None, facility, checklist)
    if standing is None:
        _must_stand(facility, checklist)
        inspection = _begin(by, None, facility, checklist, sent)
        return _accept(inspection, checklist, answers, by=by, filled_at=sent.filled_at)
    require_change(by, standing)
    if version := _version_of(standing, sent, answers, by):
        return Filled(standing, version)
    if standing.version == sent.base_version:
        return _accept(standing, checklist, answers, by=by, filled_at=sent.filled_at)
    return Filled(standing, standing.version, _keep_conflict(standing, sent, answers, by))


def require_change(by: Person, inspection: Inspection) -> None:
    """Raise NotAllowed unless a person may change an inspection, its photos included."""
    policies.require(by, "inspection.fill", inspection.facility.place)
    if not reading.may_change(by, inspection):
        raise NotAllowed("inspection.run")


def _must_stand(facility: Facility, checklist: Checklist) -> None:
    today = clock.today()
    if facility.closed_on is not None and facility.closed_on < today:
        raise BadInput(_("The facility is closed: there is nothing to look at."))
    if checklist not in reading.checklists_fitting(facility.kind, today):
        raise BadInput(_("This checklist is not in force today for this kind of facility."))


def _version_of(standing: Inspection, sent: Sent, answers: rules.Answers, by: Person) -> int | None:
    """Give the version that what was sent is already; None when it is new."""
    if standing.answers == answers:
        return standing.version
    if standing.pk != sent.id:
        return None
    # The answer to an earlier sending was lost on the way; what came after it is not this phone's fault.
    before = standing.revisions.filter(digest=rules.digest(answers), by=by, version__gt=sent.base_version).last()
    return before.version if before else None


def hold_open(round_: InspectionRound | None) -> None:
    """Keep a round from being closed until this transaction ends. Raise WrongState when it takes no answers."""
    if round_ is not None and not _hold(round_):
        raise WrongState(_closed())


def _hold(round_: InspectionRound) -> bool:
    """Lock a round and tell whether it takes answers: whoever closes it comes before or after, never in between."""
    now = InspectionRound.objects.select_for_update(of=("self",), no_key=True).get(pk=round_.pk)
    return takes_answers(State(now.state))


def _closed() -> str:
    return _("The round takes no answers now: it was closed, or is not open yet.")


def _answers(sent: Sent, checklist: Checklist) -> rules.Answers:
    answers, faults = rules.read(sent.answers, reading.questions_of(checklist))
    wrong = {f"answers.{number}" if number else "answers": [word(fault)] for number, fault in faults.items()}
    if not EARLIEST <= sent.filled_at <= clock.now() + TOLERANCE:
        wrong["filled_at"] = [_("The date of filling in lies in the future or long ago: set the phone's clock.")]
    if wrong:
        raise BadInput(fields=wrong)
    return answers


def word(fault: rules.Fault) -> str:
    """Say why an answer cannot be taken."""
    return {
        rules.Fault.UNKNOWN_QUESTION: _("The checklist has no such question."),
        rules.Fault.NOT_AN_ANSWER: _("This is no answer to the question."),
        rules.Fault.NO_SUCH_CHOICE: _("Choose one of the answers offered."),
        rules.Fault.NOT_A_NUMBER: _("Write a number of 0 or more, in figures."),
        rules.Fault.TOO_LONG: _("The answer or its note is too long."),
    }[fault]


def _standing(
    sent: Sent, round_: InspectionRound | None, facility: Facility, checklist: Checklist
) -> Inspection | None:
    """Lock the inspection that is meant: by its id, or another phone's of the same facility in the same round."""
    rows = Inspection.objects.select_for_update(of=("self",))
    found = rows.filter(pk=sent.id).first()
    if found is None:
        if round_ is None:
            return None
        return rows.filter(round=round_, facility=facility, checklist=checklist).first()
    asked = (round_.pk if round_ else None, facility.pk, checklist.pk)
    if (found.round_id, found.facility_id, found.checklist_id) != asked:
        raise BadInput(fields={"id": [_("This number belongs to another inspection.")]})
    return found


def _begin(
    by: Person, round_: InspectionRound | None, facility: Facility, checklist: Checklist, sent: Sent
) -> Inspection:
    # Two phones at once: the second is refused here, sends again, and then learns of the first.
    with only_once(Overtaken(_("Somebody sent the same inspection at this moment. Send again."))):
        return Inspection.objects.create(
            pk=sent.id,
            round=round_,
            facility=facility,
            checklist=checklist,
            by=by,
            filled_at=sent.filled_at,
            version=0,
        )


def _accept(
    inspection: Inspection, checklist: Checklist, answers: rules.Answers, *, by: Person, filled_at: datetime
) -> Filled:
    questions = reading.questions_of(checklist)
    found = rules.findings(answers, questions)
    inspection.answers, inspection.findings = answers, len(found)
    inspection.is_done = not rules.missing(answers, questions)
    inspection.by, inspection.filled_at, inspection.received_at = by, filled_at, clock.now()
    inspection.version += 1
    inspection.save(update_fields=["answers", "findings", "is_done", "by", "filled_at", "received_at", "version"])
    InspectionRevision.objects.create(
        inspection=inspection,
        version=inspection.version,
        answers=answers,
        digest=rules.digest(answers),
        by=by,
        filled_at=filled_at,
    )
    # Whoever sends from the standing version has seen it: an older sending of theirs is decided by this one.
    inspection.conflicts.filter(by=by, settled_at=None).update(settled_at=clock.now(), settled_by=by)
    record(
        "inspection.filled",
        by=by,
        refs=[ref_of(inspection), *_around(inspection)],
        data={"version": inspection.version, "findings": len(found), "done": inspection.is_done},
    )
    if inspection.is_done:
        findings.follow(inspection, checklist, found, by=by)
    return Filled(inspection, inspection.version)


def _keep_conflict(standing: Inspection, sent: Sent, answers: rules.Answers, by: Person) -> InspectionConflict:
    conflict, is_new = InspectionConflict.objects.get_or_create(
        inspection=standing,
        by=by,
        digest=rules.digest(answers),
        defaults={"answers": answers, "base_version": sent.base_version, "filled_at": sent.filled_at},
    )
    if is_new:
        record("inspection.conflict_kept", by=by, refs=[ref_of(standing), *_around(standing)])
    return conflict


@transaction.atomic
def settle_conflict(
    *, by: Person, conflict: InspectionConflict, base_version: int, take_sent: Sequence[int]
) -> Inspection:
    """Choose question by question what is true: of the listed ones what was sent, of all others what stands."""
    hold_open(conflict.inspection.round)
    standing = Inspection.objects.select_for_update(of=("self",)).get(pk=conflict.inspection_id)
    require_change(by, standing)
    locked = InspectionConflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    if locked.settled_at is not None or standing.version != base_version:
        raise WrongState
    if set(take_sent) - set(rules.differing(standing.answers, locked.answers)):
        raise BadInput(_("Choose among the questions that were answered differently."))
    joined = rules.chosen(standing.answers, locked.answers, take_sent)
    locked.settled_at, locked.settled_by = clock.now(), by
    locked.save(update_fields=["settled_at", "settled_by"])
    record("inspection.conflict_settled", by=by, refs=[ref_of(standing), *_around(standing)])
    if joined != standing.answers:
        _accept(standing, standing.checklist, joined, by=by, filled_at=clock.now())
    return standing


def ref_of(inspection: Inspection) -> Ref:
    """Refer to an inspection."""
    return Ref("inspection", str(inspection.pk))


def _around(inspection: Inspection) -> list[Ref]:
    # Not the round: its own history would drown in those of thousands of facilities.
    return [Ref("facility", str(inspection.facility_id))]
