"""The forms of coverage: a spot to try, the signal of a village, a file of boundaries."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.registry.models import Signal, SignalStrength
from coso.registry.rules.boundaries import MOST_MEGABYTES
from coso.registry.rules.coverage import RANGE_M
from coso.registry.web.forms import degrees_field
from coso.ui.forms import HouseForm, LimitedFileField

SHORTEST_M, LONGEST_M = 50, 5_000


class SpotForm(HouseForm, forms.Form):
    """A spot and how far a cluster there is heard. The address keeps the question, so it goes by GET."""

    latitude = degrees_field(_("Latitude"), _("In degrees, such as 18,42. A click on the map fills it in."))
    longitude = degrees_field(_("Longitude"), _("In degrees, such as 105,18."))
    range_m = forms.IntegerField(
        label=_("Heard how far, in metres"),
        help_text=_("As the maker says or as it was measured; 500 when nobody knows."),
        min_value=SHORTEST_M,
        max_value=LONGEST_M,
        initial=RANGE_M,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, most in (("latitude", 90), ("longitude", 180)):
            field = self.fields[name]
            field.required = True
            field.validators.append(MinValueValidator(-most))
            field.validators.append(MaxValueValidator(most))


class SignalForm(HouseForm, forms.Form):
    """How well phones work in a village."""

    strength = forms.ChoiceField(
        label=_("How well do phones work there?"), choices=SignalStrength.choices, widget=forms.RadioSelect()
    )
    noted_on = forms.DateField(label=_("Seen on"))
    source = forms.CharField(
        label=_("Who says so?"),
        help_text=_("The village head, the operator's map, a measurement. May be left empty."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, signal: Signal | None = None, **kwargs: Any) -> None:
        known = {"strength": signal.strength, "source": signal.source} if signal else {}
        super().__init__(*args, initial={"noted_on": clock.today(), **known}, **kwargs)


class BoundariesForm(HouseForm, forms.Form):
    """A file of boundaries, and what a reader of the map must know of it."""

    file = LimitedFileField(
        label=_("GeoJSON file"),
        help_text=_("A FeatureCollection of Polygon or MultiPolygon in WGS 84, with the unit's code at each."),
        accept=[".geojson", ".json"],
        most_megabytes=MOST_MEGABYTES,
    )
    code_property = forms.CharField(
        label=_("Property that holds the unit's code"),
        help_text=_("As it is called in the file, such as code or maxa."),
        max_length=60,
        initial="code",
    )
    true_on = forms.DateField(
        label=_("A day on which these boundaries held"),
        help_text=_("Codes are looked up among the units of this day; maps draw the units that existed then."),
    )
    name = forms.CharField(label=_("Name of the file, as you call it"), max_length=160)
    source = forms.CharField(
        label=_("Who gave it, and under which licence?"),
        help_text=_("It stands under every map drawn with it, after the words “Boundaries given by”."),
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"true_on": clock.today(), "code_property": "code"})
        super().__init__(*args, **kwargs)
