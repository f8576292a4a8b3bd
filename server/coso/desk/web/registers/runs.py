"""One import: its preview with errors by cell, its columns, bringing it in, taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from coso.desk.web.registers.pages import home, list_page
from coso.desk.web.registers.shown import Words, state_chip
from coso.journal import queries as journal
from coso.journal.ports import actor_name
from coso.kit import blobs
from coso.kit.errors import BadInput, NotFound, WrongState
from coso.kit.refs import Ref
from coso.organizations.doors import StaffRequest, staff
from coso.registers import actions, queries
from coso.registers.models import Import, ImportState
from coso.registers.ports import Register, register_of
from coso.registers.rules.states import UNDER_WAY, State, may_commit, may_move
from coso.registers.sentences import erased_words
from coso.ui.parts import Crumb


def _found(request: StaffRequest, import_id: UUID) -> tuple[Import, Register]:
    run = queries.seen_by(request.person).filter(pk=import_id).first()
    register = register_of(run.kind) if run else None
    if run is None or register is None:
        raise NotFound
    return run, register


def _sentence(run: Import) -> str:
    match run.state:
        case ImportState.CHECKED if run.layout.get("missing"):
            return _("Required columns were not found. Choose them below.")
        case ImportState.CHECKED if run.rows_wrong:
            return ngettext(
                "%(count)s row is wrong. Nothing is brought in until the file is mended.",
                "%(count)s rows are wrong. Nothing is brought in until the file is mended.",
                run.rows_wrong,
            ) % {"count": run.rows_wrong}
        case ImportState.CHECKED if run.rows_new + run.rows_changed:
            return _("Nothing is brought in yet. See what would happen, then confirm.")
        case ImportState.CHECKED:
            return _("The file changes nothing: every row is there already.")
        case ImportState.DONE:
            return _("The file was brought in.")
        case ImportState.UNDONE:
            return _("What this file brought in was taken back.")
        case ImportState.FAILED:
            return _("The file was refused; nothing was brought in.")
        case ImportState.STOPPED:
            return _("Stopped; nothing was brought in.")
        case _:
            return _("You may leave this page; the work goes on.")


@require_safe
@staff("register.import")
def import_page(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Show one import: what it would do or did, and what to do next."""
    run, register = _found(request, import_id)
    return _page(request, run, register)


def _page(request: StaffRequest, run: Import, register: Register, fault: str = "", status: int = 200) -> HttpResponse:
    words, is_own = Words(register), run.made_by == queries.actor(request.person)
    context: dict[str, Any] = {
        "title": run.file_name,
        "sentence": _sentence(run),
        "run": run,
        "register": register,
        "fault": fault or run.failure,
        "notes": run.layout.get("notes", []),
        "new_rows": words.new_rows(run),
        "changed_rows": words.changed_rows(run),
        "moved": words.moved(run),
        "list_url": list_page(register),
        "is_done": run.state == ImportState.DONE,
        "may_undo": run.state == ImportState.DONE and run.erased_at is None,
        "erased": erased_words(run) if run.erased_at else "",
        "others": "" if is_own else actor_name(run.made_by),
        "may_commit": is_own
        and run.erased_at is None
        and may_commit(run.state, rows_wrong=run.rows_wrong, rows_to_write=run.rows_new + run.rows_changed),
        "may_check": is_own and run.erased_at is None and may_move(run.state, State.CHECKING),
        "history": journal.told(Ref("import", str(run.pk))),
        "crumbs": [home(), Crumb(register.title, reverse("desk:register", args=[register.kind]))],
        **_progress(run),
        **_columns(run, register),
    }
    return render(request, "desk/registers/import.html", context, status=status)


def _progress(run: Import) -> dict[str, Any]:
    return {
        "chip": state_chip(run),
        "under_way": State(run.state) in UNDER_WAY,
        "may_stop": run.state == State.CHECKING,
    }


def _columns(run: Import, register: Register) -> dict[str, Any]:
    """Give each column of the file with the field it was taken for, for the form that changes it."""
    fields = [(one.name, one.label, one.required) for one in register.fields]
    columns = [
        {"letter": letter, "header": header, "chosen": run.mapping.get(letter, "")}
        for letter, header in run.layout.get("headers", {}).items()
    ]
    may_choose = run.state == ImportState.CHECKED and run.erased_at is None
    return {
        "columns": columns if may_choose else [],
        "fields": fields,
        "sheets": run.layout.get("sheets", []) if may_choose else [],
        "missing": [one.label for one in register.fields if one.name in run.layout.get("missing", [])],
    }


@require_safe
@staff("register.import")
def progress(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Give the part of the page that tells how far an import is; asked for again and again meanwhile."""
    run, _register = _found(request, import_id)
    context = {"run": run, **_progress(run)}
    response = render(request, "desk/registers/progress.html", context)
    if request.headers.get("HX-Request") and not context["under_way"]:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@staff("register.import")
def choose_columns(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Take other columns or another sheet, and check again."""
    run, register = _found(request, import_id)
    known = {one.name for one in register.fields}
    chosen = {letter: request.POST.get(f"column-{letter}", "") for letter in run.layout.get("headers", {})}
    columns = {letter: name for letter, name in chosen.items() if name in known}
    try:
        actions.choose_columns(
            import_id=run.pk, by=request.person, columns=columns, sheet=request.POST.get("sheet", "")[:100]
        )
    except BadInput as error:
        return _page(request, run, register, str(error), status=422)
    return redirect("desk:import", run.pk)


@require_POST
@staff("register.import")
def commit(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Bring the file in."""
    run, register = _found(request, import_id)
    try:
        done = actions.commit_import(import_id=run.pk, by=request.person)
    except BadInput as error:
        return _page(request, run, register, str(error), status=422)
    if done.state == ImportState.DONE:
        words = _("%(new)s new rows and %(changed)s changed ones were brought in.")
        messages.success(request, words % {"new": done.rows_new, "changed": done.rows_changed})
    elif done.state == ImportState.CHECKED:
        messages.warning(
            request, _("Records changed since the preview; nothing was brought in. Look at the new preview.")
        )
    return redirect("desk:import", run.pk)


@require_POST
@staff("register.import")
def undo(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Take back what the file brought in."""
    run, register = _found(request, import_id)
    try:
        done = actions.undo_import(import_id=run.pk, by=request.person)
    except BadInput as error:
        run.refresh_from_db()
        return _page(request, run, register, str(error), status=422)
    if done.state == ImportState.UNDONE:
        messages.success(request, _("What this file brought in was taken back."))
    return redirect("desk:import", run.pk)


@require_POST
@staff("register.import")
def stop(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Stop the check."""
    try:
        actions.stop_import(import_id=import_id, by=request.person)
    except WrongState:
        messages.info(request, _("The check was finished before it could be stopped."))
    return redirect("desk:import", import_id)


@require_POST
@staff("register.import")
def check_again(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Check the file anew."""
    actions.check_again(import_id=import_id, by=request.person)
    return redirect("desk:import", import_id)


@require_safe
@staff("register.import")
def wrong_rows(request: StaffRequest, import_id: UUID) -> HttpResponseBase:
    """Give the wrong rows with their reasons as a file."""
    run, _register = _found(request, import_id)
    if not run.wrong_sha256:
        raise NotFound
    return FileResponse(
        blobs.open_blob(run.wrong_sha256),
        as_attachment=True,
        filename=f"dong-sai-{run.kind}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
