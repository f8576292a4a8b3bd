"""The forms of devices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.devices import rules
from coso.ui.forms import HouseForm


class CodeForm(HouseForm, forms.Form):
    """Say how long the code is good."""

    hours = forms.IntegerField(
        label=_("For how many hours is the code good?"),
        help_text=_("Until the technician stands at the box: 24 hours as a rule, two weeks at most."),
        initial=rules.CODE_HOURS,
        min_value=1,
        max_value=rules.LONGEST_CODE_HOURS,
    )


class RevokeForm(HouseForm, forms.Form):
    """Say why a device is revoked."""

    reason = forms.CharField(
        label=_("Why is the device revoked?"),
        help_text=_("Lost, stolen, broken, replaced … The reason stays in the journal."),
        max_length=300,
    )
