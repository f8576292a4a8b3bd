"""Issuing a paper: its number and day, its files frozen by hash, and the document that it becomes."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coso.documents import adapters, events, policies, queries
from coso.documents.actions.papers import lock, ref_of
from coso.documents.adapters import writer
from coso.documents.models import Document, DocumentState, NumberSeries, Paper, PaperState, Recipient
from coso.documents.rules import NotAnOfficialDocument, TextTooLong, read_document, to_gold
from coso.documents.rules.papers import NUMBER, SYMBOL, Content, padded
from coso.documents.rules.papers import Copy as PaperCopy
from coso.documents.rules.whereabouts import whereabouts
from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import blobs, clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.notices import actions as notices
from coso.organizations.models import Person


@dataclass(frozen=True)
class Files:
    """A paper as files, and how its PDF was made."""

    word: bytes
    pdf: bytes
    by_office: bool
    """Whether LibreOffice made the PDF of the Word file; else it was typeset in the shipped layout."""
    differs: bool
    """Whether the Word file follows a changed template and the PDF does not, for want of LibreOffice."""


def issue_paper(
    *,
    paper_id: UUID | str,
    by: Person,
    day: date,
    number: str = "",
    symbol: str = "",
    has_tasks: bool = False,
) -> Paper:
    """Give an approved paper its number and day, freeze its files, and make it a document.

    Without `number` the next one of the body's own series is taken; with it, it came from the office's own system.
    `has_tasks`: the document waits to be confirmed, so that its tasks become work; else it stands confirmed at once.
    The number is settled first and the files are made outside the transaction: where making them fails, the paper
    keeps its number and is issued again.
    """
    paper = _settle_number(paper_id, by=by, day=day, number=number.strip(), symbol=symbol.strip())
    try:
        files = files_of(paper)
    except writer.TemplateFault as fault:
        raise BadInput(_("The Word template cannot be filled in. Ask who looks after templates to mend it.")) from fault
    return _freeze(paper_id, by=by, files=files, version=paper.version, has_tasks=has_tasks)


@transaction.atomic
def _settle_number(paper_id: UUID | str, *, by: Person, day: date, number: str, symbol: str) -> Paper:
    paper = lock(paper_id, by)
    if not policies.may_issue(by, paper):
        raise NotAllowed("paper.issue")
    if paper.state != PaperState.APPROVED:
        raise WrongState
    symbol = symbol or queries.proposed_symbol(paper)
    _check(number, symbol, day)
    # The row is locked for numbers from outside too: two people who enter the same one come one after the other.
    series, _made = NumberSeries.objects.get_or_create(organization=paper.organization, kind=paper.kind, year=day.year)
    series = NumberSeries.objects.select_for_update().get(pk=series.pk)
    has_one = paper.number and paper.issued_on and paper.issued_on.year == day.year
    if not number and not has_one:
        number = _next(series, paper, symbol, day)
    number = number or paper.number
    if queries.is_number_taken(paper, padded(number), symbol, day):
        raise _taken(number, symbol)
    paper.number, paper.symbol, paper.issued_on = padded(number), symbol, day
    with only_once(_taken(number, symbol)):
        paper.save(update_fields=["number", "symbol", "issued_on", "folded"])
    return paper


def _check(number: str, symbol: str, day: date) -> None:
    wrong: dict[str, list[str]] = {}
    if number and not NUMBER.fullmatch(number):
        wrong["number"] = [_("A number is written in figures, with a letter behind at most: 82 or 82a.")]
    if not SYMBOL.fullmatch(symbol) or len(symbol) > 60:
        wrong["symbol"] = [_("Write the symbol as KH-UBND or STTTT-TTBCXB, without the number.")]
    if day > clock.today():
        wrong["day"] = [_("The day of issue cannot lie in the future.")]
    if wrong:
        raise BadInput(fields=wrong)


def _next(series: NumberSeries, paper: Paper, symbol: str, day: date) -> str:
    """Take the next number of a series, past those that were entered by hand."""
    number = series.last + 1
    while queries.is_number_taken(paper, padded(str(number)), symbol, day):
        number += 1
    series.last = number
    series.save(update_fields=["last"])
    return str(number)


def _taken(number: str, symbol: str) -> BadInput:
    said = _("The number %(number)s/%(symbol)s was given to another paper this year.")
    return BadInput(fields={"number": [said % {"number": padded(number), "symbol": symbol}]})


@transaction.atomic
def _freeze(paper_id: UUID | str, *, by: Person, files: Files, version: int, has_tasks: bool) -> Paper:
    paper = lock(paper_id, by)
    if paper.state != PaperState.APPROVED or paper.version != version:
        raise WrongState
    paper.docx_sha256, paper.pdf_sha256 = blobs.put(files.word), blobs.put(files.pdf)
    paper.document = _document(paper, files.word, by=by, has_tasks=has_tasks)
    paper.state = PaperState.ISSUED
    paper.save(update_fields=["docx_sha256", "pdf_sha256", "document", "state"])
    refs = [ref_of(paper), Ref("document", str(paper.document_id))]
    refs += [Ref.parse(paper.about)] if ":" in paper.about else []
    journal.record("paper.issued", by=by, refs=refs, data={"number": paper.number, "symbol": paper.symbol})
    notices.settle(ref_of(paper))
    publish(
        events.PaperIssued(paper_id=str(paper.pk), document_id=str(paper.document_id), about=paper.about, by_id=by.pk)
    )
    return paper


def _document(paper: Paper, word: bytes, *, by: Person, has_tasks: bool) -> Document:
    """Make the document that a paper becomes: its structure from what was written, its text and spans read back."""
    text = adapters.extract_text(word, name="paper.docx").text
    structure = queries.structure_of(paper)
    found: dict[str, Any] = {"values": structure, "spans": {}, "warnings": []}
    try:
        read = read_document(text)
    except (NotAnOfficialDocument, TextTooLong):
        has_tasks = False
    else:
        values = to_gold(read)
        found = {"values": values, "spans": whereabouts(read), "warnings": values.get("warnings", [])}
        if has_tasks:
            structure = {**values, **{key: value for key, value in structure.items() if key not in ("tasks", "duties")}}
    document = Document(
        file_name=f"{paper.number}-{paper.symbol.replace('/', '-')}.docx",
        file_sha256=hashlib.sha256(word).hexdigest(),
        file_format="docx",
        text=text,
        found=found,
        structure=structure,
        kind=structure["doc_type"],
        number=paper.number,
        symbol=paper.symbol,
        issued_on=paper.issued_on,
        issuer=(structure["issuer"] or "")[:200],
        title=(structure["title"] or "")[:500],
        organization=paper.organization,
        state=DocumentState.READ if has_tasks else DocumentState.CONFIRMED,
        imported_by=by,
        confirmed_by=None if has_tasks else paper.approved_by,
        confirmed_at=None if has_tasks else clock.now(),
    )
    document.save()
    Recipient.objects.bulk_create(
        Recipient(document=document, name=copy.name[:300], purpose=copy.purpose, form=copy.form, position=at)
        for at, copy in enumerate(_recipients(paper))
    )
    return document


def _recipients(paper: Paper) -> list[PaperCopy]:
    """List to whom a paper goes: those to whom it is addressed first, then its list."""
    content = Content.of(paper.content)
    listed = {copy.name for copy in content.recipients}
    asked = [one for one in content.addressees if one not in listed]
    return [*(_addressee(name) for name in asked), *content.recipients]


def _addressee(name: str) -> PaperCopy:
    return PaperCopy(name.rstrip(" ;.,"), "act", "electronic")


def files_of(paper: Paper) -> Files:
    """Make the Word file and the PDF of a paper as it stands. Raise TemplateFault when its template is broken."""
    sheet = queries.sheet_of(paper)
    changed = queries.template_in_use(paper.kind, paper.organization)
    word = writer.write_word(sheet, _template(changed, paper.kind))
    if changed is not None and writer.has_office():
        try:
            return Files(word, writer.pdf_of(word), by_office=True, differs=False)
        except writer.OfficeFailed:
            pass
    pdf = writer.typeset_pdf(sheet, day=paper.issued_on or clock.today())
    return Files(word, pdf, by_office=False, differs=changed is not None)


def _template(changed: Any, kind: str) -> bytes:
    if changed is None:
        return writer.shipped_template(kind)
    try:
        with blobs.open_blob(changed.sha256) as file:
            return file.read()
    except FileNotFoundError as error:
        raise writer.TemplateFault("lost") from error


def pictures_of(paper: Paper) -> list[bytes]:
    """Give a picture of each page, set in the shipped layout."""
    return writer.typeset_pages(queries.sheet_of(paper), day=paper.issued_on or clock.today())
