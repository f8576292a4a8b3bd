"""Files that nobody chose to keep are noted, and erased some days later."""

from datetime import timedelta

from django.db import transaction

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.keeping import erase_unheld
from coso.kit.refs import Ref
from coso.places.queries import province
from coso.registry.models import DroppedFile

KEPT_DAYS = 30
"""So long a photo taken off by mistake, or boundaries looked at, can still be found by an operator."""
BATCH = 500


def drop_file(sha256: str) -> None:
    """Note that a file is no longer wanted, or not wanted yet; its days begin anew."""
    DroppedFile.objects.update_or_create(sha256=sha256, defaults={"dropped_at": clock.now()})


def take_up_file(sha256: str) -> None:
    """Note that a file is wanted after all."""
    DroppedFile.objects.filter(sha256=sha256).delete()


def erase_dropped() -> int:
    """Erase the files that were dropped `KEPT_DAYS` ago and that no record holds; give how many."""
    until = clock.now() - timedelta(days=KEPT_DAYS)
    with transaction.atomic():
        old = DroppedFile.objects.select_for_update().filter(dropped_at__lt=until).order_by("pk")[:BATCH]
        files = [one.sha256 for one in old]
        DroppedFile.objects.filter(sha256__in=files).delete()
        # Before the commit: where the machine stops in between, the files are gone all the same and this is done again.
        count = erase_unheld(files)
    if count:
        record("registry.files_erased", by="system", refs=[Ref("place", str(province().pk))], data={"files": count})
    return count
