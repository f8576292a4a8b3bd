"""For which tasks an official document was written, told on its page."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from coso.documents.models import Document
from coso.documents.ports import register_document_panel
from coso.kit import clock
from coso.kit.refs import Ref
from coso.plans import queries
from coso.plans.web.chips import state_chip

MOST = 10


def panel(request: HttpRequest, document: Document) -> str:
    """Draw the tasks for which a document is evidence, as far as its reader may know of them."""
    tasks = list(queries.tasks_shown_by(Ref("document", str(document.pk)), request.user)[:MOST])
    if not tasks:
        return ""
    today = clock.today()
    rows = [{"task": task, "chip": state_chip(task, today)} for task in tasks]
    return render_to_string("plans/shown.html", {"rows": rows}, request)


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_document_panel(panel)
