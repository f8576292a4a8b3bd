"""Keeping the three networks: who is recognised for which areas by which decision, and when the service ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import blobs, clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import fold, squeeze
from coso.organizations import policies, queries, rules
from coso.organizations.events import NetworkChanged
from coso.organizations.models import NetworkMember, Organization, Person, ReporterLevel
from coso.organizations.rules import DecisionFile, Network
from coso.places.models import LabelFamily, LabelKind, Level, Place

Actor = Person | Literal["system"]

MOST_MEGABYTES = 10


@dataclass(frozen=True)
class MemberTold:
    """All that is kept of a member: nothing about the person beside name, telephone and service."""

    full_name: str
    place: Place
    decision: str
    decided_on: date
    phone: str = ""
    areas: Sequence[Place] = ()
    """Empty: the whole place, where the network allows it."""
    languages: Sequence[LabelKind] = ()
    ended_on: date | None = None
    person: Person | None = None
    """A communicator's account."""
    duty: str = ""
    """Of a communicator: the village office he is taken from."""
    level: str = ""
    """Of a reporter: whose committee recognised him."""
    organization: Organization | None = None
    """Of an information officer: the body for which he takes and answers."""


@transaction.atomic
def add_member(
    *, by: Actor, network: Network, told: MemberTold, file: DecisionFile | None = None, is_sample: bool = False
) -> NetworkMember:
    """Enter a member of a network with the decision that recognises him."""
    hold_places([told.place.pk])
    _require(by, told.place)
    member = _told(queries.MODELS[network](is_sample=is_sample), network, told)
    _keep(member, network, told, file)
    publish(NetworkChanged(network=str(network), member_id=member.pk))
    record(f"network.{network}_added", by=by, refs=_refs(member, network), data={"areas": len(told.areas)})
    return member


@transaction.atomic
def edit_member(
    *, by: Actor, member: NetworkMember, told: MemberTold, file: DecisionFile | None = None
) -> NetworkMember:
    """Change what is told of a member; a file that is not given stays as it is."""
    network = queries.network_of(member)
    hold_places([told.place.pk])
    locked = type(member)._default_manager.select_for_update(of=("self",)).select_related("place").get(pk=member.pk)
    _require(by, locked.place)
    _require(by, told.place)
    before = _values(locked)
    stays = told.place.pk == locked.place_id
    _keep(_told(locked, network, told), network, told, file, stays=stays)
    changed = sorted(name for name, value in _values(locked).items() if before[name] != value)
    if changed:
        publish(NetworkChanged(network=str(network), member_id=locked.pk))
        record(f"network.{network}_edited", by=by, refs=_refs(locked, network), data={"fields": changed})
    return locked


@transaction.atomic
def end_service(*, by: Actor, member: NetworkMember, last_day: date, reason: str = "") -> NetworkMember:
    """End somebody's service; the row stays as history."""
    network = queries.network_of(member)
    locked = _locked(by, member)
    if locked.ended_on is not None:
        raise WrongState(_("This service ended already."))
    if last_day < locked.decided_on:
        raise BadInput(fields={"last_day": [_("The last day comes before the decision.")]})
    locked.ended_on = last_day
    locked.save(update_fields=["ended_on"])
    publish(NetworkChanged(network=str(network), member_id=locked.pk))
    data = {"day": last_day.isoformat()}
    record(f"network.{network}_ended", by=by, refs=_refs(locked, network), data=data, reason=reason)
    return locked


@transaction.atomic
def resume_service(*, by: Actor, member: NetworkMember, reason: str = "") -> NetworkMember:
    """Take back the end of somebody's service, where it was a mistake."""
    network = queries.network_of(member)
    locked = _locked(by, member)
    if locked.ended_on is None:
        raise WrongState(_("This service goes on."))
    locked.ended_on = None
    if wrong := standing_faults(locked, network):
        raise BadInput(fields=wrong)
    if getattr(locked, "level", "") == ReporterLevel.DISTRICT:
        raise WrongState(_("There are no districts any more."))
    locked.save(update_fields=["ended_on"])
    publish(NetworkChanged(network=str(network), member_id=locked.pk))
    record(f"network.{network}_resumed", by=by, refs=_refs(locked, network), reason=reason)
    return locked


