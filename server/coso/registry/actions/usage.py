"""Telling how institutions are used: a month's counts of a commune's facilities, the tours of mobile teams."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places.models import Place
from coso.registry.actions.facts import Actor, Faults, require_edit
from coso.registry.models import Facility, MonthOfUse, Tour
from coso.registry.rules import usage


@dataclass(frozen=True)
class Counts:
    """What a facility counted in a month."""

    activities: int = 0
    visits: int = 0
    loans: int = 0


def most_in_words() -> str:
    """Say what a count may be."""
    return _("Give a whole number from 0 to %(most)s.") % {
        "most": number_format(usage.MOST_COUNTED, force_grouping=True)
    }


@transaction.atomic
def tell_month(*, by: Person, month: date, counts: Mapping[int, Counts | None]) -> int:
    """Tell the counts of a month, by id of the facility; None takes back what was told. Return how many changed.

    Raise NotFound when one lies outside the person's places, BadInput with fields such as 'activities-17'.
    """
    if not usage.may_be_told(month, clock.today()):
        raise BadInput(fields={"month": [_("Counts are told of months that have begun, up to five years back.")]})
    facilities = Facility.objects.filter(
        policies.scope(by, "registry.edit", "place__path"), pk__in=list(counts), closed_on=None
    ).in_bulk()
    if len(facilities) != len(counts):
        raise NotFound
    wrong = {
        f"{name}-{pk}": [most_in_words()]
        for pk, told in counts.items()
        for name, value in (asdict(told) if told else {}).items()
        if not 0 <= value <= usage.MOST_COUNTED
    }
    if wrong or any(not usage.counts(facility.group) for facility in facilities.values()):
        raise BadInput(fields=wrong or {"": [_("Only institutions that people come to are counted by month.")]})
    before = {
        row.facility_id: row
        for row in MonthOfUse.objects.select_for_update().filter(month=month, facility__in=list(counts))
    }
    changed = [pk for pk, told in counts.items() if _told(before.get(pk)) != told]
    _write(by, month, {pk: counts[pk] for pk in changed})
    if changed:
        refs = [Ref("facility", str(pk)) for pk in changed]
        record("registry.use_told", by=by, refs=refs, data={"month": month.isoformat(), "facilities": len(changed)})
    return len(changed)


def _told(row: MonthOfUse | None) -> Counts | None:
    return Counts(row.activities, row.visits, row.loans) if row else None


def _write(by: Person, month: date, counts: Mapping[int, Counts | None]) -> None:
    MonthOfUse.objects.filter(month=month, facility__in=[pk for pk, told in counts.items() if told is None]).delete()
    MonthOfUse.objects.bulk_create(
        [
            MonthOfUse(facility_id=pk, month=month, told_by=by, told_at=clock.now(), **asdict(told))
            for pk, told in counts.items()
            if told is not None
        ],
        update_conflicts=True,
        unique_fields=["facility", "month"],
        update_fields=["activities", "visits", "loans", "told_by", "told_at"],
    )


@transaction.atomic
def add_tour(
    *,
    by: Actor,
    team: Facility,
    on: date,
    place: Place,
    topic: str,
    people: int | None = None,
) -> Tour:
    """Tell that a mobile team went to a place; how many came is a number, never a list."""
    require_edit(by, team.place)
    wrong: Faults = {}
    if team.group != "team":
        wrong[""] = [_("Only mobile teams go on tour.")]
    if on > clock.today():
        wrong["on"] = [_("This day has not come yet.")]
    if not squeeze(topic):
        wrong["topic"] = [_("Say what it was about.")]
    if people is not None and not 0 <= people <= usage.MOST_COUNTED:
        wrong["people"] = [most_in_words()]
    if wrong:
        raise BadInput(fields=wrong)
    told_by = None if by == "system" else by
    made = Tour.objects.create(team=team, on=on, place=place, topic=squeeze(topic), people=people, told_by=told_by)
    refs = [Ref("facility", str(team.pk)), Ref("place", str(place.pk))]
    record("registry.tour_told", by=by, refs=refs, data={"on": on.isoformat(), "topic": made.topic})
    return made


@transaction.atomic
def take_back_tour(*, by: Person, tour: Tour) -> None:
    """Take back a tour that was told by mistake."""
    locked = Tour.objects.select_for_update(of=("self",)).select_related("team__place").filter(pk=tour.pk).first()
    if locked is None:
        raise NotFound
    require_edit(by, locked.team.place)
    refs = [Ref("facility", str(locked.team_id)), Ref("place", str(locked.place_id))]
    record("registry.tour_taken_back", by=by, refs=refs, data={"on": locked.on.isoformat(), "topic": locked.topic})
    locked.delete()
