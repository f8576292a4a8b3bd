"""Writing a bulletin and changing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coso.kit import ids
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.newsroom import actions, policies, queries
from coso.newsroom.models import Bulletin
from coso.newsroom.rules import review
from coso.newsroom.rules.review import State
from coso.newsroom.web.forms import BulletinForm
from coso.newsroom.web.picker import picker
from coso.newsroom.web.sides import sides
from coso.organizations.doors import StaffRequest, staff
from coso.plans import queries as tasks
from coso.plans.models import Task


@staff(policies.WRITE)
def write(request: StaffRequest) -> HttpResponseBase:
    """Write a bulletin, from scratch or for a task (`?task=ID`)."""
    task = _task(request)
    if request.method != "POST":
        form = BulletinForm(initial=_first_words(task), person=request.person)
        return _page(request, form, areas=[], task=task)
    if "do" in request.POST:
        typed = BulletinForm.as_typed(request.POST, person=request.person)
        return _page(request, typed, areas=request.POST.getlist("areas"), task=task)
    form = BulletinForm(request.POST, person=request.person)
    if form.is_valid():
        try:
            return _heard(request, _keep(request, form.cleaned_data, task), is_new=True)
        except BadInput as wrong:
            form.take_errors(wrong.fields)
    return _page(request, form, areas=request.POST.getlist("areas"), task=task)


def _keep(request: StaffRequest, content: dict[str, Any], task: Task | None) -> Bulletin:
    """Write the bulletin; a form that was sent before changes the one it made."""
    key = content.pop("key")
    content.pop("edits")
    content["areas"] = list(content["areas"])
    if key and queries.visible_to(request.person).filter(pk=key, author=request.person).exists():
        return actions.edit_bulletin(bulletin_id=key, by=request.person, **content)
    return actions.write_bulletin(by=request.person, task=task, key=key, **content)


@staff(policies.WRITE)
def edit(request: StaffRequest, bulletin_id: Any) -> HttpResponseBase:
    """Change a draft or a returned bulletin."""
    found = queries.get_visible(request.person, bulletin_id)
    if not policies.standing(request.person, found).writes:
        raise NotAllowed(policies.WRITE)
    # A unit that ended since is offered as what it is today; the text itself says what it said.
    areas: list[Any] = [place.current_id or place.pk for place in found.areas.all()]
    if State(found.state) not in review.EDITABLE:
        return _too_late(request, found, request.POST.getlist("areas"))
    if request.method != "POST":
        form = BulletinForm(initial=_present(found), person=request.person)
        return _page(request, form, areas=areas, bulletin=found)
    areas = request.POST.getlist("areas")
    if "do" in request.POST:
        typed = BulletinForm.as_typed(request.POST, person=request.person)
        return _page(request, typed, areas=areas, bulletin=found)
    form = BulletinForm(request.POST, person=request.person)
    if form.is_valid():
        content = {**form.cleaned_data, "areas": list(form.cleaned_data["areas"])}
        content.pop("key")
        try:
            changed = actions.edit_bulletin(bulletin_id=found.pk, by=request.person, **content)
            return _heard(request, changed, is_new=False)
        except BadInput as wrong:
            form.take_errors(wrong.fields)
        except WrongState:
            return _overtaken(request, found, areas)
    return _page(request, form, areas=areas, bulletin=found)


def _overtaken(request: StaffRequest, found: Bulletin, areas: list[Any]) -> HttpResponse:
    """Show what was typed beside what a colleague saved meanwhile; saving again is then a choice."""
    found = queries.get_visible(request.person, found.pk)
    if State(found.state) not in review.EDITABLE:
        return _too_late(request, found, areas)
    typed = request.POST.copy()
    typed["edits"] = str(found.edits)
    form = BulletinForm(typed, person=request.person)
    form.add_error(
        None,
        _("Somebody else changed this bulletin while you were writing. Compare below; saving again keeps your text."),
    )
    return _page(request, form, areas=areas, bulletin=found, theirs=found)


def _too_late(request: StaffRequest, found: Bulletin, areas: list[Any]) -> HttpResponse:
    """Show what was typed once more when a colleague submitted the bulletin meanwhile: no word is lost unseen."""
    if request.method != "POST":
        raise WrongState(_("A bulletin is changed only while it is a draft or was returned."))
    form = BulletinForm(request.POST, person=request.person)
    form.add_error(
        None,
        _("This bulletin was submitted or decided meanwhile and cannot be changed now. Copy your text before you go."),
    )
    answer = _page(request, form, areas=areas, bulletin=found, theirs=found)
    answer.status_code = WrongState.status
    return answer


def _heard(request: StaffRequest, bulletin: Bulletin, *, is_new: bool) -> HttpResponse:
    """Have the sound made, say that it was saved, and go to the bulletin."""
    actions.request_sound(bulletin_id=bulletin.pk, by=request.person)
    messages.success(
        request,
        _("The draft is saved; its sound is being made. Listen to it, then submit it for approval.")
        if is_new
        else _("The changes are saved."),
    )
    return redirect("newsroom:bulletin", bulletin.pk)


def _page(request: StaffRequest, form: BulletinForm, *, areas: list[Any], **more: Any) -> HttpResponse:
    bulletin: Bulletin | None = more.get("bulletin")
    title, body = _typed(form)
    context = {
        "form": form,
        "title": _("Edit the bulletin") if bulletin else _("Write a bulletin"),
        "sentence": _("Written once; it is heard on loudspeakers, read on boards and on the portal."),
        "crumbs": [(_("Bulletins"), reverse("newsroom:list")), (bulletin.title if bulletin else _("New"), "")],
        "cancel": reverse("newsroom:bulletin", args=[bulletin.pk]) if bulletin else reverse("newsroom:list"),
        "picker": picker(request.person, areas, request.POST.get("find", "")),
        "sides": sides(queries.written_text(title, body), queries.spoken(title, body)) if title or body else None,
        "may_teach": policies.may_edit_lexicon(request.person),
        **more,
    }
    return render(request, "newsroom/write.html", context, status=422 if form.errors else 200)


def _typed(form: BulletinForm) -> tuple[str, str]:
    """Give title and body as they stand in a form, cut to what is worth reading aloud on the page."""
    title, body = (str(form[name].value() or "") for name in ("title", "body"))
    return title[: review.TITLE_MOST], body[: review.BODY_MOST]


def _present(bulletin: Bulletin) -> dict[str, Any]:
    names = ("title", "body", "rank", "expires_at", "is_public", "edits")
    return {name: getattr(bulletin, name) for name in names}


def _first_words(task: Task | None) -> dict[str, Any]:
    """Begin a bulletin: with a task, its title and where it is ordered."""
    if task is None:
        return {"key": ids.new_id()}
    document = task.document
    source = _("(By %(kind)s %(document)s.)") % {
        "kind": document.kind.lower() or _("document"),
        "document": f"{document.number}/{document.symbol}".strip("/") or document.file_name,
    }
    return {"key": ids.new_id(), "title": _cut(task.title, review.TITLE_MOST), "body": f"{task.title}.\n\n{source}"}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def _task(request: HttpRequest) -> Task | None:
    typed = request.GET.get("task", "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 18):
        raise NotFound
    return tasks.get_visible(request.user, int(typed))


@staff(policies.WRITE)
def places(request: StaffRequest) -> HttpResponseBase:
    """Give the places to tick while a name is typed; part of the form."""
    asked: QueryDict = request.GET
    found = picker(request.person, asked.getlist("areas"), asked.get("find", ""))
    return render(request, "newsroom/parts/choices.html", {"picker": found})


@require_POST
@staff(policies.WRITE)
def spoken(request: StaffRequest) -> HttpResponseBase:
    """Say how a text that is being written will be read; part of the form. Nothing is kept."""
    title, body = request.POST.get("title", "")[: review.TITLE_MOST], request.POST.get("body", "")[: review.BODY_MOST]
    context = {
        "sides": sides(queries.written_text(title, body), queries.spoken(title, body)) if title or body else None,
        "may_teach": policies.may_edit_lexicon(request.person),
    }
    return render(request, "newsroom/parts/spoken_side.html", context)
