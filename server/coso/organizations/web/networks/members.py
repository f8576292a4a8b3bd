"""The page of one member of a network, and the file of the decision."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit.errors import NotFound
from coso.kit.ranges import serve_blob
from coso.kit.refs import Ref, describe
from coso.organizations import policies, queries, rules
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import NetworkMember
from coso.organizations.rules import Network
from coso.organizations.web.networks.lists import OWN
from coso.organizations.web.networks.words import (
    WORDS,
    areas_words,
    languages_words,
    network_at,
    own_words,
    sample_chip,
    service_chip,
)
from coso.ui.parts import Crumb


def crumbs_of(network: Network, member: NetworkMember | None = None) -> list[Crumb]:
    """Give the way to a page of a network."""
    words = WORDS[network]
    crumbs = [Crumb(words.title, reverse("organizations:network", args=[words.slug]))]
    if member is not None:
        crumbs.append(Crumb(member.full_name, reverse("organizations:member", args=[words.slug, member.pk])))
    return crumbs


@require_safe
@staff("network.read")
def member(request: StaffRequest, network: str, member_id: int) -> HttpResponse:
    """Show one member: for which areas, by which decision, until when."""
    kind = network_at(network)
    found = queries.get_member(request.person, kind, member_id)
    context: dict[str, Any] = {
        "title": found.full_name,
        "member": found,
        "slug": network,
        "chip": service_chip(found),
        "sample": sample_chip(found),
        "about": WORDS[kind].about,
        "own_label": OWN[kind][0],
        "own": own_words(found),
        "whole": areas_words(found) if [one.pk for one in found.areas.all()] == [found.place_id] else "",
        "areas": _areas(request, found),
        "languages": languages_words(found),
        "posts": _posts(found),
        "is_communicator": kind == Network.COMMUNICATORS,
        "may_edit": policies.may(request.person, "network.edit", found.place),
        "history": journal.told(Ref(str(kind), str(found.pk))),
        "crumbs": crumbs_of(kind),
    }
    return render(request, "organizations/networks/member.html", context)


def _areas(request: StaffRequest, found: NetworkMember) -> list[dict[str, Any]]:
    """Give the areas, each with its page where the person may see it, and what followed it."""
    told = []
    for area in sorted(found.areas.select_related("current"), key=lambda one: one.sort_key):
        page = describe(Ref("place", str(area.current_id or area.pk)), request.person)
        now = area.current.name if area.current and area.current_id != area.pk else ""
        told.append({"name": area.name, "now": now, "url": page[1] if page else ""})
    return told


def _posts(found: NetworkMember) -> list[str]:
    """List the posts from which the linked account has its rights."""
    if found.person is None:
        return []
    held = queries.posts_held().filter(person=found.person)
    return [f"{post.get_role_display()}, {post.place.name}" for post in held]


@require_safe
@staff("network.read")
def decision(request: StaffRequest, network: str, member_id: int) -> HttpResponseBase:
    """Give the file of the decision to who may see the member."""
    found = queries.get_member(request.person, network_at(network), member_id)
    if not found.decision_sha256:
        raise NotFound
    try:
        # Another file may take its place at this address: it is asked for anew each time.
        response = serve_blob(request, found.decision_sha256, rules.mime_of(found.decision_file), fresh_s=0)
    except FileNotFoundError as gone:
        raise NotFound from gone
    response["Content-Disposition"] = content_disposition_header(False, found.decision_file) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response
