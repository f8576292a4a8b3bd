"""Other routes: what a person wants by each, and for whoever keeps the accounts what became of what was sent."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.notices import actions, ports
from coso.notices.models import Delivery, DeliveryState, RouteChoice, Wanted
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.policies import require
from coso.places.queries import province
from coso.ui.chips import Chip, Tone
from coso.ui.forms import HouseForm, RadioCards
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb

TONES = {
    DeliveryState.WAITING: Tone.WAITING,
    DeliveryState.SENT: Tone.DONE,
    DeliveryState.FAILED: Tone.DANGER,
}


class WantedForm(HouseForm, forms.Form):
    """Choose what to get by one route."""

    wanted = forms.ChoiceField(label=_("What do you want by e-mail?"), choices=Wanted.choices, widget=RadioCards())


@staff("desk.use")
def routes(request: StaffRequest) -> HttpResponse:
    """Let a person choose for himself what he gets by e-mail."""
    route = ports.routes()[0]
    now = RouteChoice.objects.filter(person=request.person, route=route.key).first()
    form = WantedForm(request.POST or None, initial={"wanted": now.wanted if now else Wanted.PRESSING})
    if request.method == "POST" and form.is_valid():
        actions.choose_route(person=request.person, route=route.key, wanted=form.cleaned_data["wanted"])
        messages.success(request, _("Your choice holds from now on."))
        return redirect("notices:routes")
    context = {
        "title": _("Notices by e-mail"),
        "sentence": _where_it_goes(request, route),
        "form": form,
        "crumbs": [Crumb(_("Notices"), reverse("notices:notices"))],
    }
    return render(request, "notices/routes.html", context, status=422 if form.errors else 200)


def _where_it_goes(request: StaffRequest, route: ports.Route) -> str:
    if not route.is_on():
        return gettext("This system sends no e-mail yet; notices stand on the desk.")
    if not route.has_address(request.person):
        return gettext("Your account has no e-mail address; ask whoever keeps the accounts to enter it.")
    return gettext("E-mails go to %(address)s.") % {"address": request.person.email}


def _sentence(_request: HttpRequest) -> str:
    failed = Delivery.objects.filter(state=DeliveryState.FAILED).count()
    if not failed:
        return gettext("Nothing failed.")
    return ngettext("%(count)s e-mail could not be sent.", "%(count)s e-mails could not be sent.", failed) % {
        "count": failed
    }


def _chip(delivery: Delivery) -> Chip:
    return Chip(delivery.get_state_display(), TONES[DeliveryState(delivery.state)])


def _problem(delivery: Delivery) -> str:
    if not delivery.problem:
        return ""
    if delivery.problem == "address":
        return gettext("The address makes no sense.")
    if delivery.problem.isdigit():
        return gettext("The mail server answered %(code)s.") % {"code": delivery.problem}
    return gettext("The mail server could not be reached.")


SENT = ListSpec(
    key="thu-dien-tu",
    title=_("E-mails sent"),
    sentence=_sentence,
    columns=[
        Column("person", _("To whom"), lambda one: str(one.notice.person), sort="notice__person__sort_key"),
        Column("at", _("Notice of"), "notice.created_at", sort="notice__created_at", kind="when"),
        Column("state", _("State"), _chip, sort="state", kind="state"),
        Column("tries", _("Tries"), "tries", sort="tries", kind="number"),
        Column("sent", _("Sent"), "sent_at", sort="sent_at", kind="when"),
        Column("problem", _("Problem"), _problem),
    ],
    search=("notice__person__folded",),
    search_label=_("Search for a person"),
    filters=[Filter("state", _("State"), DeliveryState.choices, lambda rows, value: rows.filter(state=value))],
    default_sort="-at",
    empty=Empty(_("No e-mail yet"), _("Reminders go out by e-mail to whoever has an address."), icon="email"),
)


@require_safe
@staff("account.manage")
def deliveries(request: StaffRequest) -> HttpResponseBase:
    """List what went out by other routes, whole or not."""
    require(request.person, "account.manage", province())
    failed = Delivery.objects.filter(state=DeliveryState.FAILED).exists()
    rows = Delivery.objects.select_related("notice__person")
    return list_response(request, SENT, rows, template="notices/deliveries.html", extra={"failed": failed})


@require_POST
@staff("account.manage")
def try_again(request: StaffRequest) -> HttpResponse:
    """Let everything that failed be tried again."""
    require(request.person, "account.manage", province())
    for pk in Delivery.objects.filter(state=DeliveryState.FAILED).values_list("pk", flat=True)[:1000]:
        actions.try_again(delivery_id=pk, by=request.person)
    messages.success(request, _("What failed is tried again within a minute."))
    return redirect("notices:deliveries")
