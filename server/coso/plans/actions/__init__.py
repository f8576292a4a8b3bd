"""Writing tasks: making them, reporting on them, attaching what was made for them."""

from coso.plans.actions.tasks import attach_evidence, make_tasks, move_task

__all__ = ["attach_evidence", "make_tasks", "move_task"]
