"""Background tasks, imported from one place so that Django's own can take over later."""

from django_tasks import task

__all__ = ["task"]
