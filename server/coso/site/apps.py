"""The site as a Django app: fills ports that need every app at once."""

from datetime import timedelta

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Wires the apps together."""

    name = "coso.site"
    label = "coso_site"

    def ready(self) -> None:
        """Name the jobs that belong to the system as a whole."""
        from django.core.management import call_command

        from coso.journal import actions as journal
        from coso.kit import database
        from coso.kit.periodic import register_job
        from coso.site import models, worker
        from coso.ui.ports import register_sign_in_note

        register_job("journal.seal", every=timedelta(seconds=2), run=journal.seal)
        register_job("journal.keep_head", every=timedelta(minutes=10), run=journal.keep_head)
        register_job("tasks.revive", every=timedelta(minutes=1), run=worker.revive)
        register_job("tasks.prune", every=timedelta(days=1), run=worker.prune)
        register_job("sessions.clear", every=timedelta(days=1), run=lambda: call_command("clearsessions"))
        register_job("database.statistics", every=timedelta(days=1), run=database.refresh_statistics)
        register_job("cache.sweep", every=timedelta(hours=1), run=models.sweep)
        register_sign_in_note(demo_sign_ins)


def demo_sign_ins() -> list[tuple[str, str, str]]:
    """Give the accounts that a demonstration shows on its sign-in page; none elsewhere."""
    from django.conf import settings

    from coso.site.demo import DEMO_ACCOUNTS, DEMO_PASSWORD

    if not settings.OPTIONS["COSO_DEMO"]:
        return []
    return [
        (account.username, f"{account.full_name}: {account.role_label}, {account.place}", DEMO_PASSWORD)
        for account in DEMO_ACCOUNTS
    ]
