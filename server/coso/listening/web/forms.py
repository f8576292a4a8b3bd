"""The forms of who answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.listening.actions import MOST_REPLY, MOST_TEXT
from coso.ui.forms import HouseForm


class ReplyForm(HouseForm, forms.Form):
    """Answer the sender."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Say what was done or will be done, by whom and when. It opens with the sender's code."),
        max_length=MOST_REPLY,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class PublishForm(HouseForm, forms.Form):
    """Question and answer as everybody may read them."""

    question = forms.CharField(
        label=_("The question, for everybody"),
        help_text=_("Take out names, numbers and addresses. […] stands where something was found."),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    answer = forms.CharField(
        label=_("The answer, for everybody"),
        max_length=MOST_REPLY,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    checked = forms.BooleanField(
        label=_("I have read both texts; nobody can be recognized in them"),
    )


class ReasonForm(HouseForm, forms.Form):
    """Say why."""

    reason = forms.CharField(label=_("Why?"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="why", **kwargs)