def hold_places(places: Iterable[int]) -> None:
    """Go one at a time at these places: of two who enter the same person at once, the second is refused."""
    list(Place.objects.select_for_update(no_key=True).filter(pk__in=set(places)).order_by("pk"))


def _require(by: Actor, place: Place) -> None:
    if by != "system":
        policies.require(by, "network.edit", place)


def _locked(by: Actor, member: NetworkMember) -> NetworkMember:
    rows = type(member)._default_manager.select_for_update(of=("self",)).select_related("place")
    locked = rows.get(pk=member.pk)
    _require(by, locked.place)
    return locked


def _told(member: NetworkMember, network: Network, told: MemberTold) -> NetworkMember:
    """Set what is told on the row, without keeping it."""
    member.full_name, member.phone = squeeze(told.full_name), told.phone
    member.place, member.decision = told.place, squeeze(told.decision)
    member.decided_on, member.ended_on = told.decided_on, told.ended_on
    member.person = told.person if network == Network.COMMUNICATORS else None
    for name in ("duty", "level", "organization"):
        if hasattr(type(member), name):
            setattr(member, name, getattr(told, name))
    return member


def _keep(
    member: NetworkMember, network: Network, told: MemberTold, file: DecisionFile | None, *, stays: bool = False
) -> None:
    wrong = member_faults(member, network, told, stays=stays)
    if not wrong:
        wrong = standing_faults(member, network)
    kept = None
    if file is not None:
        kept, fault = _checked(file)
        wrong |= {"file": [fault]} if fault else {}
    if wrong:
        raise BadInput(fields=wrong)
    member.phone = rules.phone_of(told.phone) or ""
    if kept is not None:
        member.decision_sha256, member.decision_file = blobs.put(kept.data), kept.name
    member.save()
    # Who serves the whole place serves that one unit.
    member.areas.set(told.areas or [told.place])
    member.languages.set(told.languages)


def _checked(file: DecisionFile) -> tuple[DecisionFile | None, str]:
    if len(file.data) > MOST_MEGABYTES * 1024 * 1024:
        return None, _("The file holds more than %(most)s MB.") % {"most": MOST_MEGABYTES}
    kept = rules.cleaned(file)
    return kept, "" if kept else _("This is neither a PDF nor a picture (JPG, PNG), whatever its name says.")


def member_faults(
    member: NetworkMember, network: Network, told: MemberTold, *, stays: bool = False
) -> dict[str, list[str]]:
    """Say what is wrong with what is told of a member, as sentences by field; asks the database nothing.

    Who stays where he was recognised serves on when that commune is merged: the record keeps the unit of its day.
    Whether the person stands there already is another question.
    """
    wrong: dict[str, list[str]] = {}
    try:
        relations = [field.name for field in member._meta.fields if field.is_relation]
        member.clean_fields(exclude=[*relations, "phone", "decision_sha256", "decision_file"])
    except ValidationError as found:
        wrong.update({name: list(lines) for name, lines in found.message_dict.items()})
    if rules.phone_of(told.phone) is None:
        wrong["phone"] = [_("This is no Vietnamese telephone number: it has 10 or 11 figures and begins with 0.")]
    if told.decided_on > clock.today():
        wrong["decided_on"] = [_("The decision cannot be of a day to come.")]
    if told.ended_on is not None and told.ended_on < told.decided_on:
        wrong["ended_on"] = [_("The last day comes before the decision.")]
    wrong |= _place_faults(network, told, stays=stays) | _area_faults(network, told)
    if any(language.family != LabelFamily.LANGUAGE for language in told.languages):
        wrong["languages"] = [_("Choose languages only.")]
    return wrong


