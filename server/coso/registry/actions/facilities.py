"""Entering facilities of every kind, changing what is told of them, closing and opening them again."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.places.models import Level, Place
from coso.registry.actions.facts import Actor, FacilityFacts, faults_of, require_edit, twin_fault
from coso.registry.models import Facility, SpeakerCluster, Station, StationMode, StationProfile
from coso.registry.rules.kinds import OPEN_TO_PEOPLE, SERVING


@transaction.atomic
def add_facility(*, by: Actor, facts: FacilityFacts, is_sample: bool = False) -> Facility:
    """Enter a facility of any kind."""
    require_edit(by, facts.place)
    if wrong := faults_of(facts):
        raise BadInput(fields=wrong)
    made = Facility(**_columns(facts), is_sample=is_sample)
    with only_once(BadInput(fields=twin_fault(made.code))):
        made.save()
    _follow(made, facts)
    record("registry.facility_added", by=by, refs=_refs(made), data={"kind": made.kind})
    return made


@transaction.atomic
def add_station(
    *, by: Actor, place: Place, name: str, is_sample: bool = False, mode: StationMode = StationMode.IP
) -> Station:
    """Enter the station of a commune."""
    require_edit(by, place)
    name = squeeze(name)
    wrong: dict[str, list[str]] = {}
    if place.level != Level.COMMUNE or not place.is_valid_on(clock.today()):
        wrong["place"] = [_("A station belongs to a commune or ward of today.")]
    if not name:
        wrong["name"] = [_("The station needs a name.")]
    if wrong:
        raise BadInput(fields=wrong)
    station = Station.objects.create(name=name, place=place, is_sample=is_sample)
    StationProfile.objects.create(station=station, mode=mode)
    refs = [Ref("station", str(station.pk)), Ref("place", str(place.pk)), Ref("facility", str(station.pk))]
    record("registry.station_added", by=by, refs=refs)
    return station


@transaction.atomic
def edit_facility(*, by: Actor, facility: Facility, facts: FacilityFacts) -> Facility:
    """Change what is told of a facility. Its group stays; to another commune it goes by a transfer."""
    locked = _locked(facility)
    require_edit(by, locked.place)
    if wrong := faults_of(facts, facility=locked):
        raise BadInput(fields=wrong)
    told = _columns(facts)
    changed = sorted(name for name, value in told.items() if getattr(locked, name) != value)
    for name in changed:
        setattr(locked, name, told[name])
    if changed:
        with only_once(BadInput(fields=twin_fault(locked.code))):
            locked.save(update_fields=[*changed, "folded", "sort_key"])
    changed += _follow(locked, facts)
    if changed:
        record("registry.facility_edited", by=by, refs=_refs(locked), data={"fields": changed})
    return locked


@transaction.atomic
def close_facility(*, by: Actor, facility: Facility, closed_on: date, reason: str = "") -> Facility:
    """Close a facility on its last day; a station only after its clusters were retired or moved."""
    locked = _locked(facility)
    require_edit(by, locked.place)
    if locked.closed_on is not None:
        raise WrongState(_("This facility is closed already."))
    if closed_on > clock.today():
        raise BadInput(fields={"closed_on": [_("This day has not come yet.")]})
    if locked.opened_on and closed_on < locked.opened_on:
        raise BadInput(fields={"closed_on": [_("It cannot close before the day on which it opened.")]})
    standing = SpeakerCluster.objects.filter(station_id=locked.pk, retired_on=None).count()
    if standing:
        sentence = ngettext(
            "%(count)s cluster of this station still stands; retire it first.",
            "%(count)s clusters of this station still stand; retire them first.",
            standing,
        )
        raise BadInput(fields={"closed_on": [sentence % {"count": standing}]})
    locked.closed_on = closed_on
    locked.save(update_fields=["closed_on"])
    on = {"on": closed_on.isoformat()}
    record("registry.facility_closed", by=by, refs=_refs(locked), data=on, reason=squeeze(reason))
    return locked


@transaction.atomic
def reopen_facility(*, by: Actor, facility: Facility) -> Facility:
    """Open again a facility that was closed."""
    locked = _locked(facility)
    require_edit(by, locked.place)
    if locked.closed_on is None:
        raise WrongState(_("This facility is not closed."))
    locked.closed_on = None
    locked.save(update_fields=["closed_on"])
    record("registry.facility_reopened", by=by, refs=_refs(locked))
    return locked


def _locked(facility: Facility) -> Facility:
    found = Facility.objects.select_for_update(of=("self",)).select_related("place__current__parent", "place__parent")
    return found.get(pk=facility.pk)


def _columns(facts: FacilityFacts) -> dict[str, object]:
    told = facts.columns
    if facts.group not in OPEN_TO_PEOPLE:
        told["opening_hours"] = ""
    return told


def _follow(facility: Facility, facts: FacilityFacts) -> list[str]:
    """Write what stands beside the facility's own row; name what changed."""
    changed = []
    wanted = {village.pk for village in facts.serves} if facts.group in SERVING else set()
    if wanted != set(facility.serves.values_list("pk", flat=True)):
        facility.serves.set(wanted)
        changed.append("serves")
    if facts.group == "station":
        profile = StationProfile.objects.filter(station=facility.pk).first()
        told = facts.station
        if profile is None or any(getattr(profile, name) != value for name, value in told.items()):
            StationProfile.objects.update_or_create(station_id=facility.pk, defaults=told)
            changed.append("station")
    return changed


def _refs(facility: Facility) -> list[Ref]:
    return [Ref("facility", str(facility.pk)), Ref("place", str(facility.place_id))]
