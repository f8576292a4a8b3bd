"""Forms of the newsroom. Limits are the action's; the form gathers what was typed and loses none of it."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from coso.newsroom import queries
from coso.newsroom.actions.checks import too_long
from coso.newsroom.models import BulletinClass
from coso.newsroom.rules import review
from coso.newsroom.web import words
from coso.organizations.models import Person
from coso.ui.forms import DateTimeInput, HouseForm, LimitedFileField, RadioCards

RECORDINGS = (".mp3", ".ogg", ".opus", ".m4a", ".wav", ".flac", ".webm")
RECORDING_MEGABYTES = 50
_NOT_WHOLE = _("The form did not arrive whole. Copy your text, open the page anew and paste it.")


class BulletinForm(HouseForm, forms.Form):
    """What a bulletin says, where, how urgently and until when."""

    keep_draft = True

    title = forms.CharField(
        label=_("Title of the bulletin"),
        help_text=_("The first sentence that people hear. At most 200 characters."),
        error_messages={"required": _("Write a title.")},
    )
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Write as one speaks: short sentences, what to do first, then when and where."),
        error_messages={"required": _("Write what people are to hear.")},
    )
    rank = forms.ChoiceField(
        label=_("Class"),
        choices=BulletinClass.choices,
        initial=BulletinClass.NORMAL,
        widget=RadioCards(explain=words.RANKS, icons=words.RANK_ICONS, tones=words.RANK_TONES),
        error_messages={
            "required": _("Choose one of the three classes."),
            "invalid_choice": _("Choose one of the three classes."),
        },
    )
    areas: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(  # type: ignore[type-arg]
        label=_("Where it is heard"),
        queryset=None,
        help_text=_("Within your post. A commune stands for all its villages, the province for all of them."),
        error_messages={
            "required": _("Choose at least one place that is to hear it."),
            "invalid_choice": _("One of the places lies outside your post or does not exist today. Choose again."),
            "invalid_pk_value": _("One of the places lies outside your post or does not exist today. Choose again."),
        },
    )
    expires_at = forms.DateTimeField(
        label=_("Holds until"),
        required=False,
        widget=DateTimeInput(),
        help_text=_("After this it is neither played nor shown. Day and time, such as 24/11/2026 17:00."),
        error_messages={"invalid": _("Write a day and a time, such as 24/11/2026 17:00.")},
    )
    is_public = forms.BooleanField(label=_("Show it on the public portal once approved"), required=False, initial=True)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput, error_messages={"invalid": _NOT_WHOLE})
    edits = forms.IntegerField(required=False, widget=forms.HiddenInput, error_messages={"invalid": _NOT_WHOLE})

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = self.fields["areas"]
        assert isinstance(areas, forms.ModelMultipleChoiceField)
        areas.queryset = queries.writable_places(person)
        self.fields["expires_at"].input_formats = [  # type: ignore[attr-defined]
            "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y",
        ]  # fmt: skip

    # The action judges again; here so that every fault is told at once, also beside a field that is missing.
    def clean_title(self) -> str:
        """Keep the title within its limit."""
        return _within(self.cleaned_data["title"], review.TITLE_MOST)

    def clean_body(self) -> str:
        """Keep the text within its limit."""
        return _within(self.cleaned_data["body"], review.BODY_MOST)

    @classmethod
    def as_typed(cls, data: QueryDict, *, person: Person) -> "BulletinForm":
        """Show again what was typed, without judging it yet."""
        names = ("title", "body", "rank", "expires_at", "key", "edits")
        initial: dict[str, Any] = {name: data.get(name, "") for name in names}
        return cls(initial={**initial, "is_public": "is_public" in data}, person=person)


def _within(typed: str, most: int) -> str:
    if len(typed) > most:
        raise forms.ValidationError(too_long(len(typed), most))
    return typed


class ReasonForm(HouseForm, forms.Form):
    """Why a bulletin is returned or withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads it; say what to change."),
        error_messages={"required": _("Write the reason in a few words.")},
    )


class WithdrawalForm(ReasonForm):
    """Why a bulletin is taken back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("It stays in the journal, and whoever wrote or approved it is told.")


class RecordingForm(HouseForm, forms.Form):
    """A recording of a human voice."""

    file = LimitedFileField(
        label=_("Recording of a human voice"),
        accept=RECORDINGS,
        most_megabytes=RECORDING_MEGABYTES,
        help_text=_("It is played in the place of the synthesized voice. Its loudness is levelled for you."),
        error_messages={"required": _("Choose a file first.")},
    )


class WordForm(HouseForm, forms.Form):
    """How a written form is read aloud."""

    written = forms.CharField(
        label=_("Written form"),
        help_text=_("As it stands in texts, such as TTXH. Capitals count."),
        error_messages={"required": _("Write the form as it stands in texts.")},
    )
    spoken = forms.CharField(
        label=_("Read as"),
        help_text=_("In words, without figures."),
        error_messages={"required": _("Write how it is read, in words.")},
    )
    before = forms.CharField(
        label=_("Only after these words"),
        required=False,
        help_text=_("Words that must stand just before it, several ways parted by “|”. Empty: anywhere."),
    )
    after = forms.CharField(
        label=_("Only before these words"),
        required=False,
        help_text=_("Words that must stand just after it, several ways parted by “|”. Empty: anywhere."),
    )
    note = forms.CharField(label=_("Note"), required=False)
