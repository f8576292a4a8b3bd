"""What documents do by themselves, again and again."""

from datetime import timedelta

from coso.documents.actions import receiving, uploads
from coso.kit.periodic import register_job


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_job("documents.purge_uploads", every=timedelta(hours=1), run=uploads.purge_uploads)
    register_job("documents.answers_climb", every=timedelta(hours=1), run=receiving.climb_unanswered)
