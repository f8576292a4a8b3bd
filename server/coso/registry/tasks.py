"""What the registry does by itself, again and again."""

from datetime import timedelta

from coso.kit.periodic import register_job
from coso.registry.actions import defects, files


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_job("registry.defects_climb", every=timedelta(hours=1), run=defects.climb_overdue)
    register_job("registry.erase_dropped", every=timedelta(hours=1), run=files.erase_dropped)
