"""Reading bodies: of a day, by name."""

from datetime import date

from django.db.models import Q, QuerySet

from coso.kit.text import fold, squeeze
from coso.organizations.models import Organization


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
