"""Writing a paper: drafting it, handing it in, approving or returning it, withdrawing it."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coso.documents import events, policies, queries
from coso.documents.models import Document, DocumentState, Paper, PaperKind, PaperState, SigningMode
from coso.documents.rules.papers import Content, TooMuch
from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.notices import actions as notices
from coso.organizations.models import Person

LONGEST = {"title": 500, "drafting_unit": 40, "signer_position": 120, "signer_name": 120, "place_name": 80}
TOO_MUCH = {
    "body": lambda: _("A paper has at most %(most)s parts. Put the rest into an annex."),
    "rows": lambda: _("A table has at most %(most)s rows."),
    "columns": lambda: _("A table has at most %(most)s columns."),
    "annexes": lambda: _("A paper has at most %(most)s annexes."),
    "cell": lambda: _("A cell of a table has at most %(most)s characters."),
}


def ref_of(paper: Paper) -> Ref:
    """Give the reference by which the journal and the notices know a paper."""
    return Ref("paper", str(paper.pk))


@transaction.atomic
def write_paper(*, by: Person, kind: str, organization_id: int, about: str = "", **told: Any) -> Paper:
    """Begin a paper as a draft.

    `told` holds title, content, drafting_unit, signing_mode, signer_position, signer_name and place_name.
    """
    organization = queries.bodies_of_writer(by).select_related("place").filter(pk=organization_id).first()
    if organization is None or organization.place is None:
        raise NotAllowed("paper.write")
    if kind not in PaperKind.values:
        raise BadInput(fields={"kind": [_("Choose one.")]})
    paper = Paper(kind=kind, organization=organization, place=organization.place, about=about[:120], written_by=by)
    paper.changed_by = by
    _take(paper, told)
    paper.save()
    journal.record("paper.written", by=by, refs=_refs(paper), data={"kind": kind})
    return paper


def _refs(paper: Paper) -> list[Ref]:
    """Name the paper, and what it is written for: its history tells of the paper too."""
    return [ref_of(paper), *([Ref.parse(paper.about)] if ":" in paper.about else [])]


@transaction.atomic
def change_paper(*, paper_id: UUID | str, by: Person, version: int, **told: Any) -> Paper:
    """Write on in a draft. Raise BadInput when somebody else has written in it since `version`."""
    paper = lock(paper_id, by)
    if not policies.may_write(by, paper):
        raise NotAllowed("paper.write") if paper.state in (PaperState.DRAFT, PaperState.RETURNED) else WrongState
    if version != paper.version:
        who = paper.changed_by or paper.written_by
        raise BadInput(
            _("%(person)s has changed this paper meanwhile. What you typed still stands here: copy it, open the "
              "paper anew and put it in.") % {"person": who.full_name}
        )  # fmt: skip
    _take(paper, told)
    paper.version += 1
    paper.changed_at, paper.changed_by = clock.now(), by
    paper.save()
    journal.record("paper.changed", by=by, refs=[ref_of(paper)], data={"version": paper.version})
    return paper


def _take(paper: Paper, told: dict[str, Any]) -> None:
    """Put what was told into a paper; raise BadInput with a sentence for each thing that does not fit."""
    wrong: dict[str, list[str]] = {}
    for name, most in LONGEST.items():
        value = squeeze(str(told.get(name, getattr(paper, name)) or ""))
        if len(value) > most:
            wrong[name] = [_("At most %(most)s characters fit.") % {"most": most}]
        setattr(paper, name, value)
    if not paper.title:
        wrong["title"] = [_("Say in a few words what the paper is about.")]
    mode = told.get("signing_mode", paper.signing_mode)
    if mode not in SigningMode.values:
        wrong["signing_mode"] = [_("Choose one.")]
    paper.signing_mode = mode
    try:
        paper.content = Content.of(told.get("content", paper.content)).stored()
    except TooMuch as error:
        words = TOO_MUCH.get(error.part, lambda: _("At most %(most)s fit: make it shorter, or fewer."))()
        wrong[""] = [words % {"most": error.most}]
    if wrong:
        raise BadInput(fields=wrong)


def lock(paper_id: UUID | str, by: Person) -> Paper:
    """Give a paper of the person's places, held until the transaction ends. Raise NotFound."""
    seen = queries.papers_seen_by(by).select_related(None).filter(pk=paper_id).values("pk")
    paper = (
        Paper.objects.select_for_update(of=("self",))
        .select_related("organization", "place", "written_by", "changed_by")
        .filter(pk__in=seen)
        .first()
    )
    if paper is None:
        raise NotFound
    return paper


