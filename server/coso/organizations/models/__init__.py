"""Bodies with their validity, people with an account, posts, and the three networks."""

from coso.organizations.models.bodies import BodyChange, BodyChangeKind, FieldLead, Organization
from coso.organizations.models.kinds import BODY_KINDS
from coso.organizations.models.networks import (
    Communicator,
    CommunicatorDuty,
    InformationOfficer,
    NetworkMember,
    Reporter,
    ReporterLevel,
)
from coso.organizations.models.people import Invitation, Person
from coso.organizations.models.posts import Deputy, Handover, Post
from coso.organizations.models.roles import ROLE_CHOICES

__all__ = [
    "BODY_KINDS",
    "ROLE_CHOICES",
    "BodyChange",
    "BodyChangeKind",
    "Communicator",
    "CommunicatorDuty",
    "Deputy",
    "FieldLead",
    "Handover",
    "InformationOfficer",
    "Invitation",
    "NetworkMember",
    "Organization",
    "Person",
    "Post",
    "Reporter",
    "ReporterLevel",
]
