"""Bringing a document in, correcting what the reader found, confirming it."""

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from coso.documents import adapters, events, policies, queries
from coso.documents.actions import uploads
from coso.documents.actions.units import propose_units
from coso.documents.models import Document, DocumentState, Recurrence
from coso.documents.rules import NotAnOfficialDocument, TextTooLong, read_document, to_gold
from coso.documents.rules.rows import with_sources
from coso.documents.rules.whereabouts import whereabouts
from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import blobs, clock
from coso.kit.database import only_once
from coso.kit.dates import last_day
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations.models import Person

ACCEPTED = (".docx", ".pdf", ".odt", ".doc", ".rtf", ".txt", ".md")


def import_document(*, data: bytes, file_name: str, by: Person) -> Document:
    """Read a file and keep it with what was found; of one that cannot be read only the file itself is kept.

    Raise BadInput with a sentence that says what was wrong and what is accepted; the file then waits among the
    uploads to be tried again.
    """
    if not policies.may_import(by):
        raise NotAllowed("document.import")
    most = settings.OPTIONS["COSO_UPLOAD_MB"] * 1024 * 1024
    try:
        extracted = adapters.extract_text(data, name=file_name, limit=most)
        found = read_document(extracted.text)
    except (adapters.UnreadableFile, NotAnOfficialDocument, TextTooLong) as error:
        uploads.keep_unread(data=data, file_name=file_name, by=by, problem=error.code)
        raise BadInput(fields={"file": [sentence_about(error)]}) from error
    values, spans = to_gold(found), whereabouts(found)
    with transaction.atomic():
        sha256 = hashlib.sha256(data).hexdigest()
        twin = Document.objects.filter(file_sha256=sha256).exclude(state=DocumentState.WITHDRAWN).first()
        if twin is not None:
            raise _imported_before(str(twin))
        blobs.put(data)
        document = Document(
            file_name=file_name[:200],
            file_sha256=sha256,
            file_format=extracted.format,
            text=extracted.text,
            found={"values": values, "spans": spans, "warnings": values.get("warnings", [])},
            structure=with_sources(values, spans),
            imported_by=by,
        )
        _name(document)
        with only_once(_imported_before(str(document))):
            document.save()
        propose_units(document)
        uploads.settle(document)
        journal.record(
            "document.imported",
            by=by,
            refs=[Ref("document", str(document.pk))],
            data={"tasks": len(values["tasks"]), "duties": len(values["duties"])},
        )
    return document


def retry_upload(*, upload_id: UUID | str, by: Person) -> Document:
    """Read a kept file once more; BadInput says why that failed again, and the file goes on waiting."""
    upload = queries.get_upload(by, upload_id)
    with blobs.open_blob(upload.sha256) as file:
        data = file.read()
    return import_document(data=data, file_name=upload.file_name, by=by)


def _imported_before(name: str) -> BadInput:
    sentence = _("This very file was imported before, as %(document)s.") % {"document": name}
    return BadInput(fields={"file": [sentence]})


def _name(document: Document) -> None:
    """Copy what names the document from its structure to the columns that lists use."""
    head = document.structure
    # What a badly read head holds may be longer than any name; the structure keeps the whole of it.
    document.kind = (head.get("doc_type") or "")[:80]
    document.number = (head.get("number") or "")[:20]
    document.symbol = (head.get("symbol") or "")[:60]
    document.issuer = (head.get("issuer") or "")[:200]
    document.title = (head.get("title") or "")[:500]
    document.issued_on = date.fromisoformat(head["issued_on"]) if head.get("issued_on") else None


def _lock(document_id: UUID | str, by: Person) -> Document:
    document = Document.objects.select_for_update(of=("self",)).filter(policies.readable(by), pk=document_id).first()
    if document is None:
        raise NotFound
    if not policies.may_confirm(by):
        raise NotAllowed("document.confirm")
    if document.state != DocumentState.READ:
        raise WrongState
    return document


@transaction.atomic
def correct_document(
    *, document_id: UUID | str, by: Person, structure: dict[str, Any], over: str | None = None
) -> Document:
    """Put a person's corrections in the place of what the reader found; the reading itself is kept beside.

    `over` is what stood on the person's page (`queries.stand_of`); BadInput is raised when that has changed since.
    """
    document = _lock(document_id, by)
    _require_stand(document, over)
    _correct(document, structure, by)
    return document


def _correct(document: Document, structure: dict[str, Any], by: Person) -> None:
    checked = check_structure(structure)
    if checked == document.structure:
        return
    document.structure = checked
    _name(document)
    document.save()
    propose_units(document)
    journal.record("document.corrected", by=by, refs=[Ref("document", str(document.pk))])


@transaction.atomic
def confirm_document(
    *, document_id: UUID | str, by: Person, over: str | None = None, structure: dict[str, Any] | None = None
) -> Document:
    """Say that the structure is right: its tasks become work. Nothing becomes work unconfirmed.

    `structure` holds the person's last corrections, kept first where they change anything.
    `over` is what the person read (`queries.stand_of`); BadInput is raised when that has changed since.
    """
    document = _lock(document_id, by)
    _require_stand(document, over)
    if structure is not None:
        _correct(document, structure, by)
    check_structure(document.structure, whole=True)
    document.state = DocumentState.CONFIRMED
    document.confirmed_by, document.confirmed_at = by, clock.now()
    document.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    journal.record("document.confirmed", by=by, refs=[Ref("document", str(document.pk))])
    publish(events.DocumentConfirmed(document_id=str(document.pk), by_id=by.pk))
    return document


def _require_stand(document: Document, over: str | None) -> None:
    if over is not None and over != queries.stand_of(document):
        raise BadInput(
            _("This document was corrected in another window meanwhile. Copy what you typed and open the page anew.")
        )


