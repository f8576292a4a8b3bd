"""Photos of an inspection: taken once however often they are sent, and taken away again."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit import blobs
from coso.kit.database import only_once
from coso.kit.errors import BadInput
from coso.organizations.models import Person
from coso.registry.actions.files import drop_file, take_up_file
from coso.registry.actions.inspections import Overtaken, hold_open, ref_of, require_change
from coso.registry.adapters import pictures
from coso.registry.models import Inspection, InspectionPhoto

MOST_PHOTOS = 40
Position = tuple[float | None, float | None]


def take_photo(
    *,
    by: Person,
    inspection: Inspection,
    data: bytes,
    item_number: int | None = None,
    keep_position: bool = False,
    position: Position = (None, None),
    sha256: str = "",
) -> InspectionPhoto:
    """Keep a photo without what the camera wrote into it; the same file again gives the same photo.

    Where it was taken is kept only on purpose: as the file says, else as the phone says (`position`, in degrees).
    `sha256` is what the phone says that it sent. Raise BadInput when it is no photo.
    """
    require_change(by, inspection)
    sent = hashlib.sha256(data).hexdigest()
    if sha256 and sha256.lower() != sent:
        raise BadInput(fields={"photo": [_("The photo was damaged on its way. Send it again.")]})
    there = inspection.photos.filter(sent_sha256=sent).first()
    if there is not None:
        return there
    if item_number is not None and not inspection.checklist.items.filter(number=item_number).exists():
        raise BadInput(fields={"item": [_("The checklist has no such question.")]})
    with transaction.atomic():
        hold_open(inspection.round)
    # Unpacking a photo takes a while: not with the database held. `_keep` looks again.
    picture = pictures.clean(data, keep_position=keep_position)
    latitude, longitude = picture.latitude, picture.longitude
    if keep_position and latitude is None:
        latitude, longitude = pictures.on_earth(*position)
    photo = InspectionPhoto(
        inspection=inspection,
        item_number=item_number,
        sha256=blobs.put(picture.jpeg),
        sent_sha256=sent,
        width=picture.width,
        height=picture.height,
        latitude=latitude,
        longitude=longitude,
    )
    return _keep(photo, by)


@transaction.atomic
def _keep(photo: InspectionPhoto, by: Person) -> InspectionPhoto:
    hold_open(photo.inspection.round)
    inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=photo.inspection_id)
    if inspection.photos.count() >= MOST_PHOTOS:
        raise BadInput(fields={"photo": [_("An inspection holds at most %(most)s photos.") % {"most": MOST_PHOTOS}]})
    with only_once(Overtaken()):
        photo.save()
    take_up_file(photo.sha256)
    record("inspection.photo_taken", by=by, refs=[ref_of(inspection)])
    return photo


@transaction.atomic
def remove_photo(*, by: Person, photo: InspectionPhoto) -> None:
    """Take away a photo that should not be there."""
    require_change(by, photo.inspection)
    hold_open(photo.inspection.round)
    photo.delete()
    drop_file(photo.sha256)
    record("inspection.photo_removed", by=by, refs=[ref_of(photo.inspection)])
