"""Sending a document on: to whom, one copy for each body, reminding whom it did not reach."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coso.documents import queries
from coso.documents.models import Copy, CopyForm, Document, Purpose, Recipient
from coso.documents.rules.delivery import LONGEST_NAME, RecipientLine, form_of_copy
from coso.journal import actions as journal
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.kit.text import fold, squeeze
from coso.notices import actions as notices
from coso.notices.models import Notice
from coso.organizations import policies
from coso.organizations.models import Person

SENT, REMINDED = "copy_sent", "copy_reminded"
MOST_LINES = 200


def ref_of(copy: Copy) -> Ref:
    """Give the reference by which the journal and the notices know a copy."""
    return Ref("copy", str(copy.pk))


def document_ref(document: Document) -> Ref:
    """Give the reference of a document."""
    return Ref("document", str(document.pk))


@transaction.atomic
def make_recipients(document_id: UUID | str) -> None:
    """Keep the lines of a document's list of recipients as rows, where that was not done; part of confirming."""
    document = Document.objects.select_for_update(of=("self",)).filter(pk=document_id).first()
    if document is not None:
        _keep(document)


def _keep(document: Document) -> list[Recipient]:
    kept = list(queries.recipients_of(document))
    if kept:
        return kept
    return _store(document, queries.lines_of(document))


def _store(document: Document, lines: Sequence[RecipientLine]) -> list[Recipient]:
    return Recipient.objects.bulk_create(
        Recipient(document=document, name=line.name, purpose=line.purpose, form=line.form, position=at)
        for at, line in enumerate(lines)
    )


def _lock(document_id: UUID | str, by: Person) -> Document:
    """Give a document that a person may send, held until the transaction ends. Raise NotFound or NotAllowed."""
    if not policies.may(by, "document.send"):
        raise NotAllowed("document.send")
    found = queries.get_sendable(by, document_id)
    return Document.objects.select_for_update(of=("self",)).get(pk=found.pk)


@transaction.atomic
def change_recipients(*, document_id: UUID | str, by: Person, lines: Sequence[dict[str, Any]]) -> list[Recipient]:
    """Say anew to whom a document goes, as long as it was not sent: {"name", "purpose", "form"} a line."""
    document = _lock(document_id, by)
    if queries.is_sent(document):
        raise WrongState
    told = [
        RecipientLine(squeeze(str(line.get("name") or "")), str(line.get("purpose")), str(line.get("form")))
        for line in lines
    ]
    told = [line for line in told if line.name]
    _check(told)
    if told == queries.lines_of(document) and queries.recipients_of(document).exists():
        return list(queries.recipients_of(document))
    document.recipients.all().delete()
    stored = _store(document, told)
    journal.record("copy.recipients", by=by, refs=[document_ref(document)], data={"count": len(stored)})
    return stored


def _check(lines: Sequence[RecipientLine]) -> None:
    wrong: dict[str, list[str]] = {}
    if not lines:
        wrong[""] = [_("Name at least one recipient.")]
    if len(lines) > MOST_LINES:
        wrong[""] = [_("At most %(most)s recipients fit.") % {"most": MOST_LINES}]
    if any(len(line.name) > LONGEST_NAME for line in lines):
        wrong["name"] = [_("At most %(most)s characters fit.") % {"most": LONGEST_NAME}]
    if any(line.purpose not in Purpose.values or line.form not in CopyForm.values for line in lines):
        wrong["purpose"] = [_("Choose one of the list.")]
    folded = [fold(line.name) for line in lines]
    if len(set(folded)) < len(folded):
        wrong[""] = [_("Two lines name the same recipient: leave one of them out.")]
    if wrong:
        raise BadInput(fields=wrong)


