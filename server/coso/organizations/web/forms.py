"""The forms of who manages accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations import queries
from coso.organizations.choosing import Offer, PlaceField, register_offer, within
from coso.organizations.models import ROLE_CHOICES, Organization, Person, Post
from coso.ui.forms import HouseForm


class AccountForm(HouseForm, forms.Form):
    """Open an account."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    username = forms.CharField(
        label=_("Account name"),
        help_text=_("Typed to sign in: small letters without marks, figures, dots, hyphens, such as le.thi.dao."),
        max_length=60,
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)


POST_PLACES = register_offer(Offer("vi-tri", "account.manage", within("account.manage")))


class PostForm(HouseForm, forms.Form):
    """Give a post."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose one.")), *ROLE_CHOICES])
    place = PlaceField(
        offer=POST_PLACES, label=_("Place"), help_text=_("The post holds for this place and everything under it.")
    )
    organization = forms.ModelChoiceField(
        label=_("Body for which the post is held"), queryset=Organization.objects.none(), required=False
    )
    held_from = forms.DateField(label=_("From the day"), help_text=_("Today when it stays empty."), required=False)
    decision = forms.CharField(
        label=_("Decision that gives the post"), help_text=_("Number and date."), max_length=200, required=False
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer_to(by)  # type: ignore[attr-defined]
        self.fields["organization"].queryset = queries.organizations_on(clock.today())  # type: ignore[attr-defined]


class EndForm(HouseForm, forms.Form):
    """End a post."""

    last_day = forms.DateField(
        label=_("Last day"), help_text=_("When it stays empty, the rights end at once."), required=False
    )
    reason = forms.CharField(label=_("Why does the post end?"), max_length=300)


class PasswordForm(HouseForm, forms.Form):
    """Give a temporary password."""

    reason = forms.CharField(
        label=_("Why is a new password given?"),
        help_text=_("Such as: the old one was forgotten. The reason stays in the journal."),
        max_length=300,
    )


class CloseForm(HouseForm, forms.Form):
    """Close an account."""

    reason = forms.CharField(
        label=_("Why is the account closed?"), help_text=_("The reason stays in the journal."), max_length=300
    )


class PersonChoice(forms.ModelChoiceField[Person]):
    """A colleague; two of one name are told apart by their account names."""

    def label_from_instance(self, obj: Person) -> str:
        """Say who it is."""
        return f"{obj.full_name} ({obj.username})"


class DeputyForm(HouseForm, forms.Form):
    """Name who stands in for the holder of a post."""

    person = PersonChoice(
        label=_("Who stands in"),
        help_text=_("Somebody with a post in the same commune or the same body."),
        queryset=Person.objects.none(),
        empty_label=_("Choose one."),
    )
    from_on = forms.DateField(label=_("First day"))
    to_on = forms.DateField(label=_("Last day"), help_text=_("The rights end by themselves after this day."))
    decision = forms.CharField(
        label=_("Decision that names the deputy"), help_text=_("Number and date."), max_length=200, required=False
    )

    def __init__(self, *args: Any, post: Post, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.may_stand_in(post).exclude(pk=by.pk)  # type: ignore[attr-defined]


class EndDeputyForm(HouseForm, forms.Form):
    """End a deputy's time before its last day."""

    reason = forms.CharField(
        label=_("Why does it end early?"), help_text=_("The reason stays in the journal."), max_length=300
    )
