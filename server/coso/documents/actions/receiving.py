"""What a receiving body does with its copy: enters it, reads it, answers it; answers that do not come climb."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from coso.documents import queries
from coso.documents.actions.copies import document_ref, ref_of
from coso.documents.models import Copy
from coso.documents.rules.delivery import Climb, climb_due
from coso.journal import actions as journal
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.notices import actions as notices
from coso.notices.models import Notice
from coso.organizations import policies
from coso.organizations.models import Person

OVERDUE, OVERDUE_SENDER, ANSWERED = "copy_overdue", "copy_overdue_sender", "copy_answered"
LEADS = "paper.approve"
LONGEST_ANSWER = 4000
BATCH = 500


def _lock(copy_id: int, by: Person) -> Copy:
    """Give a copy of one of the person's bodies, held until the transaction ends. Raise NotAllowed or NotFound."""
    if not policies.may(by, queries.RECEIVE):
        raise NotAllowed(queries.RECEIVE)
    seen = queries.get_copy_for(by, copy_id)
    return Copy.objects.select_for_update(of=("self",)).select_related("recipient__document").get(pk=seen.pk)


def _refs(copy: Copy) -> list[Ref]:
    return [document_ref(copy.recipient.document), ref_of(copy)]


@transaction.atomic
def receive_copy(*, copy_id: int, by: Person, arrival_number: str = "") -> Copy:
    """Enter a copy into the book of what came in, with the receiving office's own number. Said once."""
    copy = _lock(copy_id, by)
    if copy.received_at is not None:
        raise WrongState
    number = squeeze(arrival_number)
    if len(number) > 20:
        raise BadInput(fields={"arrival_number": [_("At most %(most)s characters fit.") % {"most": 20}]})
    copy.received_at, copy.received_by, copy.arrival_number = clock.now(), by, number
    copy.save(update_fields=["received_at", "received_by", "arrival_number"])
    journal.record("copy.received", by=by, refs=_refs(copy), data={"number": number, "body": str(copy)})
    return copy


@transaction.atomic
def read_copy(*, copy_id: int, by: Person) -> Copy:
    """Say that a copy was read at its body. Said once; its notices have done their work unless an answer is asked."""
    copy = _lock(copy_id, by)
    if copy.read_at is not None:
        raise WrongState
    copy.read_at, copy.read_by = clock.now(), by
    copy.save(update_fields=["read_at", "read_by"])
    journal.record("copy.read", by=by, refs=_refs(copy), data={"body": str(copy)})
    if copy.answer_due is None:
        notices.settle(ref_of(copy))
    return copy


@transaction.atomic
def answer_copy(*, copy_id: int, by: Person, words: str, paper_id: str = "") -> Copy:
    """Answer what was asked, in words and, if wanted, with an issued paper of one's own. The sender is told."""
    copy = _lock(copy_id, by)
    if copy.answer_due is None or copy.answered_at is not None:
        raise WrongState
    said = words.strip()
    wrong: dict[str, list[str]] = {}
    if not said:
        wrong["words"] = [_("Write what you answer.")]
    elif len(said) > LONGEST_ANSWER:
        wrong["words"] = [_("At most %(most)s characters fit.") % {"most": LONGEST_ANSWER}]
    ref = _paper(by, paper_id)
    if ref is None:
        wrong["paper"] = [_("Choose one of the list.")]
    if wrong:
        raise BadInput(fields=wrong)
    now = clock.now()
    copy.answer, copy.answer_ref, copy.answered_at, copy.answered_by = said, ref or "", now, by
    if copy.read_at is None:
        copy.read_at, copy.read_by = now, by
    copy.save(update_fields=["answer", "answer_ref", "answered_at", "answered_by", "read_at", "read_by"])
    journal.record("copy.answered", by=by, refs=_refs(copy), data={"body": str(copy)})
    notices.settle(ref_of(copy))
    data = {"document": str(copy.recipient.document), "body": str(copy)}
    if copy.sent_by_id != by.pk:
        notices.tell([copy.sent_by], ANSWERED, document_ref(copy.recipient.document), data)
    return copy


def _paper(by: Person, paper_id: str) -> str | None:
    """Give the reference of the document that an issued paper of the person's became; "" for none, None if unknown."""
    if not paper_id:
        return ""
    try:
        found = queries.papers_to_answer_with(by).filter(pk=paper_id).first()
    except ValidationError:
        found = None
    return str(Ref("document", str(found.document_id))) if found else None


def climb_unanswered() -> int:
    """Tell of answers that are late whoever must know by now, each level once; give how many people were told.

    The receiver first, then who leads the body, then who sent the document. Where a level has nobody, the next one is
    told instead.
    """
    today = clock.today()
    late = queries.overdue(today).values_list("pk", "answer_due", "climbed")
    # Those told of already are left out first: they would else keep later ones from their turn for good.
    due = [pk for pk, day, climbed in late if day is not None and climb_due(day, today) > climbed]
    return sum(_climb(pk, today) for pk in due[:BATCH])


@transaction.atomic
def _climb(copy_id: int, today: date) -> int:
    copy = queries.overdue(today).select_for_update(of=("self",)).filter(pk=copy_id).first()
    due = climb_due(copy.answer_due, today) if copy is not None and copy.answer_due else Climb.NOBODY
    if copy is None or copy.climbed >= due:
        return 0
    told = 0
    for level in [one for one in Climb if one > copy.climbed]:
        if level > due and told:
            break
        told += _tell(copy, level, today)
        copy.climbed = level
    copy.save(update_fields=["climbed"])
    journal.record("copy.climbed", by="system", refs=_refs(copy), data={"level": copy.climbed, "body": str(copy)})
    return told


def _tell(copy: Copy, level: Climb, today: date) -> int:
    document = copy.recipient.document
    data = {"document": str(document), "body": str(copy), "days": (today - (copy.answer_due or today)).days}
    if level == Climb.SENDER:
        # One notice for all the bodies of a document: sixty committees late are one matter for its sender.
        waiting = Q(kind=OVERDUE_SENDER, ref=str(document_ref(document)), person=copy.sent_by, seen_at=None)
        if not copy.sent_by.is_active or Notice.objects.filter(waiting).exists():
            return 0
        return notices.tell([copy.sent_by], OVERDUE_SENDER, document_ref(document), data)
    right = queries.RECEIVE if level == Climb.RECEIVER else LEADS
    people = queries.Holders(right).of(copy.organization_id)
    return notices.tell(people, OVERDUE, ref_of(copy), data)
