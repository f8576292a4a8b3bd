"""Reading the files that were handed in and could not be read."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from coso.documents import policies
from coso.documents.models import Upload
from coso.kit.errors import NotFound


def waiting_uploads(person: object) -> QuerySet[Upload]:
    """List the files that wait for another try: known to whoever may import documents."""
    if not policies.may_import(person):
        return Upload.objects.none()
    return Upload.objects.filter(dropped_at=None, document=None).select_related("uploaded_by")


def get_upload(person: object, upload_id: UUID | str) -> Upload:
    """Give one file that waits, or raise NotFound."""
    try:
        found = waiting_uploads(person).filter(pk=upload_id).first()
    except (ValueError, ValidationError):
        found = None
    if found is None:
        raise NotFound
    return found
