"""Reading tasks, the work on them, the bodies that do it."""

from coso.plans.queries.bodies import Heirs, bodies_that_may_help, owners_of, readers_of, reporters_of
from coso.plans.queries.tasks import HEAVY, get_visible, open_tasks_of, visible_tasks
from coso.plans.queries.work import (
    all_parts,
    get_visible_part,
    has_unassigned,
    late_first,
    late_parts,
    occurrences_of,
    open_parts,
    parts_of,
    present_part,
    unassigned,
    visible_parts,
    with_open_matters,
)

__all__ = [
    "HEAVY",
    "Heirs",
    "all_parts",
    "bodies_that_may_help",
    "get_visible",
    "get_visible_part",
    "has_unassigned",
    "late_first",
    "late_parts",
    "occurrences_of",
    "open_parts",
    "open_tasks_of",
    "owners_of",
    "parts_of",
    "present_part",
    "readers_of",
    "reporters_of",
    "unassigned",
    "visible_parts",
    "visible_tasks",
    "with_open_matters",
]
