"""How the journal's entries about kept files and the names of units read."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.documents import queries
from coso.documents.models import Upload
from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Kind, register_kind


def unit_decided(entry: Entry) -> str:
    """Word what a person said of a name."""
    count = entry.data.get("bodies", 0)
    if not count:
        return _("Said that “%(name)s” stands for nobody in this system.") % {"name": entry.data.get("name", "")}
    return ngettext("Joined “%(name)s” to %(count)s body.", "Joined “%(name)s” to %(count)s bodies.", count) % {
        "name": entry.data.get("name", ""),
        "count": count,
    }


def _file_name(ident: str) -> str | None:
    return Upload.objects.filter(pk=ident).values_list("file_name", flat=True).first()


def register() -> None:
    """Word the entries; answer for kept files."""
    register_sentence("document.unit_decided", unit_decided)
    register_sentence(
        "document.unit_undecided",
        lambda entry: _("Took back what was said of “%(name)s”.") % {"name": entry.data.get("name", "")},
    )
    register_sentence(
        "document.earlier_set",
        lambda entry: _("Said that it amends or replaces %(document)s.") % {"document": entry.data.get("earlier", "")},
    )
    register_sentence("document.earlier_none", lambda entry: _("Said that it amends or replaces no other document."))
    register_sentence("document.upload_kept", lambda entry: _("Kept a file that could not be read."))
    register_sentence("document.upload_dropped", lambda entry: _("Took a file that could not be read away."))
    register_kind(
        "upload",
        Kind(
            name=_file_name,
            address=lambda ident: reverse("documents:uploads"),
            visible=lambda person, ident: queries.waiting_uploads(person).filter(pk=ident).exists(),
            many=lambda person, idents: {
                str(one.pk): one.file_name for one in queries.waiting_uploads(person).filter(pk__in=idents)
            },
        ),
    )
