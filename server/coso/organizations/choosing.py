"""Choosing a place in a form, within what a person may: one field for all forms of the desk.

A form names what it offers (`offer`); the address behind the field asks the same offer, so nobody finds there what
his form would not take.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from coso.kit.refs import number_in
from coso.kit.text import fold
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places import queries as units
from coso.places.models import Level, Place
from coso.ui.choice import Found, SearchChoice, Typed

FEW = 12
"""So many units are read at a glance: they stand in an ordinary list."""


@dataclass(frozen=True)
class Offer:
    """Units among which a form lets choose."""

    key: str
    right: str
    """What one must be allowed somewhere to see them."""
    of: Callable[[Person, str], QuerySet[Place]]
    """The units offered to a person; the second is what the form is about (the id of a unit), else empty."""


_offers: dict[str, Offer] = {}


def register_offer(offer: Offer) -> Offer:
    """Let the field of a form be asked under the offer's key."""
    _offers[offer.key] = offer
    return offer


def offer_of(key: str) -> Offer | None:
    """Give an offer by its key, or None."""
    return _offers.get(key)


def within(right: str, *levels: Level) -> Callable[[Person, str], QuerySet[Place]]:
    """Offer the units of today, of some levels, in which a person has a right."""

    def found(person: Person, about: str = "") -> QuerySet[Place]:
        return units.now().filter(policies.scope(person, right, "path"), level__in=levels or list(Level))

    return found


def found_in(offered: QuerySet[Place], words: str) -> Found:
    """Give the first units of some that have these words."""
    found = units.matches(words, offered)
    return Found([(str(match.place.pk), match.words) for match in found.found], found.more)


def communes_with(right: str) -> Callable[[HttpRequest], list[tuple[str, str]]]:
    """Offer, as the choices of a list's filter, the communes of today in which whoever asks has a right."""

    def choices(request: HttpRequest) -> list[tuple[str, str]]:
        found = units.communes().filter(policies.scope(request.user, right, "path")).order_by("sort_key")
        return [(str(pk), name) for pk, name in found.values_list("pk", "name")]

    return choices


class PlaceField(forms.ModelChoiceField[Place]):
    """One unit of those offered: a search, or an ordinary list where they are few.

    The form calls `offer_to(person)` once it knows who is there. The value is the unit.
    """

    def __init__(self, *, offer: Offer, **kwargs: Any) -> None:
        super().__init__(queryset=Place.objects.none(), widget=SearchChoice(), **kwargs)
        self.offer = offer

    def offer_to(self, person: Person, about: str = "") -> QuerySet[Place]:
        """Offer the person's units; give them back."""
        offered = self.offer.of(person, about).select_related("parent")
        self.queryset = offered
        few = list(offered.order_by()[: FEW + 1])
        if len(few) <= FEW:
            self._list_them(few)
        else:
            address = reverse("organizations:find-place", args=[self.offer.key])
            self.widget.address = f"{address}?{urlencode({'of': about})}" if about else address
            self.widget.find = partial(found_in, offered)
            self.widget.name_of = partial(_name_in, offered)
        return offered

    def _list_them(self, few: list[Place]) -> None:
        ordered = sorted(few, key=lambda unit: (list(Level.values).index(unit.level), unit.sort_key))
        choices = [(str(match.place.pk), match.words) for match in units.said(ordered)]
        if not (self.required and len(choices) == 1):
            choices = [("", _("Choose one.") if self.required else _("none chosen")), *choices]
        self.widget = forms.Select(choices=choices)
        self.widget.is_required = self.required

    def clean(self, value: Any) -> Place | None:
        """Give the unit that was chosen, or that the words alone name; else ask to choose."""
        if isinstance(value, Typed) and value.words and (value.is_stale or not value):
            return self._named(value.words)
        chosen: Place | None = super().clean(value)
        return chosen

    def _named(self, words: str) -> Place:
        found = units.matches(words, self.queryset or Place.objects.none()).found
        same = [match.place for match in found if fold(words) in {fold(match.words), match.place.folded}]
        if len(same) == 1:
            return same[0]
        if not found:
            raise forms.ValidationError(_("Nothing is called “%(words)s”.") % {"words": words}, code="unknown")
        raise forms.ValidationError(_("Choose one of the units found."), code="several")


def _name_in(offered: QuerySet[Place], value: str) -> str:
    unit = offered.filter(pk=number_in(value)).first() if number_in(value) else None
    return units.said([unit])[0].words if unit else ""
