"""The secret address of a person's calendar: made, made anew, withdrawn."""

import secrets

from django.db import transaction

from coso.journal import actions as journal
from coso.kit import clock
from coso.kit.errors import NotAllowed
from coso.kit.refs import Ref
from coso.organizations.models import Person
from coso.plans import policies
from coso.plans.models import CalendarAddress
from coso.plans.queries.calendar import digest_of


@transaction.atomic
def make_calendar_address(*, person: Person) -> str:
    """Make the address of one's own calendar and give its secret, once; an earlier address reads nothing any more."""
    if not policies.may_read(person):
        raise NotAllowed("task.read")
    secret = secrets.token_urlsafe(32)
    made = {"digest": digest_of(secret), "made_at": clock.now(), "read_at": None}
    CalendarAddress.objects.update_or_create(person=person, defaults=made)
    journal.record("calendar.address_made", by=person, refs=[Ref("person", str(person.pk))])
    return secret


@transaction.atomic
def withdraw_calendar_address(*, person: Person) -> None:
    """Let the address of one's own calendar read nothing any more."""
    gone, _each = CalendarAddress.objects.filter(person=person).delete()
    if gone:
        journal.record("calendar.address_withdrawn", by=person, refs=[Ref("person", str(person.pk))])
