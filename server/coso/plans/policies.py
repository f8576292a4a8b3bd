"""Who may read and report on tasks.

A task belongs to its document; staff of the province and of communes read every confirmed plan, since its
tasks name them all. Only who reports at the place of a unit of the task moves it.
"""

from coso.organizations import policies
from coso.organizations.models import Person
from coso.plans.models import Task


def may_read(person: object) -> bool:
    """Tell whether a person may read tasks."""
    return policies.may(person, "task.read")


def may_report(person: object, task: Task) -> bool:
    """Tell whether a person may say how a task stands: his organization does it, or he reports for the province."""
    if not isinstance(person, Person):
        return False
    units = {unit.organization_id for unit in task.units.all() if unit.organization_id}
    for post in policies.posts_of(person):
        if not policies.may(person, "task.report", post.place):
            continue
        if post.place.parent_id is None or post.organization_id in units:
            return True
    return False