@transaction.atomic
def submit_paper(*, paper_id: UUID | str, by: Person) -> Paper:
    """Hand a draft in to be approved; whoever may approve it is told."""
    paper = lock(paper_id, by)
    if paper.state not in (PaperState.DRAFT, PaperState.RETURNED):
        raise WrongState
    if not policies.may_write(by, paper):
        raise NotAllowed("paper.write")
    content = Content.of(paper.content)
    missing = []
    if not content.body:
        missing.append(_("The paper says nothing yet: write its text."))
    if not paper.signer_name:
        missing.append(_("Say who signs it."))
    if missing:
        raise BadInput(" ".join(missing))
    _move(paper, PaperState.SUBMITTED, words="")
    journal.record("paper.submitted", by=by, refs=_refs(paper))
    approvers = [person for person in queries.approvers_of(paper) if person.pk != by.pk]
    notices.tell(approvers, "paper_submitted", ref_of(paper), {"title": paper.title})
    return paper


@transaction.atomic
def approve_paper(*, paper_id: UUID | str, by: Person, version: int | None = None) -> Paper:
    """Let a submitted paper be issued: never by who wrote it, or wrote in it last."""
    paper = _decided(paper_id, by, version)
    if paper.state != PaperState.SUBMITTED:
        raise WrongState
    paper.approved_by, paper.approved_at = by, clock.now()
    _move(paper, PaperState.APPROVED, "approved_by", "approved_at", words="")
    journal.record("paper.approved", by=by, refs=_refs(paper), data={"version": paper.version})
    notices.settle(ref_of(paper))
    notices.tell([paper.written_by], "paper_approved", ref_of(paper), {"title": paper.title})
    return paper


@transaction.atomic
def return_paper(*, paper_id: UUID | str, by: Person, words: str) -> Paper:
    """Send a paper back to its writer with words that say what to mend."""
    paper = _decided(paper_id, by, None)
    if paper.state not in (PaperState.SUBMITTED, PaperState.APPROVED):
        raise WrongState
    if not squeeze(words):
        raise BadInput(fields={"words": [_("Say why, in a few words.")]})
    paper.approved_by = paper.approved_at = None
    _move(paper, PaperState.RETURNED, "approved_by", "approved_at", words=words.strip())
    journal.record("paper.returned", by=by, refs=_refs(paper), reason=words.strip())
    notices.settle(ref_of(paper))
    notices.tell([paper.written_by], "paper_returned", ref_of(paper), {"title": paper.title, "words": words.strip()})
    return paper


def _decided(paper_id: UUID | str, by: Person, version: int | None) -> Paper:
    paper = lock(paper_id, by)
    if not policies.may_decide(by, paper):
        raise NotAllowed("paper.approve")
    if version is not None and version != paper.version:
        raise WrongState
    return paper


def _move(paper: Paper, to: PaperState, *fields: str, words: str) -> None:
    paper.state, paper.words = to, words
    paper.save(update_fields=["state", "words", *fields])


@transaction.atomic
def withdraw_paper(*, paper_id: UUID | str, by: Person, reason: str) -> Paper:
    """Take a paper back: a draft by who may write it, an issued one by who may issue. Its number is not given again."""
    paper = lock(paper_id, by)
    is_issued = paper.state == PaperState.ISSUED
    if paper.state == PaperState.WITHDRAWN:
        raise WrongState
    allowed = policies.may_issue(by, paper) if is_issued or paper.number else policies.may_drop(by, paper)
    if not allowed:
        raise NotAllowed("paper.issue")
    if not squeeze(reason):
        raise BadInput(fields={"reason": [_("Say why, in a few words.")]})
    if is_issued and paper.document is not None:
        Document.objects.filter(pk=paper.document.pk).update(state=DocumentState.WITHDRAWN)
    _move(paper, PaperState.WITHDRAWN, words=reason.strip())
    refs = [*_refs(paper), *([Ref("document", str(paper.document_id))] if is_issued else [])]
    journal.record("paper.withdrawn", by=by, refs=refs, reason=reason.strip())
    notices.settle(ref_of(paper))
    if is_issued:
        publish(
            events.PaperWithdrawn(
                paper_id=str(paper.pk), document_id=str(paper.document_id), about=paper.about, by_id=by.pk
            )
        )
    return paper
