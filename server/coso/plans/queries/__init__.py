"""Reading tasks."""

from coso.plans.queries.tasks import get_visible, open_tasks_of, visible_tasks

__all__ = ["get_visible", "open_tasks_of", "visible_tasks"]
