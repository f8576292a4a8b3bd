"""The forms of the three networks."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations import policies, queries
from coso.organizations.actions import MOST_MEGABYTES, MemberTold
from coso.organizations.choosing import Offer, PlaceField, register_offer
from coso.organizations.models import CommunicatorDuty, NetworkMember, Organization, Person, ReporterLevel
from coso.organizations.rules import DecisionFile, Network
from coso.places import queries as units
from coso.places.models import LabelFamily, LabelKind, Level, Place
from coso.ui.forms import HouseForm, LimitedFileField

LEVELS = [(ReporterLevel.PROVINCE, ReporterLevel.PROVINCE.label), (ReporterLevel.CENTRAL, ReporterLevel.CENTRAL.label)]


def places_for(person: Person, network: Network) -> QuerySet[Place]:
    """List the places to which a person may add members of a network; of reporters the districts of then too."""
    wanted = {Level.COMMUNE} if network == Network.COMMUNICATORS else {Level.COMMUNE, Level.PROVINCE}
    offered = Q(pk__in=units.now().filter(level__in=wanted).order_by().values("pk"))
    if network == Network.REPORTERS:
        offered |= Q(level=Level.DISTRICT, valid_to__isnull=False)
    return Place.objects.filter(offered, policies.scope(person, "network.edit", "path"))


def _offered(person: Person, about: str) -> QuerySet[Place]:
    return places_for(person, Network(about)) if about in set(Network) else Place.objects.none()


NETWORK_PLACES = register_offer(Offer("mang-luoi", "network.edit", _offered))


class PlaceForm(HouseForm, forms.Form):
    """Choose whose member somebody is."""

    warn_unsaved = False
    place = PlaceField(
        offer=NETWORK_PLACES,
        label=_("Whose member is it?"),
        help_text=_("The unit whose decision recognises them."),
    )

    def __init__(self, *args: Any, person: Person, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer_to(person, str(network))  # type: ignore[attr-defined]


class AreasChoice(forms.ModelMultipleChoiceField[Place]):
    """Villages, or communes, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class MemberForm(HouseForm, forms.Form):
    """What is told of a member; nothing is asked about the person beside name, telephone and service."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("Seen by who works with this network; it stands in no export of others."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    duty = forms.ChoiceField(
        label=_("Office in the village"),
        help_text=_("Communicators are taken from these (Nghị định 49/2024/NĐ-CP, Điều 21)."),
        choices=[("", _("Choose one.")), *CommunicatorDuty.choices],
    )
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS)
    organization = forms.ModelChoiceField(
        label=_("Body for which they take and answer"), queryset=Organization.objects.none(), required=False
    )
    areas = AreasChoice(label=_("Which areas?"), queryset=Place.objects.none())
    languages = forms.ModelMultipleChoiceField(
        label=_("Languages beside Vietnamese"),
        queryset=LabelKind.objects.filter(family=LabelFamily.LANGUAGE),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    decision = forms.CharField(label=_("Number of the decision"), help_text=_("Such as 125/QĐ-UBND."), max_length=120)
    decided_on = forms.DateField(label=_("Date of the decision"))
    file = LimitedFileField(
        label=_("The decision as a file"),
        help_text=_("A scan or a photograph."),
        accept=[".pdf", ".jpg", ".jpeg", ".png"],
        most_megabytes=MOST_MEGABYTES,
        required=False,
    )
    person = forms.ModelChoiceField(
        label=_("Account of this person"),
        help_text=_("Only to find each other: rights come from the post alone, never from this list."),
        queryset=Person.objects.none(),
        required=False,
    )
    ended_on = forms.DateField(
        label=_("Last day"), help_text=_("Only for somebody who serves no more."), required=False
    )

    def __init__(
        self, *args: Any, network: Network, place: Place, member: NetworkMember | None = None, **kwargs: Any
    ) -> None:
        if member is not None:
            kwargs["initial"] = _initial(member)
        super().__init__(*args, **kwargs)
        self.network, self.place, self.member = network, place, member
        for name in self._left_out():
            del self.fields[name]
        self._offer()

    def _left_out(self) -> set[str]:
        own = {
            Network.COMMUNICATORS: {"level", "organization"},
            Network.REPORTERS: {"duty", "organization", "person"},
            Network.INFORMATION_OFFICERS: {"duty", "level", "person"},
        }[self.network]
        if self.place.level != Level.PROVINCE:
            own |= {"level"}
        if self.place.level == Level.DISTRICT:
            own |= {"areas"}
        if self.member is not None and self.member.ended_on is None:
            # Ending has a page of its own, which asks why.
            own |= {"ended_on"}
        return own

    def _offer(self) -> None:
        """Fill in the choices that depend on the place."""
        fields: dict[str, Any] = self.fields
        if "areas" in fields:
            whole = self.place.level == Level.PROVINCE
            fields["areas"].queryset = (
                units.communes().order_by("sort_key") if whole else units.villages_of([self.place])
            )
            fields["areas"].required = self.network == Network.COMMUNICATORS
            if not fields["areas"].required:
                fields["areas"].help_text = _("None ticked: the whole of it.")
        if "organization" in fields:
            bodies = queries.organizations_on(clock.today())
            here = _place_and_above(self.place)
            fields["organization"].queryset = bodies.filter(place__current__in=here)
        if "person" in fields:
            fields["person"].queryset = queries.communicator_accounts(self.place)
        if "ended_on" in fields and self.place.level == Level.DISTRICT:
            fields["ended_on"].required = True
            fields["ended_on"].help_text = _("The district level ended on 30/06/2025.")
        if not fields["languages"].queryset.exists():
            del self.fields["languages"]

    def told(self) -> MemberTold:
        """Give what was told, ready for the action."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        if self.network == Network.REPORTERS and "level" not in self.fields:
            given["level"] = (
                ReporterLevel.DISTRICT if self.place.level == Level.DISTRICT else ReporterLevel.COMMUNE
            ).value
        if "ended_on" not in self.fields and self.member is not None:
            given["ended_on"] = self.member.ended_on
        return MemberTold(place=self.place, **{**given, "areas": list(given.get("areas") or [])})

    def decision_file(self) -> DecisionFile | None:
        """Give the file that was sent, if one was."""
        sent = self.cleaned_data.get("file")
        return DecisionFile(sent.name, sent.read()) if sent else None


def _place_and_above(place: Place) -> list[int]:
    """Give the ids of a place and the units above it, by the units of today."""
    return [int(part) for part in place.current_path.strip("/").split("/")]


def _initial(member: NetworkMember) -> dict[str, Any]:
    names = ("full_name", "phone", "duty", "level", "organization", "decision", "decided_on", "person", "ended_on")
    told = {name: getattr(member, name) for name in names if hasattr(member, name)}
    areas = member.areas.exclude(pk=member.place_id).exclude(current=None)
    told["areas"] = [area.current_id for area in areas]
    told["languages"] = list(member.languages.all())
    return told


class EndServiceForm(HouseForm, forms.Form):
    """End somebody's service."""

    last_day = forms.DateField(label=_("Last day"))
    reason = forms.CharField(label=_("Why does the service end?"), max_length=300, required=False)


class ResumeForm(HouseForm, forms.Form):
    """Take back the end of somebody's service."""

    reason = forms.CharField(label=_("Why does it go on?"), max_length=300)
