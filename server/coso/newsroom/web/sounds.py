"""The sound on a bulletin's page: making, stopping, recording, listening."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coso.kit.errors import BadInput, NotFound, WrongState
from coso.kit.ranges import serve_blob
from coso.newsroom import actions, policies, queries
from coso.newsroom.models import SoundState
from coso.newsroom.web import bulletins
from coso.newsroom.web.forms import RecordingForm
from coso.organizations.doors import StaffRequest, staff


@require_safe
@staff(policies.READ)
def panel(request: StaffRequest, bulletin_id: Any) -> HttpResponseBase:
    """Give the panel of the sound; the page asks for it while a sound is being made."""
    found = queries.get_visible(request.person, bulletin_id)
    heard = queries.current_sound(found)
    standing = policies.standing(request.person, found)
    steps = policies.steps(request.person, found, has_sound=heard is not None)
    context = bulletins.sound_context(found, standing, steps, heard)
    context["back"] = "review" if request.GET.get("back") == "review" else ""
    response = render(request, "newsroom/parts/sound.html", context)
    if request.headers.get("HX-Request") and not context["under_way"] and not context["back"]:
        # What the page says above (where it stands, what comes next) has changed as well.
        response["HX-Refresh"] = "true"
    return response


@require_POST
@staff(policies.READ)
def make(request: StaffRequest, bulletin_id: Any) -> HttpResponseBase:
    """Ask for the synthesized sound."""
    actions.request_sound(bulletin_id=bulletin_id, by=request.person)
    return redirect(_back(request), bulletin_id)


@require_POST
@staff(policies.READ)
def stop(request: StaffRequest, bulletin_id: Any, sound_id: int) -> HttpResponseBase:
    """Stop the sound that is being made."""
    queries.get_visible(request.person, bulletin_id)
    try:
        actions.stop_sound(sound_id=sound_id, by=request.person)
    except WrongState:
        messages.info(request, _("The sound was finished before it could be stopped."))
    return redirect(_back(request), bulletin_id)


def _back(request: StaffRequest) -> str:
    """Name the page that the button was on: the approver listens on his own."""
    return "newsroom:review" if request.POST.get("back") == "review" else "newsroom:bulletin"


@require_POST
@staff(policies.WRITE)
def record(request: StaffRequest, bulletin_id: Any) -> HttpResponseBase:
    """Take the recording of a human voice."""
    found = queries.get_visible(request.person, bulletin_id)
    form = RecordingForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.upload_recording(bulletin_id=bulletin_id, by=request.person, data=file.read(), file_name=file.name)
        except BadInput as wrong:
            form.take_errors(wrong.fields)
        else:
            messages.success(request, _("The recording was taken; its loudness is being levelled."))
            return redirect("newsroom:bulletin", bulletin_id)
    return render(request, "newsroom/bulletin.html", bulletins.page(request, found, form), status=422)


@require_safe
@staff(policies.READ)
def listen(request: StaffRequest, bulletin_id: Any, sound_id: int, kind: str) -> HttpResponseBase:
    """Give a sound's file, whole or in part, to whoever may know of its bulletin."""
    found = queries.get_visible(request.person, bulletin_id)
    sound = found.sounds.filter(pk=sound_id, state=SoundState.READY).select_related("mp3", "opus").first()
    media = {"mp3": sound.mp3, "opus": sound.opus}.get(kind) if sound is not None else None
    if media is None:
        raise NotFound
    try:
        return serve_blob(request, media.sha256, media.mime)
    except FileNotFoundError:
        raise NotFound from None
