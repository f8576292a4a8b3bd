"""What plans do by themselves, again and again."""

from datetime import timedelta

from coso.kit.periodic import register_job
from coso.plans.actions import occurrences, reminders


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_job("plans.occurrences_open", every=timedelta(hours=1), run=occurrences.open_due)
    register_job("plans.reminders", every=timedelta(minutes=30), run=reminders.remind_due)
