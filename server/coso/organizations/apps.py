"""Organizations as a Django app."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialAccount, SocialLogin
    from django.http import HttpRequest

    from coso.organizations.models import Person


class OrganizationsConfig(AppConfig):
    """Bodies, people and posts."""

    name = "coso.organizations"
    label = "organizations"
    verbose_name = _("Organizations")

    def ready(self) -> None:
        """Name people in the journal, word this app's entries, answer for references, stand on the rail."""
        from allauth.account.signals import password_changed, password_set
        from allauth.socialaccount.signals import social_account_added, social_account_removed
        from django.contrib.auth.signals import user_logged_in

        from coso.journal.ports import register_actor_names, register_stead
        from coso.organizations import registers, sentences
        from coso.organizations.policies import post_in_stead
        from coso.organizations.queries import holder_name, person_name
        from coso.organizations.web import shell

        register_actor_names(person_name)
        register_actor_names(holder_name)
        register_stead(post_in_stead)
        sentences.register()
        shell.register()
        registers.register()
        user_logged_in.connect(_note_sign_in)
        password_changed.connect(_note_own_password)
        password_set.connect(_note_own_password)
        social_account_added.connect(_note_linked)
        social_account_removed.connect(_note_unlinked)


def _note_sign_in(request: "HttpRequest | None", **about: object) -> None:
    from coso.organizations.doors import stay_signed_in

    if request is not None:
        stay_signed_in(request)


def _note_own_password(user: "Person", **about: object) -> None:
    from coso.organizations import actions

    actions.own_password(person=user)


def _note_linked(sociallogin: "SocialLogin", **about: object) -> None:
    from coso.organizations import actions

    actions.note_identity(person=sociallogin.user, is_linked=True)


def _note_unlinked(socialaccount: "SocialAccount", **about: object) -> None:
    from coso.organizations import actions

    actions.note_identity(person=socialaccount.user, is_linked=False)
