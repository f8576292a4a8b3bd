"""The forms of stations and clusters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.organizations import policies
from coso.organizations.models import Person
from coso.places import queries as units
from coso.places.models import Place
from coso.registry.models import SpeakerCluster, Station
from coso.ui.forms import HouseForm


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


class StationForm(HouseForm, forms.Form):
    """Enter the station of a commune."""

    place = forms.ModelChoiceField(label=_("Commune or ward"), queryset=Place.objects.none())
    name = forms.CharField(label=_("Name of the station"), max_length=160)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = policies.scope(person, "registry.edit", "path")
        self.fields["place"].queryset = units.communes().filter(inside)  # type: ignore[attr-defined]


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

    def __init__(self, *args: Any, station: Station, cluster: SpeakerCluster | None = None, **kwargs: Any) -> None:
        if cluster is not None:
            kwargs["initial"] = {
                "name": cluster.name,
                "villages": [village.current_id or village.pk for village in cluster.villages.all()],
                "latitude": cluster.latitude,
                "longitude": cluster.longitude,
                "is_networked": cluster.is_networked,
            }
        else:
            kwargs.setdefault("initial", {"is_networked": True})
        super().__init__(*args, **kwargs)
        self.fields["villages"].queryset = units.villages_of([station.place])  # type: ignore[attr-defined]
        if cluster is not None:
            del self.fields["code"]
