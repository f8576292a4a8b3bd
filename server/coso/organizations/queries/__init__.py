"""Reading bodies, people, and the three networks."""

from coso.organizations.queries.bodies import by_name, organizations_on
from coso.organizations.queries.people import (
    people_managed_by,
    person_name,
    post_words,
    posts_held,
    posts_not_over,
)

__all__ = [
    "by_name",
    "organizations_on",
    "people_managed_by",
    "person_name",
    "post_words",
    "posts_held",
    "posts_not_over",
]
