"""Writing tasks: making them, opening their occurrences, attaching what was made for them."""

from coso.plans.actions.evidence import attach_evidence
from coso.plans.actions.occurrences import open_due
from coso.plans.actions.tasks import make_tasks

__all__ = ["attach_evidence", "make_tasks", "open_due"]
