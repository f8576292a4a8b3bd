"""Reading bodies, people, and the three networks."""

from coso.organizations.queries.bodies import (
    body_changes,
    by_name,
    dependents,
    followers_of,
    heirs_on,
    held_by,
    lead_on,
    leads,
    organizations_on,
    predecessors_of,
    successor_links,
    successor_of,
)
from coso.organizations.queries.deputies import (
    deputies_not_over,
    deputy_words,
    may_stand_in,
    stand_ins_of,
    stands_in_for,
)
from coso.organizations.queries.people import (
    people_in_role,
    people_managed_by,
    person_name,
    post_words,
    posts_held,
    posts_not_over,
)

__all__ = [
    "body_changes",
    "by_name",
    "dependents",
    "deputies_not_over",
    "deputy_words",
    "followers_of",
    "heirs_on",
    "held_by",
    "lead_on",
    "leads",
    "may_stand_in",
    "organizations_on",
    "people_in_role",
    "people_managed_by",
    "person_name",
    "post_words",
    "posts_held",
    "posts_not_over",
    "predecessors_of",
    "stand_ins_of",
    "stands_in_for",
    "successor_links",
    "successor_of",
]
