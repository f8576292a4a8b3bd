"""Opening and closing accounts, and the passwords that others know."""

from datetime import timedelta
from typing import Literal

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.database import only_once
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies, queries, rules
from coso.organizations.events import AccountClosed, AccountOpened, PasswordGiven
from coso.organizations.models import Person, Post

Actor = Person | Literal["system"]


@transaction.atomic
def open_account(
    *,
    by: Actor,
    username: str,
    full_name: str,
    password: str = "",
    email: str = "",
    phone: str = "",
    is_temporary: bool = True,
) -> Person:
    """Give a person an account, without any post yet.

    Without a password the person cannot sign in with one (a province's single sign-on, or one set later).
    Who opens the account knows the first password: it is temporary, and opens nothing but the page that changes it.
    Raise BadInput with sentences by field.
    """
    if by != "system":
        policies.require(by, "account.manage")
    person = Person(username=username.strip(), full_name=squeeze(full_name), email=email.strip(), phone=phone.strip())
    wrong = _faults(person, password)
    if wrong:
        raise BadInput(fields=wrong)
    person.set_password(password or None)
    person.must_change_password = bool(password) and is_temporary
    with only_once(BadInput(fields={"username": [_("Another account has this name.")]})):
        person.save()
    publish(AccountOpened(person_id=person.pk))
    record("account.opened", by=by, refs=[Ref("person", str(person.pk))])
    return person


def _faults(person: Person, password: str) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    try:
        person.full_clean(exclude=["password"], validate_unique=False)
    except ValidationError as found:
        wrong.update(found.message_dict)
    if Person.objects.filter(username=person.username).exists():
        wrong.setdefault("username", []).append(_("Another account has this name."))
    if not rules.is_username(person.username):
        wrong.setdefault("username", []).append(
            _("Use 3 to 60 small letters without marks, figures, dots or hyphens, beginning with a letter.")
        )
    if password and (faults := _password_faults(password, person)):
        wrong["password"] = faults
    return wrong


def _password_faults(password: str, person: Person) -> list[str]:
    try:
        validate_password(password, person)
    except ValidationError as found:
        return list(found.messages)
    return []


@transaction.atomic
def give_password(*, by: Actor, person: Person, password: str, reason: str = "") -> Person:
    """Give a person a temporary password in place of the one he has: he is signed out, and changes it at once.

    Who gives it must manage accounts at every place where the person holds or is to hold a post; nobody gives one to
    himself. A second step of sign-in stays as it is.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    require_over(by, locked)
    if not locked.is_active:
        raise WrongState(_("This account is closed already."))
    if faults := _password_faults(password, locked):
        raise BadInput(fields={"password": faults})
    locked.set_password(password)
    locked.must_change_password = True
    locked.save(update_fields=["password", "must_change_password"])
    publish(PasswordGiven(person_id=locked.pk))
    record("account.password_given", by=by, refs=[Ref("person", str(locked.pk))], reason=reason)
    return locked


@transaction.atomic
def own_password(*, person: Person) -> None:
    """Note that a person has chosen a password that nobody else knows; from now on every page opens again."""
    Person.objects.filter(pk=person.pk).update(must_change_password=False)
    person.must_change_password = False
    record("account.password_changed", by=person, refs=[Ref("person", str(person.pk))])


@transaction.atomic
def note_identity(*, person: Person, is_linked: bool) -> None:
    """Note that a person linked an identity of the single sign-on to the account, or took it off."""
    verb = "account.identity_linked" if is_linked else "account.identity_unlinked"
    record(verb, by=person, refs=[Ref("person", str(person.pk))])


def require_over(by: Actor, person: Person) -> None:
    """Refuse who does not manage the account: all of its posts that are not over, one of any time where there is none.

    Nobody manages his own, nor a deputy that of the one for whom he stands in.
    """
    if by == "system":
        return
    policies.require(by, "account.manage")
    over = all(policies.may_manage(by, person, post.place) for post in queries.posts_not_over(person))
    if by.pk == person.pk or not over or not queries.people_managed_by(by).filter(pk=person.pk).exists():
        raise NotAllowed("account.manage")


@transaction.atomic
def close_account(*, by: Actor, person: Person, reason: str = "") -> Person:
    """Close an account at once: no more signing in, every post ends. What the person did stays under the name.

    Who closes it must manage accounts at every place where the person holds or is to hold a post; where there is
    none, at a place where he held one. Nobody closes his own.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    require_over(by, locked)
    if not locked.is_active:
        raise WrongState(_("This account is closed already."))
    held = list(queries.posts_not_over(locked))
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    Post.objects.filter(pk__in=[post.pk for post in held]).update(held_to=clock.today() - timedelta(days=1))
    policies.forget(person)
    publish(AccountClosed(person_id=locked.pk))
    record("account.closed", by=by, refs=[Ref("person", str(locked.pk))], data={"posts": len(held)}, reason=reason)
    return locked
