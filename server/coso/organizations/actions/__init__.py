"""Writing organizations: load the agencies, open and close accounts, give and end posts."""

from coso.organizations.actions.accounts import close_account, give_password, open_account, own_password
from coso.organizations.actions.agencies import load_agencies
from coso.organizations.actions.deputies import end_deputy, name_deputy
from coso.organizations.actions.posts import end_post, give_post

__all__ = [
    "close_account",
    "end_deputy",
    "end_post",
    "give_password",
    "give_post",
    "load_agencies",
    "name_deputy",
    "open_account",
    "own_password",
]
