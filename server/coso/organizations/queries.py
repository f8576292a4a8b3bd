"""Reading organizations and people."""

from datetime import date

from django.db.models import Q, QuerySet

from coso.organizations.models import Organization, Person


def person_name(actor: str) -> str | None:
    """Name an actor of the journal when it is a person."""
    kind, _, ident = actor.partition(":")
    if kind != "person" or not ident.isdigit():
        return None
    person = Person.objects.filter(pk=int(ident)).first()
    return person.full_name if person else None


def organizations_on(day: date) -> QuerySet[Organization]:
    """List the organizations valid on a day (an empty date is open)."""
    return Organization.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    )
