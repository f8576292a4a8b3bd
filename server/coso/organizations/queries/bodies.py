"""Reading bodies: of a day, by name, what came before and after, what depends on them, and who leads the field."""

from collections.abc import Iterable
from datetime import date

from django.db.models import ForeignObjectRel, Q, QuerySet

from coso.kit import clock
from coso.kit.text import fold, squeeze
from coso.organizations import rules
from coso.organizations.models import BodyChange, FieldLead, Organization


def organizations_on(day: date) -> QuerySet[Organization]:
    """List the organizations valid on a day (an empty date is open)."""
    return Organization.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    )


def by_name(typed: str, day: date) -> QuerySet[Organization]:
    """Find the organizations whose whole name or short name is the typed one, with or without marks."""
    wanted = fold(typed)
    close = [o.pk for o in organizations_on(day).filter(folded__contains=wanted) if wanted in _names(o)]
    return Organization.objects.filter(pk__in=close)


def _names(organization: Organization) -> set[str]:
    return {fold(organization.name), fold(squeeze(organization.short_name))}


def successor_links() -> dict[int, int]:
    """Map each body that something followed to the body that did."""
    links = Organization.objects.values_list("pk", "successor_id")
    return {pk: new for pk, new in links if new is not None}


def heirs_on(day: date) -> dict[int, int | None]:
    """Map every body to the one that holds on a day what was its: itself while it lasts, None where none is known."""
    spans = Organization.objects.values_list("pk", "valid_to")
    ended = {pk: last for pk, last in spans if last is not None}
    links = successor_links()
    return {pk: rules.heir(pk, links, ended, day) for pk, _last in spans}


def successor_of(organization: Organization, day: date | None = None) -> Organization | None:
    """Give the body that holds on a day (today) what was another's: itself while it lasts, None where none is known.

    Whatever hangs on a body (a post, a facility, a task) is said with this one beside it.
    """
    return organization.on(day or clock.today())


def held_by(organization: Organization, day: date | None = None) -> list[Organization]:
    """List a body and every one whose duties it holds on a day (today), the body itself first."""
    heirs = heirs_on(day or clock.today())
    others = [pk for pk, heir in heirs.items() if heir == organization.pk and pk != organization.pk]
    return [organization, *Organization.objects.filter(pk__in=others)]


def predecessors_of(organization: Organization) -> list[Organization]:
    """List every body that went into this one, straight or by others, the latest first."""
    links = successor_links()
    before = {organization.pk}
    while True:
        more = {old for old, new in links.items() if new in before} - before
        if not more:
            break
        before |= more
    found = Organization.objects.filter(pk__in=before - {organization.pk})
    return sorted(found, key=lambda one: one.valid_to or date.max, reverse=True)


def followers_of(organization: Organization) -> list[Organization]:
    """List the bodies that followed this one, one after the other."""
    seen = {organization.pk}
    found: list[Organization] = []
    here = organization.successor
    while here is not None and here.pk not in seen:
        seen.add(here.pk)
        found.append(here)
        here = here.successor
    return found


def dependents(organizations: Iterable[Organization]) -> dict[str, int]:
    """Count what points to some bodies, by the table that does: posts, facilities, tasks, bodies under them.

    Bodies that went into them are left out: those are their history, not what hangs on them.
    """
    ids = [one.pk for one in organizations]
    found: dict[str, int] = {}
    for relation in Organization._meta.get_fields(include_hidden=True):
        # Hidden ones too ("+"); the tables behind many-to-many fields point here by those fields already.
        if not isinstance(relation, ForeignObjectRel) or relation.related_model._meta.auto_created:
            continue
        table, name = relation.related_model, relation.field.name
        if (table, name) != (Organization, "successor") and (
            count := table._default_manager.filter(**{f"{name}__in": ids}).count()
        ):
            found[table._meta.label_lower] = found.get(table._meta.label_lower, 0) + count
    return found


def body_changes() -> QuerySet[BodyChange]:
    """List the operations on bodies, the latest first, with what they began and ended."""
    return BodyChange.objects.prefetch_related("begun", "ended")


def leads() -> QuerySet[FieldLead]:
    """List which body led the field, the latest first."""
    return FieldLead.objects.select_related("organization").order_by("-from_on")


def lead_on(day: date | None = None) -> FieldLead | None:
    """Give which body leads grassroots information on a day (today), by the setting; None before the first one.

    A body that ended meanwhile stands there as it was set: `successor_of` tells what followed it.
    """
    return leads().filter(from_on__lte=day or clock.today()).first()