@transaction.atomic
def send_document(*, document_id: UUID | str, by: Person, answer_due: date | None = None) -> int:
    """Send a confirmed document: a copy for each body of each line, once for each body; tell who receives there.

    A line for which nobody here stands gets one copy without a body, which is handed over by hand. What is kept on
    file is not sent. With `answer_due` an answer is asked of all but those who are reported to. Give how many copies
    went.
    """
    document = _lock(document_id, by)
    if queries.is_sent(document):
        raise WrongState
    if answer_due is not None and answer_due < clock.today():
        raise BadInput(fields={"answer_due": [_("The day lies in the past.")]})
    lines = [line for line in _keep(document) if line.purpose != Purpose.FILE]
    if not lines:
        raise BadInput(_("Nobody is named to whom the document could go. Write the recipients first."))
    holders = queries.Holders(queries.RECEIVE)
    sent = Copy.objects.bulk_create(_copies(document, lines, holders, by, answer_due))
    journal.record("copy.sent", by=by, refs=[document_ref(document)], data={"count": len(sent)})
    for copy in sent:
        notices.tell(_but(holders.of(copy.organization_id), by), SENT, ref_of(copy), _named(document, answer_due))
    return len(sent)


def _copies(
    document: Document, lines: Sequence[Recipient], holders: queries.Holders, by: Person, answer_due: date | None
) -> list[Copy]:
    meant = queries.Meant(document)
    delivery = document.structure.get("delivery")
    taken: set[int] = set()
    made = []
    for line in lines:
        found = meant.of(line.name)
        for body in [one for one in found if one.pk not in taken] if found else [None]:
            body_id = body.pk if body else None
            taken |= {body_id} if body_id else set()
            form = form_of_copy(line.form, delivery, is_reached=bool(holders.of(body_id)))
            # Who is reported to owes no answer; nor can one be given where nobody here stands for the line.
            due = answer_due if body_id and line.purpose in (Purpose.ACT, Purpose.KNOW) else None
            made.append(Copy(recipient=line, organization=body, form=form, sent_by=by, answer_due=due))
    return made


def _but(people: Sequence[Person], by: Person) -> list[Person]:
    return [person for person in people if person.pk != by.pk]


def _named(document: Document, answer_due: date | None) -> dict[str, Any]:
    return {
        "document": str(document),
        "title": document.title,
        "answer_due": answer_due.isoformat() if answer_due else "",
    }


@transaction.atomic
def remind_recipients(*, document_id: UUID | str, by: Person) -> int:
    """Remind the bodies from which something is still missing; give how many people were told.

    Whoever was reminded today and has not looked is not told again.
    """
    document = _lock(document_id, by)
    holders = queries.Holders(queries.RECEIVE)
    missing = list(queries.outstanding(queries.copies_of(document)).exclude(organization=None))
    refs = [str(ref_of(copy)) for copy in missing]
    since = clock.start_of_day(clock.today())
    lately = Notice.objects.filter(kind=REMINDED, ref__in=refs, seen_at=None, created_at__gte=since)
    told_today = set(lately.values_list("ref", "person"))
    count = 0
    for copy in missing:
        people = [one for one in holders.of(copy.organization_id) if (str(ref_of(copy)), one.pk) not in told_today]
        count += notices.tell(people, REMINDED, ref_of(copy), _named(document, copy.answer_due))
    if count:
        journal.record("copy.reminded", by=by, refs=[document_ref(document)], data={"count": count})
    return count


@transaction.atomic
def hand_over(*, copy_id: int, by: Person) -> Copy:
    """Say that a copy reached whom it was for: one on paper, or of a line for which nobody here stands."""
    if not policies.may(by, "document.send"):
        raise NotAllowed("document.send")
    seen = queries.copies_sent_by(by).filter(pk=copy_id).first()
    if seen is None:
        raise NotFound
    copy = Copy.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if copy.received_at is not None or (copy.form != CopyForm.PAPER and copy.organization_id is not None):
        raise WrongState
    copy.received_at, copy.received_by = clock.now(), by
    copy.save(update_fields=["received_at", "received_by"])
    refs = [document_ref(seen.recipient.document), ref_of(copy)]
    journal.record("copy.handed_over", by=by, refs=refs, data={"to": str(copy)})
    return copy
