"""The forms around a paper: what names it and who signs it, returning, issuing, withdrawing it, a new template."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.documents import queries
from coso.documents.actions.templates import LARGEST
from coso.documents.models import Paper, SigningMode
from coso.documents.rules.papers import KINDS, Content
from coso.documents.web.forms import LinesField
from coso.kit import clock
from coso.organizations.models import Organization, Person
from coso.ui.forms import DateInput, HouseForm, LimitedFileField

OF_CONTENT = (
    "parent_body", "issuer", "addressees", "bases", "on_paper", "electronically", "collective", "head", "secretary",
)  # fmt: skip
HEAD = ("organization", "title", "parent_body", "issuer", "drafting_unit", "place_name")
BEFORE = ("addressees", "bases")
DELIVERY = ("on_paper", "electronically")
SIGNING = ("signing_mode", "collective", "head", "signer_position", "signer_name", "secretary")


class PaperForm(HouseForm, forms.Form):
    """All of a paper but its rows."""

    organization = forms.ModelChoiceField(label=_("Issuing body"), queryset=Organization.objects.none())
    title = forms.CharField(
        label=_("Subject (trích yếu)"),
        help_text=_("A few words that say what the paper is about."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    parent_body = forms.CharField(
        label=_("Superior body, as printed above"),
        help_text=_("A people's committee prints none."),
        max_length=200,
        required=False,
    )
    issuer = forms.CharField(
        label=_("Issuing body, as printed"),
        help_text=_("Only where it differs from the name of the body."),
        max_length=200,
        required=False,
    )
    drafting_unit = forms.CharField(
        label=_("Short name of the drafting unit"),
        help_text=_("It ends the symbol of a letter: TTBCXB gives STTTT-TTBCXB."),
        max_length=40,
        required=False,
    )
    place_name = forms.CharField(label=_("Place beside the date"), max_length=80, required=False)
    addressees = LinesField(
        label=_("Addressed to (Kính gửi)"), help_text=_("One a line."), max_length=8000, required=False
    )
    bases = LinesField(
        label=_("Bases, or the words that open the paper"),
        help_text=_("One a line, with its own words: “Căn cứ …”, “Thực hiện Kế hoạch …, UBND tỉnh ban hành …”."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    on_paper = forms.CharField(
        label=_("Who gets it on paper, in words"),
        help_text=_("Left empty, the recipients marked “on paper” are named."),
        max_length=500,
        required=False,
    )
    electronically = forms.CharField(label=_("Who gets it electronically, in words"), max_length=500, required=False)
    signing_mode = forms.ChoiceField(label=_("In which capacity it is signed"), choices=SigningMode, required=False)
    collective = forms.CharField(
        label=_("On whose behalf (TM.)"),
        help_text=_("“Ủy ban nhân dân”; also where a deputy signs for the head of such a body."),
        max_length=120,
        required=False,
    )
    head = forms.CharField(
        label=_("In whose stead (KT., TL., TUQ.)"), help_text=_("“Chủ tịch”, “Giám đốc”."), max_length=120,
        required=False,
    )  # fmt: skip
    signer_position = forms.CharField(label=_("Position of the signer"), max_length=120, required=False)
    signer_name = forms.CharField(label=_("Name of the signer"), max_length=120, required=False)
    secretary = forms.CharField(label=_("Name of the secretary"), max_length=120, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, kind: str, person: Person, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = KINDS[kind]
        dropped = {
            "organization": not is_new,
            "drafting_unit": bool(rule.name),
            "addressees": not rule.has_addressees,
            "secretary": not rule.has_secretary,
        }
        for name, is_dropped in dropped.items():
            if is_dropped:
                del self.fields[name]
        if is_new:
            self.fields["organization"].queryset = queries.bodies_of_writer(person)  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """Give what was filled in, apart from what belongs to the content."""
        return {name: value for name, value in self.cleaned_data.items() if name not in (*OF_CONTENT, "version")}

    @property
    def content(self) -> dict[str, Any]:
        """Give what was filled in of the content."""
        return {name: self.cleaned_data[name] for name in OF_CONTENT if name in self.cleaned_data}


def shown(paper: Paper) -> dict[str, Any]:
    """Give what the form of a paper shows at first."""
    content = Content.of(paper.content)
    columns = ("title", "drafting_unit", "place_name", "signing_mode", "signer_position", "signer_name", "version")
    return {name: getattr(content, name) for name in OF_CONTENT} | {name: getattr(paper, name) for name in columns}


class ReturnForm(HouseForm, forms.Form):
    """Say what is to be mended."""

    words = forms.CharField(
        label=_("What is to be mended"),
        help_text=_("The writer reads these words on the paper's page."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WithdrawForm(HouseForm, forms.Form):
    """Say why a paper is withdrawn."""

    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class IssueForm(HouseForm, forms.Form):
    """Give a paper its number and day."""

    number = forms.CharField(
        label=_("Number"),
        help_text=_("The number from your office's own document system. Left empty, the next of our series is given."),
        max_length=8,
        required=False,
    )
    symbol = forms.CharField(label=_("Symbol"), max_length=60)
    day = forms.DateField(label=_("Date of issue"), widget=DateInput())
    has_tasks = forms.BooleanField(
        label=_("Its tasks are to be followed up: let the document wait to be confirmed"), required=False
    )

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        initial = {
            "number": paper.number,
            "symbol": paper.symbol or queries.proposed_symbol(paper),
            "day": paper.issued_on or clock.today(),
            "has_tasks": paper.kind in ("plan", "directive", "scheme"),
        }
        super().__init__(*args, initial=initial, **kwargs)


class TemplateForm(HouseForm, forms.Form):
    """Choose a Word file."""

    file = LimitedFileField(
        label=_("Word file"),
        help_text=_("Download the template below, change it in Word, save it as .docx and choose it here."),
        accept=(".docx",),
        most_megabytes=LARGEST // (1024 * 1024),
    )
