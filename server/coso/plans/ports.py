"""What upper apps put on a task's page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from coso.plans.models import Task


@dataclass(frozen=True)
class TaskStep:
    """Something a person can begin from a task, such as writing a bulletin."""

    label: str | Promise
    icon: str
    url: Callable[[Task], str]
    right: str


_steps: list[TaskStep] = []


def register_step(step: TaskStep) -> None:
    """Let an app offer a step on a task's page; called from `AppConfig.ready`."""
    _steps.append(step)


def steps() -> list[TaskStep]:
    """List the steps in the order of registration."""
    return list(_steps)
