"""The accounts that an administrator manages, the page of one, and everybody's own."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit.errors import NotFound
from coso.kit.refs import Ref
from coso.organizations import policies, queries
from coso.organizations.adapters import is_configured
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import ROLE_CHOICES, Deputy, Person, Post
from coso.organizations.web import sign_on
from coso.organizations.web.deputies import may_end
from coso.organizations.web.words import account_chip, deputy_chip, post_chip, posts_held_words, with_posts
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Action, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.units import told_by_units


def _sentence(request: HttpRequest) -> str:
    managed = queries.people_managed_by(request.user)  # type: ignore[arg-type]
    count = managed.filter(is_active=True).count()
    return ngettext("%(count)s open account.", "%(count)s open accounts.", count) % {"count": count}


def _with_role(rows: QuerySet[Person], value: str) -> QuerySet[Person]:
    return rows.filter(queries.people_in_role(value))


SPEC = ListSpec(
    key="tai-khoan",
    title=_("Accounts"),
    sentence=_sentence,
    columns=[
        Column("name", _("Full name"), "full_name", sort="sort_key"),
        Column("username", _("Account name"), "username", sort="username"),
        Column("posts", _("Posts held"), lambda row: posts_held_words(row, False)),
        Column("state", _("State"), account_chip, sort="is_active", kind="state"),
        Column("two_step", _("Two-step sign-in"), "two_step", kind="bool"),
        Column("last", _("Last sign-in"), "last_login", sort="last_login", kind="when"),
    ],
    search=["folded"],
    search_label=_("Search by name or account"),
    filters=[
        Filter(
            "state",
            _("State"),
            [("open", _("Account open")), ("closed", _("Closed"))],
            lambda rows, value: rows.filter(is_active=value == "open"),
            default="open",
        ),
        Filter("role", _("Role"), ROLE_CHOICES, _with_role),
    ],
    default_sort="name",
    row_link=lambda row: reverse("organizations:account", args=[row.pk]),
    primary=lambda request: Action(gettext("Open an account"), reverse("organizations:open-account")),
    empty=Empty(
        _("No account yet"),
        _("Open one for each person who works with the system; residents need none."),
        icon="people",
    ),
)


def get_managed(person: Person, person_id: int) -> Person:
    """Give one person whose account may be managed. Raise NotFound."""
    found = queries.people_managed_by(person).filter(pk=person_id).first()
    if found is None:
        raise NotFound
    return found


@require_safe
@staff("account.manage")
def account_list(request: StaffRequest) -> HttpResponseBase:
    """List the accounts within the person's scope."""
    rows = with_posts(queries.people_managed_by(request.person))
    spec = told_by_units(request, SPEC, posts=posts_held_words)
    return list_response(
        request, spec, rows.annotate(two_step=Exists(Authenticator.objects.filter(user=OuterRef("pk"))))
    )


@dataclass(frozen=True)
class PostLine:
    """One post as a page shows it."""

    post: Post
    chip: Chip
    may_end: bool = False
    may_name: bool = False
    """Whether the reader may say who stands in for its holder."""
    stands_in: bool = False
    """Whether it is another's, for whom the person stands in."""


@dataclass(frozen=True)
class DeputyLine:
    """One who stands in for another, as a page shows it."""

    deputy: Deputy
    chip: Chip
    may_end: bool


def deputy_lines(reader: Person, person: Person) -> list[DeputyLine]:
    """Tell who stands in for a person, and for whom he does."""
    found = [(one, deputy_chip(one)) for one in queries.deputies_about(person)]
    return [DeputyLine(one, chip, chip.tone != Tone.OFF and may_end(reader, one)) for one, chip in found]


@require_safe
@staff("account.manage")
def account(request: StaffRequest, person_id: int) -> HttpResponse:
    """Show one account with its posts, and what may be done about it."""
    found = get_managed(request.person, person_id)
    is_own = found.pk == request.person.pk
    posts = list(found.posts.select_related("place", "organization", "person").order_by("-held_from", "-pk"))
    mine = [policies.may_manage(request.person, found, post.place) for post in posts]
    not_over = {post.pk for post in queries.posts_not_over(found)}
    manages_all = all(may for post, may in zip(posts, mine, strict=True) if post.pk in not_over)
    context: dict[str, Any] = {
        "title": found.full_name,
        "sentence": found.username,
        "account": found,
        "chip": account_chip(found),
        "is_own": is_own,
        "two_step": Authenticator.objects.filter(user=found).exists(),
        "posts": [
            _managed_post(request.person, post, may and found.is_active) for post, may in zip(posts, mine, strict=True)
        ],
        "deputies": deputy_lines(request.person, found),
        "leaves": queries.handover_under_way(found),
        "may_give": found.is_active and not is_own,
        "may_close": found.is_active and not is_own and manages_all,
        "history": journal.told(Ref("person", str(found.pk)), most=20),
        "crumbs": [Crumb(_("Accounts"), reverse("organizations:accounts"))],
    }
    return render(request, "organizations/account.html", context)


def _managed_post(reader: Person, post: Post, may: bool) -> PostLine:
    chip = post_chip(post)
    open_ = may and chip.tone != Tone.OFF
    return PostLine(post, chip, open_, open_ and policies.may_name_deputy(reader, post))


@require_safe
@staff("desk.use")
def me(request: StaffRequest) -> HttpResponse:
    """Show one's own account; what may be changed there is the password, the second step and who stands in."""
    person = request.person
    posts = [(post, policies.stands_in(person, post)) for post in policies.posts_of(person)]
    context = {
        "title": gettext("My account"),
        "sentence": person.username,
        "account": person,
        "posts": [
            PostLine(post, post_chip(post), may_name=not stands_in, stands_in=stands_in) for post, stands_in in posts
        ],
        "deputies": deputy_lines(person, person),
        "two_step": Authenticator.objects.filter(user=person).exists(),
        "in_hand": queries.in_hand(person),
        "leaves": queries.handover_under_way(person),
        "sign_on": sign_on.name() if is_configured() else "",
        "linked": SocialAccount.objects.filter(user=person).first() if is_configured() else None,
    }
    return render(request, "organizations/me.html", context)
