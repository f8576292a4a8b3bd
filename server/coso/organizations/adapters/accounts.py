"""How allauth meets our accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


class ClosedAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by an administrator; nobody signs up by himself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go on to one's own account, which says that all is well."""
        return reverse("organizations:me")

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Refuse the password that one has: a temporary one is known to somebody else."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError(_("This is the password that you have. Choose another."))
        return str(super().clean_password(password, user))
