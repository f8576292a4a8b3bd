"""What every form of the house has in common.

A form that mixes in `HouseForm` is drawn by `{% ui_form form %}` or field by field by `{% ui_field form.title %}`:
label above, help before the field, errors beside it and summed up on top.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.ui.choice import SearchChoice, Typed

Text = str | Promise


class RadioCards(forms.RadioSelect):
    """Radio buttons as cards, for a choice whose consequences must be read: the class of a bulletin, who decides."""

    def __init__(
        self,
        *,
        explain: Mapping[str, Text] | None = None,
        icons: Mapping[str, str] | None = None,
        tones: Mapping[str, str] | None = None,
        attrs: dict[str, Any] | None = None,
        choices: Sequence[Any] = (),
    ) -> None:
        super().__init__(attrs=attrs, choices=choices)
        self.explain = {str(value): words for value, words in (explain or {}).items()}
        self.icons = {str(value): name for value, name in (icons or {}).items()}
        self.tones = {str(value): tone for value, tone in (tones or {}).items()}


class DateInput(forms.DateInput):
    """A date that the browser's own calendar fills in; typed as 24/11/2026 where there is none."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """A date with a time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class LimitedFileField(forms.FileField):
    """A file of the kinds and size that are said beside it.

    It checks name and size only; whoever keeps the file must look into it (sniff) as well.
    """

    widget = forms.FileInput
    default_error_messages = {
        "kind": gettext_lazy("“%(name)s” is not of an accepted kind. Accepted: %(accepted)s."),
        "empty": gettext_lazy("The file is empty."),
        "size": gettext_lazy("“%(name)s” holds %(size)s MB; at most %(most)s MB are accepted."),
    }

    def __init__(self, *, accept: Sequence[str], most_megabytes: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.accept = tuple(suffix.lower() for suffix in accept)
        self.most_megabytes = most_megabytes
        self.widget.attrs["accept"] = ",".join(self.accept)

    @property
    def accepted(self) -> str:
        """Say in one sentence what is taken."""
        return _("Accepted: %(accepted)s; at most %(most)s MB.") % {
            "accepted": ", ".join(self.accept),
            "most": self.most_megabytes,
        }

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Take the file, or raise ValidationError saying what is accepted."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        name, size = file.name or "", file.size or 0
        if PurePath(name).suffix.lower() not in self.accept:
            raise forms.ValidationError(
                self.error_messages["kind"], code="kind", params={"name": name, "accepted": ", ".join(self.accept)}
            )
        if size > self.most_megabytes * 1024 * 1024:
            # Rounded up, so that nobody reads "50 MB; at most 50 MB".
            params = {"name": name, "size": -(-size // (1024 * 1024)), "most": self.most_megabytes}
            raise forms.ValidationError(self.error_messages["size"], code="size", params=params)
        return file


_REQUIRED: list[tuple[type[forms.Field], Any]] = [
    (forms.BooleanField, gettext_lazy("Tick this box to go on.")),
    (forms.MultipleChoiceField, gettext_lazy("Choose at least one.")),
    (forms.ModelMultipleChoiceField, gettext_lazy("Choose at least one.")),
    (forms.ChoiceField, gettext_lazy("Choose one.")),
    (forms.ModelChoiceField, gettext_lazy("Choose one.")),
    (forms.FileField, gettext_lazy("Choose a file.")),
    (forms.Field, gettext_lazy("Fill this in.")),
]
_DJANGO_REQUIRED = forms.Field.default_error_messages["required"]
_DJANGO_WHOLE = forms.IntegerField.default_error_messages["invalid"]
_DJANGO_EMPTY = "---------"


def _say_what_to_do(field: forms.Field) -> None:
    # "This field is required" states a rule; an officer needs to hear what to do. A field's own words stay.
    if field.error_messages.get("required") == _DJANGO_REQUIRED:
        field.error_messages["required"] = next(words for kind, words in _REQUIRED if isinstance(field, kind))
    if field.error_messages.get("invalid") == _DJANGO_WHOLE:
        field.error_messages["invalid"] = gettext_lazy("Give a whole number, in figures only.")
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == _DJANGO_EMPTY:
        field.empty_label = gettext_lazy("Choose one.") if field.required else gettext_lazy("none chosen")


class HouseForm(forms.BaseForm):
    """Mix in before `forms.Form` or `forms.ModelForm`."""

    keep_draft = False
    """True: the page keeps what was typed (in this browser tab only) until it was sent."""
    warn_unsaved = True
    """True: leaving the page with unsaved changes asks first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            _say_what_to_do(field)
            widget = field.widget
            if isinstance(widget, forms.Textarea):
                widget.attrs.setdefault("rows", 5)
            if type(widget) is forms.DateInput:
                field.widget = DateInput(attrs=widget.attrs)
            elif type(widget) is forms.TimeInput:
                field.widget = TimeInput(attrs=widget.attrs)
            elif type(widget) is forms.DateTimeInput:
                field.widget = DateTimeInput(attrs=widget.attrs)

    @property
    def is_asking(self) -> bool:
        """Tell whether "Find" was pressed at a field of thousands: the page comes back with the matches."""
        return self.is_bound and any(
            isinstance(field.widget, SearchChoice) and isinstance(value := self[name].data, Typed) and value.is_asking
            for name, field in self.fields.items()
        )

    def full_clean(self) -> None:
        """Look at what was sent; whoever still looks for a unit is not told yet what else is missing."""
        super().full_clean()
        if self.is_asking:
            self._errors = ErrorDict()

    def is_valid(self) -> bool:
        """Tell whether all is well and nothing is still looked for."""
        return super().is_valid() and not self.is_asking

    def take_errors(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Put the sentences of a BadInput beside their fields; what fits none is summed up on top."""
        for name, sentences in fields.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)
