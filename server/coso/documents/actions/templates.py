"""Changing the Word template of a kind of paper, and going back to the shipped one."""

from django.db import transaction
from django.utils.translation import gettext as _

from coso.documents import policies, queries
from coso.documents.adapters import writer
from coso.documents.models import PaperKind, PaperTemplate
from coso.journal import actions as journal
from coso.kit import blobs, clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.organizations.models import Person

LARGEST = 5 * 1024 * 1024
FAULTS = {
    "not_docx": lambda: _("This is no Word file (.docx). In Word choose “Save as”, then “Word document (*.docx)”."),
    "macros": lambda: _("The file holds macros or embedded objects, which a template must not. Save it without them."),
    "external": lambda: _(
        "The file points to something outside itself (a linked picture, a web address, a template elsewhere). "
        "Take the link out and put the picture itself in."
    ),
    "field": lambda: _("The file holds a field that fetches something (%(about)s). Take it out."),
    "unknown_mark": lambda: _("“%(about)s” is nothing that a paper has. The marks that may stand are listed below."),
    "marks": lambda: _(
        "A mark is not closed or not written right (%(about)s). Each “if” needs an “endif”, each “for” an “endfor”."
    ),
    "missing": lambda: _("These marks are missing, and every paper needs them: %(about)s."),
    "encrypted": lambda: _("The file is locked by a password. Save a copy without the password."),
    "bomb": lambda: _("The file unpacks to far more than a document holds, so it was refused."),
    "broken": lambda: _("The file is damaged and could not be opened."),
}


def change_template(*, kind: str, data: bytes, file_name: str, by: Person) -> PaperTemplate:
    """Put a Word file in the place of a kind's template, for everybody; the one before is kept.

    Raise BadInput with a sentence that says what is wrong with the file.
    """
    if not policies.may_change_templates(by):
        raise NotAllowed("paper.template")
    if kind not in PaperKind.values:
        raise BadInput(fields={"file": [_("Choose one.")]})
    if len(data) > LARGEST:
        raise BadInput(fields={"file": [_("The file is too large.")]})
    try:
        writer.check_template(data, kind)
    except writer.TemplateFault as fault:
        words = FAULTS.get(fault.code, FAULTS["broken"])()
        raise BadInput(fields={"file": [words % {"about": fault.about} if "%(about)s" in words else words]}) from fault
    with transaction.atomic():
        _end(kind)
        template = PaperTemplate(kind=kind, sha256=blobs.put(data), file_name=file_name[:200], uploaded_by=by)
        meanwhile = BadInput(_("Somebody else has changed this template meanwhile. Look at it, then try again."))
        with only_once(meanwhile):
            template.save()
        _record("template.changed", template, by)
    return template


@transaction.atomic
def drop_template(*, kind: str, by: Person) -> None:
    """Go back to the template that is shipped; the changed one is kept and may be taken again."""
    if not policies.may_change_templates(by):
        raise NotAllowed("paper.template")
    ended = _end(kind)
    if ended is None:
        raise WrongState
    _record("template.dropped", ended, by)


def _end(kind: str) -> PaperTemplate | None:
    template = PaperTemplate.objects.select_for_update().filter(kind=kind, organization=None, ended_at=None).first()
    if template is not None:
        template.ended_at = clock.now()
        template.save(update_fields=["ended_at"])
    return template


def _record(verb: str, template: PaperTemplate, by: Person) -> None:
    data = {"kind": template.kind, "file": template.file_name}
    journal.record(verb, by=by, refs=[Ref("paper_template", template.kind)], data=data)


def template_file(kind: str, template: PaperTemplate | None = None) -> bytes:
    """Give the Word file of a template: a changed one, else the one in use, else the shipped one."""
    found = template or queries.template_in_use(kind)
    if found is None:
        return writer.shipped_template(kind)
    with blobs.open_blob(found.sha256) as file:
        return file.read()
