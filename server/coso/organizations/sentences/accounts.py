"""How the journal's entries about accounts, posts and organizations read."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref
from coso.organizations import queries


def _person(entry: Entry) -> str:
    ident = Ref.parse(entry.refs[0]).id
    return queries.person_name(f"person:{ident}") or ident


def _post(entry: Entry) -> dict[str, str]:
    ident = Ref.parse(entry.refs[0]).id
    person, role, place = queries.post_words(ident) or (ident, ident, ident)
    return {"person": person, "role": role, "place": place}


def account_opened(entry: Entry) -> str:
    """Word the opening of an account."""
    return _("An account was opened for %(person)s.") % {"person": _person(entry)}


def account_closed(entry: Entry) -> str:
    """Word the closing of an account."""
    return _("The account of %(person)s was closed.") % {"person": _person(entry)}


def password_given(entry: Entry) -> str:
    """Word the giving of a temporary password."""
    return _("%(person)s was given a temporary password.") % {"person": _person(entry)}


def password_changed(entry: Entry) -> str:
    """Word the change of a password by its owner."""
    return _("%(person)s changed the password.") % {"person": _person(entry)}


def identity_linked(entry: Entry) -> str:
    """Word the linking of an identity of the single sign-on."""
    return _("%(person)s linked the single sign-on to the account.") % {"person": _person(entry)}


def identity_unlinked(entry: Entry) -> str:
    """Word the unlinking of it."""
    return _("%(person)s took the single sign-on off the account.") % {"person": _person(entry)}


def post_given(entry: Entry) -> str:
    """Word the giving of a post."""
    return _("%(person)s was given the post: %(role)s, %(place)s.") % _post(entry)


def post_ended(entry: Entry) -> str:
    """Word the end of a post."""
    return _("%(person)s no longer holds the post: %(role)s, %(place)s.") % _post(entry)


def loaded(entry: Entry) -> str:
    """Word the loading of the agencies."""
    count = entry.data["organizations"]
    return ngettext("%(count)s organization was loaded.", "%(count)s organizations were loaded.", count) % {
        "count": count
    }


def register() -> None:
    """Tell the journal."""
    register_sentence("account.opened", account_opened)
    register_sentence("account.closed", account_closed)
    register_sentence("account.password_given", password_given)
    register_sentence("account.password_changed", password_changed)
    register_sentence("account.identity_linked", identity_linked)
    register_sentence("account.identity_unlinked", identity_unlinked)
    register_sentence("post.given", post_given)
    register_sentence("post.ended", post_ended)
    register_sentence("organizations.loaded", loaded)
