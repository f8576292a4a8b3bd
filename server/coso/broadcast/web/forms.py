"""The forms of the schedule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.broadcast import queries
from coso.kit import clock
from coso.newsroom.models import Bulletin
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places import queries as places
from coso.places.models import Level, Place
from coso.ui.forms import DateTimeInput, HouseForm


def places_for(person: Person, bulletin: Bulletin) -> list[Place]:
    """List where a person may put a bulletin on air: its areas within his right, and what lies under them."""
    areas = list(bulletin.areas.all())
    mine = policies.places_with(person, "schedule.edit")
    roots = [area if area.is_within(own) else own for area in areas for own in mine if _meet(area, own)]
    found: dict[int, Place] = {}
    for root in roots:
        levels = [Level.COMMUNE] if root.level == Level.PROVINCE else [Level.COMMUNE, Level.VILLAGE]
        inside = places.now().filter(current_path__startswith=root.current_path)
        under = inside.filter(level__in=[*levels, root.level]).select_related("parent")
        found |= {place.pk: place for place in under.order_by("path")[:400]}
    heard = queries.paths_with_clusters(roots)
    return [place for place in found.values() if any(path.startswith(place.current_path) for path in heard)]


def _meet(one: Place, other: Place) -> bool:
    return one.is_within(other) or other.is_within(one)


class PlanForm(HouseForm, forms.Form):
    """Give a bulletin a time on air."""

    place = forms.TypedChoiceField(
        label=_("Where?"),
        help_text=_("Every loudspeaker of this place plays it."),
        coerce=int,
        choices=[],
    )
    starts_at = forms.DateTimeField(label=_("When?"), help_text=_("The time in Vietnam."), widget=DateTimeInput())

    def __init__(self, *args: Any, person: Person, bulletin: Bulletin, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = places_for(person, bulletin)
        self.offered = {place.pk: place for place in offered}
        areas = {place.current_id for place in bulletin.areas.all()}
        self.areas = [place for place in offered if place.pk in areas]
        everywhere = [(0, _("Everywhere the bulletin is for"))] if len(self.areas) > 1 else []
        self.fields["place"].choices = everywhere + [  # type: ignore[attr-defined]
            (
                place.pk,
                f"{place.name}, {place.parent.name}" if place.level == Level.VILLAGE and place.parent else place.name,
            )
            for place in offered
        ]
        self.fields["starts_at"].initial = _next_slot()


def _next_slot() -> Any:
    """Give the next of the two hours at which most stations speak: 5:30 and 17:00."""
    now = clock.local(clock.now())
    today = [
        now.replace(hour=5, minute=30, second=0, microsecond=0),
        now.replace(hour=17, minute=0, second=0, microsecond=0),
    ]
    return next((at for at in today if at > now), today[0] + clock.days(1))


def chosen(form: PlanForm) -> list[Place]:
    """Give the places that were chosen: one, or all areas of the bulletin."""
    pk = form.cleaned_data["place"]
    return form.areas if pk == 0 else [form.offered[pk]]


class CancelForm(HouseForm, forms.Form):
    """Take a time off the schedule."""

    reason = forms.CharField(label=_("Why is it taken off the schedule?"), max_length=300)
