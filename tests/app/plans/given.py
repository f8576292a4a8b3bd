"""What the tests of plans take as given: a confirmed document and the bodies that it names."""

from datetime import date

from coso.documents.models import Document, DocumentState
from coso.organizations.models import Organization
from coso.plans import actions
from coso.plans.models import Part

ISSUED = date(2017, 2, 13)


def document_of(world, *, tasks=(), duties=(), state=DocumentState.CONFIRMED, sha="a", **more):
    """Make a document whose structure orders some tasks."""
    return Document.objects.create(
        file_name="a.txt",
        file_sha256=sha * 64,
        file_format="text",
        text="Sở Văn hóa chủ trì rà soát loa.",
        kind="Kế hoạch",
        number="82",
        symbol="KH-UBND",
        issued_on=ISSUED,
        state=state,
        imported_by=world.editor,
        structure={"tasks": list(tasks), "duties": list(duties)},
        **more,
    )


def row(ref="II.1", title="Rà soát loa", *, lead=(), **more):
    """Give a task as the reader gives it."""
    return {"ref": ref, "title": title, "lead": list(lead), **more}


def committee(place, **more):
    """Make the people's committee of a commune."""
    told = {"code": f"ubnd-{place.code}", "name": f"UBND {place.name}", "kind": "commune_authority", **more}
    return Organization.objects.create(place=place, **told)


def shared(world, *names, recurrence="annual", **more):
    """Make a task that these bodies lead, and give the part of the first of them in its present period."""
    document = document_of(world, tasks=[row(lead=names, recurrence=recurrence, **more)])
    (task,) = actions.make_tasks(document=document, by=world.approver)
    return Part.objects.filter(occurrence__task=task).order_by("occurrence__period_from", "pk")[0]
