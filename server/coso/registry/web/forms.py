"""The forms of stations and clusters."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations.choosing import Offer, PlaceField, register_offer, within
from coso.organizations.models import Person
from coso.places import queries as units
from coso.places.models import Level, Place
from coso.registry.actions import ClusterFacts
from coso.registry.models import Link, Power, SpeakerCluster, Station
from coso.ui.forms import HouseForm

CLUSTER_FACTS = ("link", "power", "battery_hours", "range_m", "installed_on")


class DegreesInput(forms.TextInput):
    """Degrees with a point or a comma: people here write 18,42, maps give 18.42."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Read the comma as a point."""
        value = super().value_from_datadict(data, files, name)
        return value.replace(",", ".") if isinstance(value, str) else value


def degrees_field(label: Any, help_text: Any) -> forms.FloatField:
    """Make a field for a latitude or a longitude."""
    widget = DegreesInput(attrs={"inputmode": "decimal", "maxlength": 20})
    return forms.FloatField(label=label, help_text=help_text, required=False, widget=widget)


class WholeInput(forms.TextInput):
    """A whole number as people write it: 12.500.000, 12 500 000."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Leave out what only groups the figures."""
        value = super().value_from_datadict(data, files, name)
        if isinstance(value, str) and re.fullmatch(r"\d{1,3}(?:[.\s\u00a0]\d{3})+", value.strip()):
            return re.sub(r"[.\s\u00a0]", "", value)
        return value


def whole_field(label: Any, help_text: Any = "", *, required: bool = False, most: int = 10**15) -> forms.IntegerField:
    """Make a field for a whole number from 0."""
    widget = WholeInput(attrs={"inputmode": "numeric", "maxlength": 20})
    return forms.IntegerField(
        label=label, help_text=help_text, required=required, widget=widget, min_value=0, max_value=most
    )


STATION_PLACES = register_offer(Offer("dai", "registry.edit", within("registry.edit", Level.COMMUNE)))


class StationForm(HouseForm, forms.Form):
    """Enter the station of a commune."""

    place = PlaceField(offer=STATION_PLACES, label=_("Commune or ward"))
    name = forms.CharField(label=_("Name of the station"), max_length=160)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer_to(person)  # type: ignore[attr-defined]


class ClusterForm(HouseForm, forms.Form):
    """What is told of a cluster; the code is given once and stays."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("As painted on the pole: capital letters without marks, figures, hyphens, such as 18196-C01."),
        max_length=30,
    )
    name = forms.CharField(label=_("Name of the cluster"), max_length=160)
    villages = forms.ModelMultipleChoiceField(
        label=_("Which villages hear it?"),
        help_text=_("A village that two clusters reach stands with both."),
        queryset=Place.objects.none(),
        widget=forms.CheckboxSelectMultiple(),
    )
    latitude = degrees_field(_("Latitude"), _("In degrees, such as 18,42. With the longitude or not at all."))
    longitude = degrees_field(_("Longitude"), _("In degrees, such as 105,18."))
    is_networked = forms.BooleanField(label=_("It is on a network and takes what the system sends"), required=False)
    link = forms.ChoiceField(
        label=_("How is it linked?"), choices=[("", _("not noted")), *Link.choices], required=False
    )
    power = forms.ChoiceField(
        label=_("Where has it its power from?"), choices=[("", _("not noted")), *Power.choices], required=False
    )
    battery_hours = forms.FloatField(
        label=_("Hours on its battery"),
        help_text=_("How long it plays without the grid."),
        required=False,
        widget=DegreesInput(attrs={"inputmode": "decimal", "maxlength": 6}),
    )
    range_m = whole_field(_("Heard how far, in metres"), _("For the map of coverage: some hundred metres as a rule."))
    installed_on = forms.DateField(label=_("Installed on"), required=False)

    def __init__(self, *args: Any, station: Station, cluster: SpeakerCluster | None = None, **kwargs: Any) -> None:
        if cluster is not None:
            kwargs["initial"] = {
                "name": cluster.name,
                "villages": [village.current_id or village.pk for village in cluster.villages.all()],
                "latitude": cluster.latitude,
                "longitude": cluster.longitude,
                "is_networked": cluster.is_networked,
                **{name: getattr(cluster, name) for name in CLUSTER_FACTS},
            }
        else:
            kwargs.setdefault("initial", {"is_networked": True})
        super().__init__(*args, **kwargs)
        self.fields["villages"].queryset = units.villages_of([station.place])  # type: ignore[attr-defined]
        if cluster is not None:
            del self.fields["code"]

    @property
    def told(self) -> dict[str, Any]:
        """Give what was told as the actions take it, once the form is valid."""
        told = dict(self.cleaned_data)
        told["facts"] = ClusterFacts(**{name: told.pop(name) for name in CLUSTER_FACTS})
        return told


class RetireForm(HouseForm, forms.Form):
    """The last day of a cluster, and why it was taken down."""

    retired_on = forms.DateField(label=_("Its last day"), help_text=_("Today or earlier."))
    reason = forms.CharField(label=_("Why was it taken down?"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"retired_on": clock.today()})
        super().__init__(*args, **kwargs)