def _place_faults(network: Network, told: MemberTold, *, stays: bool) -> dict[str, list[str]]:
    """Say at which places a network has members: communicators a commune's, others a commune's or the province's."""
    level = told.place.level
    if network == Network.REPORTERS and told.level == ReporterLevel.DISTRICT:
        if level != Level.DISTRICT:
            return {"place": [_("A district reporter belonged to a district of then.")]}
        if told.ended_on is None or told.ended_on > rules.LAST_DISTRICT_DAY:
            return {"ended_on": [_("The district level ended on 30/06/2025: give the last day.")]}
        return {}
    if told.ended_on is None and not stays and not told.place.is_valid_on(clock.today()):
        return {"place": [_("%(place)s does not exist any more.") % {"place": told.place.name}]}
    if network == Network.COMMUNICATORS and level != Level.COMMUNE:
        return {"place": [_("The chairman of a commune or ward recognises a communicator: choose one.")]}
    wanted = {ReporterLevel.COMMUNE.value: Level.COMMUNE}.get(told.level, Level.PROVINCE)
    if network == Network.REPORTERS and level != wanted:
        return {"place": [_("The place does not fit the level of the reporter.")]}
    if level not in {Level.COMMUNE, Level.PROVINCE}:
        return {"place": [_("Choose a commune, a ward or the province.")]}
    return {}


def _area_faults(network: Network, told: MemberTold) -> dict[str, list[str]]:
    if network == Network.COMMUNICATORS and not told.areas:
        return {"areas": [_("Choose at least one village.")]}
    outside = [area.name for area in told.areas if not area.is_within(told.place)]
    if outside:
        sentence = _("These do not lie in %(place)s: %(names)s.")
        return {"areas": [sentence % {"place": told.place.name, "names": ", ".join(outside)}]}
    if network == Network.COMMUNICATORS and any(area.level != Level.VILLAGE for area in told.areas):
        return {"areas": [_("A communicator serves villages and residential groups.")]}
    return {}


def standing_faults(
    member: NetworkMember, network: Network, beside: Sequence[NetworkMember] | None = None
) -> dict[str, list[str]]:
    """Say why a member who serves can't stand beside the others of the place; asked while the place is held.

    `beside` are the members who serve there, where they are at hand already.
    """
    if member.ended_on is not None:
        return {}
    others = list(serving_at(network, [member.place])) if beside is None else beside
    others = [one for one in others if one.pk != member.pk]
    return _twin_faults(member, others) | _linked_faults(member, network, others)


def serving_at(network: Network, places: Sequence[Place]) -> QuerySet[NetworkMember]:
    """List who serves in a network at some places, those of the communes that were merged into them too."""
    today = [place.current_id for place in places if place.current_id is not None]
    here = [place.pk for place in places if place.current_id is None]
    rows = queries.MODELS[network]._default_manager.filter(queries.serving())
    return rows.filter(Q(place__current__in=today) | Q(place__in=here))


def _twin_faults(member: NetworkMember, others: Sequence[NetworkMember]) -> dict[str, list[str]]:
    """Refuse a second row of one person, told by name and telephone."""
    phone, name = rules.phone_of(member.phone) or "", fold(member.full_name)
    if (name, phone) not in {(fold(one.full_name), one.phone) for one in others}:
        return {}
    if phone:
        sentence = _("%(person)s with this telephone number stands in this network of %(place)s already.")
    else:
        sentence = _("%(person)s stands in this network of %(place)s already; for another person, give the telephone.")
    field_ = "full_name" if phone else "phone"
    return {field_: [sentence % {"person": member.full_name, "place": member.place.name}]}


def _linked_faults(member: NetworkMember, network: Network, others: Sequence[NetworkMember]) -> dict[str, list[str]]:
    """Refuse an account without a communicator's post here, or one that another member has."""
    if member.person is None:
        return {}
    if not queries.communicator_accounts(member.place).filter(pk=member.person.pk).exists():
        return {"person": [_("%(person)s holds no communicator's post here.") % {"person": member.person.full_name}]}
    if any(one.person_id == member.person.pk for one in others):
        return {"person": [_("The account of %(person)s is linked already.") % {"person": member.person.full_name}]}
    return {}


def _values(member: NetworkMember) -> dict[str, Any]:
    """Give what is kept of a member, to tell what an edit changes."""
    names = ["full_name", "phone", "place_id", "decision", "decided_on", "ended_on", "decision_sha256", "person_id"]
    names += [name for name in ("duty", "level", "organization_id") if hasattr(member, name)]
    told: dict[str, Any] = {name: getattr(member, name) for name in names}
    told["areas"] = sorted(member.areas.values_list("pk", flat=True))
    told["languages"] = sorted(member.languages.values_list("pk", flat=True))
    return told


def _refs(member: NetworkMember, network: Network) -> list[Ref]:
    return [Ref(str(network), str(member.pk)), Ref("place", str(member.place_id))]