@transaction.atomic
def withdraw_document(*, document_id: UUID | str, by: Person, reason: str) -> None:
    """Take back an import that nobody confirmed; the file may then be imported anew."""
    document = _lock(document_id, by)
    if not squeeze(reason):
        raise BadInput(fields={"reason": [_("Say why, in a few words.")]})
    document.state = DocumentState.WITHDRAWN
    document.save(update_fields=["state"])
    journal.record("document.withdrawn", by=by, refs=[Ref("document", str(document.pk))], reason=squeeze(reason))


def check_structure(structure: dict[str, Any], *, whole: bool = False) -> dict[str, Any]:
    """Check a corrected structure; raise BadInput naming each wrong value by its way ('tasks.2.due').

    `whole` also asks for what a document needs before its tasks become work.
    """
    wrong: dict[str, list[str]] = {}
    if structure.get("issued_on"):
        try:
            date.fromisoformat(structure["issued_on"])
        except (TypeError, ValueError):
            wrong["issued_on"] = [_("Write the date as 24/11/2026.")]
    for name in ("number", "issuer", "title", "issued_on") if whole else ():
        if not structure.get(name):
            wrong[name] = [_("Fill this in before you confirm.")]
    if whole and not structure.get("tasks") and not structure.get("duties"):
        wrong[""] = [_("The document orders nothing: add a task before you confirm.")]
    refs: set[str] = set()
    for i, task in enumerate(structure.get("tasks", [])):
        if not task.get("title"):
            wrong[f"tasks.{i}.title"] = [_("Write what is to be done.")]
        if task.get("ref") in refs:
            wrong[f"tasks.{i}.ref"] = [_("Two tasks have this number.")]
        refs.add(task.get("ref"))
        try:
            last_day(task.get("due") or "")
        except (TypeError, ValueError):
            wrong[f"tasks.{i}.due"] = [_("Write a deadline as 15/12/2026, 6/2026, quý II/2026 or 2026.")]
        if task.get("recurrence") not in (None, "", *Recurrence.values):
            wrong[f"tasks.{i}.recurrence"] = [_("Choose one of the list.")]
    for key in ("tasks", "duties") if whole else ():
        for i, row in enumerate(structure.get(key, [])):
            wrong |= {f"{key}.{i}.{name}": said for name, said in _too_long(row).items()}
    if wrong:
        raise BadInput(fields=wrong)
    return structure


# What tasks take of a value; a reading that went astray may hold a whole paragraph.
LONGEST = {"ref": 20, "time_text": 300}
LONGEST_UNIT = 300
_UNITS = ("lead", "unit", "coordinating", "implementing")


def _too_long(row: dict[str, Any]) -> dict[str, list[str]]:
    ref = (row.get("ref") or "")[:20]
    wrong: dict[str, list[str]] = {}
    for name, most in LONGEST.items():
        if len(row.get(name) or "") > most:
            wrong[name] = [_("Item %(ref)s: at most %(most)s characters fit.") % {"ref": ref, "most": most}]
    for name in _UNITS:
        if any(len(unit) > LONGEST_UNIT for unit in row.get(name) or []):
            said = _("Item %(ref)s: the name of a unit has at most %(most)s characters.")
            wrong[name] = [said % {"ref": ref, "most": LONGEST_UNIT}]
    return wrong


def sentence_about(error: adapters.UnreadableFile | NotAnOfficialDocument | TextTooLong) -> str:
    """Say why a file could not be taken and, where another file would do, what is accepted."""
    words = sentence_of_problem(error.code)
    if not isinstance(error, adapters.UnreadableFile):
        return words
    accepted = _(
        "Accepted: Word (.docx), PDF with text, OpenDocument (.odt), plain text (.txt, .md), up to %(most)s MB."
    ) % {"most": settings.OPTIONS["COSO_UPLOAD_MB"]}
    return f"{words} {accepted}"


def sentence_of_problem(code: str) -> str:
    """Say what is wrong with a file, by the error's code."""
    return WORDS.get(code, WORDS["unknown"])()


WORDS = {
    "empty": lambda: _("The file is empty."),
    "too_large": lambda: _("The file is too large."),
    "unknown": lambda: _("The file is no document that can be read."),
    "encrypted": lambda: _("The file is locked by a password. Save a copy without the password."),
    "no_text": lambda: _("The PDF holds pictures of pages and no text. Ask the sender for the file with text."),
    "no_ocr": lambda: _(
        "The PDF is a scan, and no text recognition (tesseract with Vietnamese) is installed on this server. "
        "Ask the administrator to install it, or the sender for the file with text."
    ),
    "no_office": lambda: _(
        "Old Word files (.doc, .rtf) are read through LibreOffice, which is not installed on this server. "
        "Save the file as .docx, or ask the administrator to install it."
    ),
    "picture": lambda: _("The file is a photo, not a document. Send the document itself, or its scan as a PDF."),
    "too_many_pages": lambda: _("The file has too many pages for one document. Split it, or leave out its annexes."),
    "broken": lambda: _("The file is damaged and could not be opened."),
    "bomb": lambda: _("The file unpacks to far more than a document holds, so it was refused."),
    "encoding": lambda: _("The text is in an old encoding. Save it as Unicode (UTF-8)."),
    "entities": lambda: _("The file holds XML entities, which no document needs, so it was refused."),
    "not_an_official_document": lambda: _(
        "No plan, decision or directive was found in this file. Choose an official document with its number, "
        "date and title; Word (.docx), PDF with text, OpenDocument (.odt) and plain text are read."
    ),
    "text_too_long": lambda: _("The text is too long for one document. Import the document without its annexes."),
}
