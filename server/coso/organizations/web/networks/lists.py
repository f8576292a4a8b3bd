"""The lists of the three networks, and of the areas that nobody serves."""

from dataclasses import replace

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.organizations import policies, queries
from coso.organizations.choosing import communes_with
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import CommunicatorDuty, NetworkMember, ReporterLevel
from coso.organizations.rules import Network
from coso.organizations.web.networks.words import (
    WORDS,
    areas_words,
    languages_words,
    network_at,
    own_words,
    sample_chip,
    service_chip,
)
from coso.places.models import LabelFamily, LabelKind, Place
from coso.registers.ports import import_link
from coso.ui.lists import Action, Choices, Column, Empty, Filter, ListSpec, Rows, list_response
from coso.ui.parts import Crumb
from coso.ui.units import by_units


def _languages(request: HttpRequest) -> Choices:
    return [(kind.code, kind.name) for kind in LabelKind.objects.filter(family=LabelFamily.LANGUAGE)]


def _in_state(rows: Rows, value: str) -> Rows:
    # Whoever's decision is of today serves; so does who ends today.
    open_ = Q(ended_on=None) | Q(ended_on__gte=clock.today())
    return rows.filter(open_) if value == "serving" else rows.exclude(open_)  # type: ignore[union-attr]


MEMBERS = ListSpec(
    key="mang-luoi",
    title="",
    columns=[
        Column("name", _("Full name"), "full_name", sort="sort_key"),
        Column("own", _("Office"), own_words),
        Column("areas", _("Areas"), areas_words),
        Column("place", _("Belongs to"), "place.name", sort="place__sort_key"),
        Column("languages", _("Languages beside Vietnamese"), languages_words, shown=False),
        Column("decision", _("Decision"), "decision", shown=False),
        Column("decided", _("Date of the decision"), "decided_on", kind="date", shown=False),
        Column("ended", _("Last day"), "ended_on", kind="date", shown=False),
        Column("state", _("State"), service_chip, sort="ended_on", kind="state"),
        Column("sample", _("Data"), sample_chip, kind="state"),
    ],
    search=["folded", "place__folded"],
    search_label=_("Search by name, decision or commune"),
    filters=[
        Filter(
            "state",
            _("State"),
            [("serving", _("Serves")), ("ended", _("Service ended"))],
            _in_state,
            default="serving",
        ),
        Filter(
            "commune",
            _("Commune or ward"),
            communes_with("network.read"),
            lambda rows, value: rows.filter(place__current=value),
        ),
        Filter("language", _("Language"), _languages, lambda rows, value: rows.filter(languages=value)),
    ],
    default_sort="name",
)

OWN = {
    Network.COMMUNICATORS: (_("Office"), "duty", CommunicatorDuty.choices),
    Network.REPORTERS: (_("Level"), "level", ReporterLevel.choices),
    Network.INFORMATION_OFFICERS: (_("Body"), "", []),
}


def _spec(request: StaffRequest, network: Network) -> ListSpec:
    """Make the list of one network; telephone numbers are for who may edit there."""
    words = WORDS[network]
    label, field, choices = OWN[network]
    columns = [replace(column, label=label) if column.name == "own" else column for column in MEMBERS.columns]
    if policies.may(request.person, "network.edit"):
        columns.insert(2, Column("phone", _("Phone"), lambda row: _phone(request, row)))
    own = [Filter("own", label, choices, lambda rows, value: rows.filter(**{field: value}))] if field else []
    return replace(
        MEMBERS,
        key=words.slug,
        import_url=import_link(words.slug),
        title=words.title,
        sentence=lambda _request: _sentence(request, network),
        columns=columns,
        filters=[*MEMBERS.filters, *own],
        row_link=lambda row: reverse("organizations:member", args=[words.slug, row.pk]),
        primary=_enter(request, network),
        empty=Empty(words.none_yet, words.about, icon="people"),
    )


def _phone(request: StaffRequest, row: NetworkMember) -> str:
    return row.phone if policies.may(request.person, "network.edit", row.place) else ""


def _enter(request: StaffRequest, network: Network) -> Action | None:
    if not policies.may(request.person, "network.edit"):
        return None
    return Action(WORDS[network].enter, reverse("organizations:enter-member", args=[WORDS[network].slug]))


