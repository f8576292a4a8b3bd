"""Writing organizations: load the agencies, open and close accounts, give and end posts."""

from coso.organizations.actions.accounts import close_account, give_password, note_identity, open_account, own_password
from coso.organizations.actions.agencies import load_agencies
from coso.organizations.actions.bodies import (
    NewBody,
    add_body,
    dissolve_body,
    merge_bodies,
    move_body,
    rehearse,
    rename_body,
    undo_body_change,
    undo_hindrance,
)
from coso.organizations.actions.deputies import end_deputy, name_deputy
from coso.organizations.actions.handover import begin_handover, finish_handover, pass_all_on, pass_on, withdraw_handover
from coso.organizations.actions.invitations import (
    accept_invitation,
    digest_of,
    invite,
    is_good,
    renew_invitation,
    withdraw_invitation,
)
from coso.organizations.actions.leads import remove_lead, set_lead
from coso.organizations.actions.networks import (
    MOST_MEGABYTES,
    MemberTold,
    add_member,
    edit_member,
    end_service,
    resume_service,
)
from coso.organizations.actions.posts import end_post, give_post

__all__ = [
    "MOST_MEGABYTES",
    "MemberTold",
    "NewBody",
    "accept_invitation",
    "add_body",
    "add_member",
    "begin_handover",
    "close_account",
    "digest_of",
    "dissolve_body",
    "edit_member",
    "end_deputy",
    "end_post",
    "end_service",
    "finish_handover",
    "give_password",
    "give_post",
    "invite",
    "is_good",
    "load_agencies",
    "merge_bodies",
    "move_body",
    "name_deputy",
    "note_identity",
    "open_account",
    "own_password",
    "pass_all_on",
    "pass_on",
    "rehearse",
    "remove_lead",
    "rename_body",
    "renew_invitation",
    "resume_service",
    "set_lead",
    "undo_body_change",
    "undo_hindrance",
    "withdraw_handover",
    "withdraw_invitation",
]
