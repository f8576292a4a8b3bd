"""Files that could not be read are kept, so that they can be tried again, and taken away by a person or by time."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from coso.documents import policies
from coso.documents.models import Document, Upload
from coso.journal import actions as journal
from coso.kit import blobs, clock
from coso.kit.errors import NotAllowed, NotFound
from coso.kit.keeping import FRESH, erase_unheld
from coso.kit.refs import Ref
from coso.organizations.models import Person

KEPT_DAYS = 30
"""So long a file that could not be read waits for another try."""
BATCH = 200
NOTHING_TO_KEEP = ("empty", "too_large", "bomb")
"""Problems that no second try heals: the file has nothing, or is more than may be kept."""


@transaction.atomic
def keep_unread(*, data: bytes, file_name: str, by: Person, problem: str) -> Upload | None:
    """Keep a file that could not be read, once however often it is handed in; None where a retry is of no use."""
    if problem in NOTHING_TO_KEEP:
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    found = _waiting().select_for_update(of=("self",)).filter(sha256=sha256).first()
    if found is None:
        blobs.put(data)
        found = Upload(sha256=sha256, size=len(data))
    found.file_name, found.problem = file_name[:200], problem[:40]
    found.uploaded_by, found.uploaded_at = by, clock.now()
    found.save()
    journal.record("document.upload_kept", by=by, refs=[Ref("upload", str(found.pk))])
    return found


def settle(document: Document) -> None:
    """Say that the kept uploads of a file were read after all."""
    _waiting().filter(sha256=document.file_sha256).update(document=document, problem="")


def _waiting() -> QuerySet[Upload]:
    return Upload.objects.filter(dropped_at=None, document=None)


@transaction.atomic
def drop_upload(*, upload_id: UUID | str, by: Person) -> None:
    """Take a file that could not be read away; the file itself goes within hours."""
    if not policies.may_import(by):
        raise NotAllowed("document.import")
    found = _waiting().select_for_update(of=("self",)).filter(pk=upload_id).first()
    if found is None:
        raise NotFound
    found.dropped_at = clock.now()
    found.save(update_fields=["dropped_at"])
    journal.record("document.upload_dropped", by=by, refs=[Ref("upload", str(found.pk))])


def purge_uploads() -> int:
    """Take away what waited `KEPT_DAYS` in vain, erase the files of all that was taken away; give how many files."""
    now = clock.now()
    _waiting().filter(uploaded_at__lt=now - timedelta(days=KEPT_DAYS)).update(dropped_at=now - timedelta(days=1))
    with transaction.atomic():
        gone = (
            Upload.objects.select_for_update(of=("self",))
            .exclude(sha256="")
            .filter(dropped_at__lt=now - timedelta(seconds=2 * FRESH))
        )
        files = {one.pk: one.sha256 for one in gone.order_by("pk")[:BATCH]}
        # A row that still named its file would hold it.
        Upload.objects.filter(pk__in=files).update(sha256="", file_name="")
        return erase_unheld(files.values())