def _sentence(request: StaffRequest, network: Network) -> str:
    """Say how many serve, and how many areas have nobody."""
    count = queries.members_seen_by(request.person, network).filter(queries.serving()).count()
    said = ngettext("%(count)s person serves.", "%(count)s people serve.", count) % {"count": count}
    without = _without(request, network).count()
    if network == Network.REPORTERS:
        more = ngettext("%(count)s commune has none.", "%(count)s communes have none.", without)
    else:
        more = ngettext("%(count)s village has none.", "%(count)s villages have none.", without)
    return f"{said} {more % {'count': without}}" if without else f"{said} {gettext('No area is without one.')}"


def _without(request: StaffRequest, network: Network) -> "Rows":
    return queries.areas_without(network).filter(policies.scope(request.person, "network.read", "path"))


def tabs(network: Network, here: str) -> list[dict[str, object]]:
    """Give the ways between the three lists and the list of areas without anybody."""
    found: list[dict[str, object]] = [
        {
            "label": words.title,
            "url": reverse("organizations:network", args=[words.slug]),
            "current": other == network and here == "list",
        }
        for other, words in WORDS.items()
    ]
    words = WORDS[network]
    url = reverse("organizations:network-gaps", args=[words.slug])
    return [*found, {"label": words.without, "url": url, "current": here == "gaps"}]


@require_safe
@staff("network.read")
def networks(request: StaffRequest) -> HttpResponseBase:
    """Lead to the first of the three lists."""
    return redirect("organizations:network", WORDS[Network.COMMUNICATORS].slug)


@require_safe
@staff("network.read")
def member_list(request: StaffRequest, network: str) -> HttpResponseBase:
    """List the members of a network within the person's scope."""
    kind = network_at(network)
    rows = queries.members_seen_by(request.person, kind)
    extra = {"tabs": tabs(kind, "list"), "about": WORDS[kind].about}
    told = by_units(request, _spec(request, kind), rows, place="place")
    return list_response(request, *told, template="organizations/networks/list.html", extra=extra)


def _gaps_sentence(request: StaffRequest, network: Network) -> str:
    count = _without(request, network).count()
    if network == Network.REPORTERS:
        return ngettext("%(count)s commune has none.", "%(count)s communes have none.", count) % {"count": count}
    return ngettext("%(count)s village has none.", "%(count)s villages have none.", count) % {"count": count}


def _commune_of(row: Place) -> str:
    return row.parent.name if row.parent else ""


GAPS = ListSpec(
    key="dia-ban-chua-co-nguoi",
    title="",
    columns=[
        Column("name", _("Place"), "name", sort="sort_key"),
        Column("commune", _("Commune or ward"), _commune_of, sort="parent__sort_key"),
        Column("population", _("Population"), "population", sort="population", kind="number"),
        Column("sample", _("Data"), sample_chip, kind="state"),
        Column("code", _("Code"), "code", shown=False),
    ],
    search=["folded", "parent__folded"],
    search_label=_("Search for a place, with or without marks"),
    filters=[
        Filter(
            "commune",
            _("Commune or ward"),
            communes_with("network.read"),
            lambda rows, at: rows.filter(Q(pk=at) | Q(parent=at)),
        )
    ],
    # The page of a place belongs to an upper app; its address is known by name alone.
    row_link=lambda row: reverse("places:place", args=[row.pk]),
)


@require_safe
@staff("network.read")
def gaps(request: StaffRequest, network: str) -> HttpResponseBase:
    """List the villages (of reporters: the communes) that nobody of a network serves."""
    kind = network_at(network)
    words = WORDS[kind]
    spec = replace(
        GAPS,
        key=f"chua-co-{words.slug}",
        title=words.without,
        sentence=lambda _request: _gaps_sentence(request, kind),
        primary=_enter(request, kind),
        empty=Empty(_("Nowhere is anybody missing"), words.about, icon="done"),
    )
    extra = {
        "tabs": tabs(kind, "gaps"),
        "about": words.about,
        "crumbs": [Crumb(words.title, reverse("organizations:network", args=[words.slug]))],
    }
    return list_response(
        request, spec, _without(request, kind), template="organizations/networks/list.html", extra=extra
    )
