"""Roles and what each may do. A right is 'noun.verb'; a post gives its role's rights within its place."""

import re
from enum import StrEnum


class Role(StrEnum):
    """The kinds of post that people hold in the system."""

    PROVINCIAL_EDITOR = "provincial_editor"
    PROVINCIAL_APPROVER = "provincial_approver"
    COMMUNE_OFFICER = "commune_officer"
    COMMUNE_LEADER = "commune_leader"
    COMMUNICATOR = "communicator"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


_READ = frozenset(
    {
        "desk.use",
        "document.read",
        "task.read",
        "bulletin.read",
        "schedule.read",
        "reach.read",
        "registry.read",
        "place.read",
        "network.read",
        "inspection.read",
    }
)

RIGHTS: dict[Role, frozenset[str]] = {
    Role.PROVINCIAL_EDITOR: _READ
    | {
        "document.import", "document.confirm", "document.send", "document.receive", "paper.read", "paper.write",
        "paper.issue", "task.report", "task.assign", "bulletin.write", "schedule.edit", "lexicon.edit",
        "feedback.read", "device.read", "network.edit", "inspection.run", "inspection.fill", "defect.handle",
        "register.import",
    },
    Role.PROVINCIAL_APPROVER: _READ
    | {
        "document.confirm", "document.receive", "paper.read", "paper.approve", "task.assign", "task.publish",
        "bulletin.approve", "emergency.release", "feedback.read", "feedback.publish", "device.read",
    },
    Role.COMMUNE_OFFICER: _READ
    | {
        "document.send", "document.receive", "paper.read", "paper.write", "paper.issue", "task.report",
        "bulletin.write", "schedule.edit", "reach.tell", "feedback.read", "feedback.handle",
        "feedback.publish", "device.read", "device.enrol", "registry.edit", "network.edit", "inspection.fill",
        "defect.handle", "register.import",
    },
    Role.COMMUNE_LEADER: _READ
    | {
        "document.receive", "paper.read", "paper.approve", "bulletin.approve", "emergency.release", "feedback.read",
        "device.read",
    },
    Role.COMMUNICATOR: frozenset(
        {"desk.use", "bulletin.read", "schedule.read", "reach.read", "reach.tell", "village.tell", "place.read"}
    ),
    Role.ADMINISTRATOR: _READ
    | {
        "account.manage", "device.read", "device.enrol", "device.revoke", "lexicon.edit", "journal.read",
        "registry.edit", "registry.transfer", "place.change", "place.label", "organization.edit", "network.edit",
        "inspection.run", "defect.handle", "register.import", "paper.template",
    },
    Role.AUDITOR: _READ | {"journal.read", "device.read", "paper.read"},
}  # fmt: skip


def may(role: str, right: str) -> bool:
    """Tell whether a role includes a right."""
    return right in RIGHTS[Role(role)]


def roles_with(right: str) -> list[Role]:
    """List the roles that include a right."""
    return [role for role, rights in RIGHTS.items() if right in rights]


def is_username(text: str) -> bool:
    """Tell whether a sign-in name is 3 to 60 of a–z, 0–9, dot and hyphen, beginning with a letter."""
    return re.fullmatch(r"[a-z][a-z0-9.-]{2,59}", text) is not None
