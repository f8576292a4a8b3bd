"""Background work of broadcasting."""

from coso.broadcast import actions
from coso.kit.tasks import task


@task(queue_name="urgent")
def refresh_every_manifest() -> None:
    """Give every device whose plan or areas are other than it was told a new manifest."""
    actions.refresh_manifests()
