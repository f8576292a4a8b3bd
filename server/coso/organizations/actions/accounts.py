"""Opening and closing accounts."""

from datetime import timedelta
from typing import Literal

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies, queries, rules
from coso.organizations.events import AccountClosed, AccountOpened
from coso.organizations.models import Person, Post

Actor = Person | Literal["system"]


@transaction.atomic
def open_account(
    *, by: Actor, username: str, full_name: str, password: str = "", email: str = "", phone: str = ""
) -> Person:
    """Give a person an account, without any post yet.

    Without a password the person cannot sign in with one (a province's single sign-on, or one set later).
    Raise BadInput with sentences by field.
    """
    if by != "system":
        policies.require(by, "account.manage")
    person = Person(username=username.strip(), full_name=squeeze(full_name), email=email.strip(), phone=phone.strip())
    wrong = _faults(person, password)
    if wrong:
        raise BadInput(fields=wrong)
    person.set_password(password or None)
    person.save()
    publish(AccountOpened(person_id=person.pk))
    record("account.opened", by=by, refs=[Ref("person", str(person.pk))])
    return person


def _faults(person: Person, password: str) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as found:
        wrong.update(found.message_dict)
    if not rules.is_username(person.username):
        wrong.setdefault("username", []).append(
            _("Use 3 to 60 small letters without marks, figures, dots or hyphens, beginning with a letter.")
        )
    if password:
        try:
            validate_password(password, person)
        except ValidationError as found:
            wrong["password"] = list(found.messages)
    return wrong


@transaction.atomic
def close_account(*, by: Actor, person: Person, reason: str = "") -> Person:
    """Close an account at once: no more signing in, every post ends. What the person did stays under the name.

    Who closes it must manage accounts at every place where the person holds a post; nobody closes his own.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    held = list(queries.posts_held().filter(person=locked))
    if by != "system":
        policies.require(by, "account.manage")
        if by.pk == locked.pk or not all(policies.may(by, "account.manage", post.place) for post in held):
            raise NotAllowed("account.manage")
    if not locked.is_active:
        raise WrongState(_("This account is closed already."))
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    Post.objects.filter(pk__in=[post.pk for post in held]).update(held_to=clock.today() - timedelta(days=1))
    policies.forget(person)
    publish(AccountClosed(person_id=locked.pk))
    record("account.closed", by=by, refs=[Ref("person", str(locked.pk))], data={"posts": len(held)}, reason=reason)
    return locked
