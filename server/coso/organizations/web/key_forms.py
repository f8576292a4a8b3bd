"""The form that adds a passkey or a security key; the browser fills in what the key says."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from coso.ui.forms import HouseForm


class AddKeyForm(HouseForm, AddWebAuthnForm):  # type: ignore[misc]
    """Name a key, and say whether it signs in alone."""

    warn_unsaved = False

    name = forms.CharField(
        label=_("Name of the key"), help_text=_("To tell your keys apart, such as: phone, office PC."), max_length=60
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone, without a password"),
        help_text=_("The key then asks for your fingerprint, face or PIN. Else it is only the second step."),
        required=False,
        initial=True,
    )
    field_order = ["name", "passwordless"]
