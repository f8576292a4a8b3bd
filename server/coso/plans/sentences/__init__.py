"""How the journal's entries and the notices about tasks read."""

from coso.plans.sentences import reminders, work


def register() -> None:
    """Tell the journal and the notices."""
    work.register()
    reminders.register()
