"""The forms of inviting a colleague, and of who was invited."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.organizations.web.forms import PostForm
from coso.ui.forms import HouseForm


class InvitationForm(PostForm):
    """Invite somebody to a post."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("One of e-mail and phone is needed."), max_length=254, required=False
    )
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    # The post begins on the day on which the account is opened.
    held_from = None  # type: ignore[assignment]
    field_order = ["full_name", "email", "phone", "role", "place", "organization", "decision"]


class WithdrawForm(HouseForm, forms.Form):
    """Withdraw an invitation."""

    reason = forms.CharField(
        label=_("Why is the invitation withdrawn?"), help_text=_("The reason stays in the journal."), max_length=300
    )


class AcceptForm(HouseForm, forms.Form):
    """Choose one's own account name and password."""

    warn_unsaved = False

    username = forms.CharField(
        label=_("Account name"),
        help_text=_("Typed to sign in: small letters without marks, figures, dots, hyphens, such as le.thi.dao."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters; several words are easy to keep in mind. Nobody else ever knows it."),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, asks_password: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_password:
            del self.fields["password"], self.fields["again"]

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        told = super().clean() or {}
        if told.get("again") and told.get("password") != told["again"]:
            self.add_error("again", _("The two passwords differ."))
        return told
