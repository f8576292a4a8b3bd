"""Noting the phone signal of a village, and the panel of coverage on its page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.places.models import Level, Place
from coso.registry import queries as registry
from coso.registry.actions.coverage import note_signal
from coso.registry.queries import hardness, reaching
from coso.registry.rules.coverage import Channel
from coso.registry.web.coverage import words
from coso.registry.web.coverage.forms import SignalForm
from coso.ui.chips import Chip, Tone
from coso.ui.parts import Crumb


@staff("registry.edit")
def signal(request: StaffRequest, village_id: int) -> HttpResponseBase:
    """Note how well phones work in a village."""
    village = registry.get_place(request.person, village_id)
    if village.level != Level.VILLAGE or not village.is_valid_on(clock.today()):
        raise NotFound
    policies.require(request.person, "registry.edit", village)
    form = SignalForm(request.POST or None, signal=reaching.signal_of(village))
    back = reverse("places:place", args=[village.pk])
    if request.method == "POST" and form.is_valid():
        try:
            note_signal(by=request.person, village=village, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The signal of %(village)s was noted.") % {"village": village.name})
            return redirect(back)
    context = {
        "title": gettext("Note the phone signal"),
        "sentence": village.name,
        "form": form,
        "back": back,
        "crumbs": [Crumb(_("Places"), reverse("places:places")), Crumb(village.name, back)],
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


def panel(request: HttpRequest, place: Place) -> str:
    """Draw what reaches a village of today, for those who may read the registry there."""
    if place.level != Level.VILLAGE or not policies.may(request.user, "registry.read", place):
        return ""
    village = reaching.annotated(Place.objects.filter(pk=place.pk)).first()
    if village is None or not place.is_valid_on(clock.today()):
        return ""
    noted = reaching.signal_of(place)
    channels = [(words.CHANNELS[Channel.SPEAKER], words.speaker_chip(village))]
    for channel in (Channel.BOARD, Channel.COMMUNICATOR):
        there = getattr(village, reaching.FLAGS[channel])
        chip = Chip(gettext("Yes"), Tone.DONE) if there else Chip(gettext("None"), Tone.OFF)
        channels.append((words.CHANNELS[channel], chip))
    context = {
        "chip": words.village_chip(village),
        "channels": channels,
        "signal": noted,
        "signal_chip": words.signal_chip(noted),
        "difficulty": words.class_of(village.rank, hardness.difficulties()),
        "signal_url": reverse("registry:signal", args=[place.pk])
        if policies.may(request.user, "registry.edit", place)
        else "",
    }
    return render_to_string("registry/coverage/panel.html", context, request)
