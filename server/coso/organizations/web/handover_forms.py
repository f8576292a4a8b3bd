"""The forms of who arranges a handover."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.ui.forms import HouseForm


class BeginForm(HouseForm, forms.Form):
    """Begin a handover."""

    last_day = forms.DateField(
        label=_("Last day"), help_text=_("The account is closed on this day or later, once nothing is open.")
    )


class WithdrawHandoverForm(HouseForm, forms.Form):
    """Call a handover off."""

    reason = forms.CharField(
        label=_("Why does the person stay?"), help_text=_("The reason stays in the journal."), max_length=300
    )
