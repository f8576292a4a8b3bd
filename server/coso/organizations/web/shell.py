"""Puts agencies and accounts on the rail, and answers for references to people, posts and bodies."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from coso.kit.refs import Kind, number_in, register_kind
from coso.organizations import queries
from coso.organizations.models import Organization, Person, Post
from coso.organizations.policies import may
from coso.organizations.rules import Network
from coso.organizations.web.networks.words import WORDS
from coso.ui.ports import NavItem, register_nav


def _person_visible(person: Person, ident: str) -> bool:
    return queries.people_managed_by(person).filter(pk=number_in(ident)).exists()


def _post_name(ident: str) -> str | None:
    words = queries.post_words(str(number_in(ident)))
    return ", ".join(words) if words else None


def _post_address(ident: str) -> str:
    post = Post.objects.filter(pk=number_in(ident)).first()
    return reverse("organizations:account", args=[post.person_id]) if post else ""


def _post_visible(person: Person, ident: str) -> bool:
    post = Post.objects.filter(pk=number_in(ident)).first()
    return post is not None and _person_visible(person, str(post.person_id))


def _organization_name(ident: str) -> str | None:
    organization = Organization.objects.filter(pk=number_in(ident)).first()
    return organization.name if organization else None


def _network_kind(network: Network) -> Kind:
    """Answer for the members of one of the three networks."""
    rows = queries.MODELS[network]._default_manager

    def name(ident: str) -> str | None:
        member = rows.filter(pk=number_in(ident)).first()
        return member.full_name if member else None

    def visible(person: object, ident: str) -> bool:
        return queries.members_seen_by(person, network).filter(pk=number_in(ident)).exists()

    return Kind(
        name=name,
        address=lambda ident: reverse("organizations:member", args=[WORDS[network].slug, number_in(ident)]),
        visible=visible,
    )


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_kind(
        "person",
        Kind(
            name=lambda ident: queries.person_name(f"person:{number_in(ident)}"),
            address=lambda ident: reverse("organizations:account", args=[ident]),
            visible=_person_visible,
        ),
    )
    register_kind("post", Kind(name=_post_name, address=_post_address, visible=_post_visible))
    register_kind(
        "invitation",
        Kind(
            name=queries.invitation_name,
            address=lambda ident: reverse("organizations:invitation", args=[ident]),
            visible=lambda person, ident: queries.sees_invitation(person, ident),
        ),
    )
    register_kind(
        "handover",
        Kind(
            name=queries.handover_name,
            address=lambda ident: reverse("organizations:handover", args=[ident]),
            visible=lambda person, ident: queries.handovers_of(person).filter(pk=number_in(ident)).exists(),
        ),
    )
    register_kind(
        "organization",
        Kind(
            name=_organization_name,
            address=lambda ident: reverse("organizations:organization", args=[ident]),
            visible=lambda person, ident: may(person, "registry.read"),
        ),
    )
    register_nav(
        NavItem(
            key="organizations",
            label=gettext_lazy("Organizations"),
            icon="organization",
            url_name="organizations:organizations",
            order=210,
            right=lambda request: may(request.user, "registry.read"),
        )
    )
    for network in Network:
        register_kind(str(network), _network_kind(network))
    register_nav(
        NavItem(
            key="networks",
            label=gettext_lazy("Networks"),
            icon="person-check",
            url_name="organizations:networks",
            order=215,
            right=lambda request: may(request.user, "network.read"),
        )
    )
    register_nav(
        NavItem(
            key="accounts",
            label=gettext_lazy("Accounts"),
            icon="people",
            url_name="organizations:accounts",
            order=220,
            right=lambda request: may(request.user, "account.manage"),
        )
    )
    register_nav(
        NavItem(
            key="invitations",
            label=gettext_lazy("Invitations"),
            icon="person-plus",
            url_name="organizations:invitations",
            order=221,
            right=lambda request: may(request.user, "account.manage"),
        )
    )
    register_nav(
        NavItem(
            key="handovers",
            label=gettext_lazy("Handovers"),
            icon="forward",
            url_name="organizations:handovers",
            order=222,
            right=lambda request: may(request.user, "account.manage"),
        )
    )
    register_nav(
        NavItem(
            key="me",
            label=gettext_lazy("My account"),
            icon="person",
            url_name="organizations:me",
            order=290,
            right=lambda request: may(request.user, "desk.use"),
        )
    )
