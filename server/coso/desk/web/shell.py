"""What the desk puts on the shell: today, the place where one works, the bell, the search."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.journal.ports import register_actor_names
from coso.notices.models import Notice
from coso.organizations import policies
from coso.organizations.models import Person, Post
from coso.ui import ports
from coso.ui.units import now_name

WORKPLACE = "workplace"
"""Key of the session: the id of the post in which the person works now."""


def current_post(request: HttpRequest) -> Post | None:
    """Give the post in which a person works now: the chosen one, else the first."""
    posts = policies.posts_of(request.user)
    chosen = request.session.get(WORKPLACE, "")
    return next((post for post in posts if str(post.pk) == chosen), posts[0] if posts else None)


def _workplace(post: Post, person: object) -> ports.Workplace:
    words = str(post.get_role_display())
    if policies.stands_in(person, post):
        words = _("%(role)s, for %(holder)s") % {"role": words, "holder": post.person.full_name}
    if post.organization:
        words = f"{words} · {post.organization.short_name or post.organization.name}"
    return ports.Workplace(key=str(post.pk), place=now_name(post.place), post=words)


def workplaces(request: HttpRequest) -> ports.Workplaces | None:
    """Tell where the person works and where else he may."""
    here = current_post(request)
    if here is None:
        return None
    others = [_workplace(post, request.user) for post in policies.posts_of(request.user) if post.pk != here.pk]
    return ports.Workplaces(_workplace(here, request.user), others, reverse("desk:switch") if others else "")


def bell(request: HttpRequest) -> ports.Bell | None:
    """Count what the person has not seen."""
    if not isinstance(request.user, Person):
        return None
    return ports.Bell(Notice.objects.filter(person=request.user, seen_at=None).count(), reverse("notices:notices"))


def search_field(request: HttpRequest) -> ports.SearchField | None:
    """Offer the one search to who may use the desk."""
    if not policies.may(request.user, "desk.use"):
        return None
    return ports.SearchField(reverse("desk:search"), _("Search in everything"))


def banner(request: HttpRequest) -> ports.Banner | None:
    """Say on every page of a demonstration that its villages and people are samples."""
    options: dict[str, Any] = settings.OPTIONS
    if not options["COSO_DEMO"]:
        return None
    return ports.Banner(
        _("This is a demonstration: villages, people, loudspeakers and bulletins marked as samples are made up."),
        "quiet",
    )


def nobody_in_particular(actor: str) -> str | None:
    """Name the actors that are no person and no device."""
    return {"system": _("the system"), "resident": _("a resident")}.get(actor)


def register() -> None:
    """Called from `AppConfig.ready`."""
    ports.register_nav(
        ports.NavItem(
            key="today",
            label=gettext_lazy("Today"),
            icon="today",
            url_name="desk:today",
            order=10,
            right=lambda request: policies.may(request.user, "desk.use"),
            phone=0,
        )
    )
    ports.register_nav(
        ports.NavItem(
            key="journal",
            label=gettext_lazy("Journal"),
            icon="journal",
            url_name="desk:journal",
            order=230,
            right=lambda request: policies.may_throughout(request.user, "journal.read"),
        )
    )
    register_actor_names(nobody_in_particular)
    ports.register_workplace(workplaces)
    ports.register_bell(bell)
    ports.register_search(search_field)
    ports.register_banner(banner)
