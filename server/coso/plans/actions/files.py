"""Files that units hand in as evidence for a part: looked into, kept once, taken away again while nothing is done."""

from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from coso.kit import blobs
from coso.kit.database import only_once
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations.models import Person
from coso.plans import policies, queries
from coso.plans.actions.holding import hold_reported, note
from coso.plans.adapters import files
from coso.plans.models import Attachment, Evidence, TaskState

MOST_FILES = 40
LONGEST_NAME = 200


def add_file(*, part_id: int, by: Person, data: bytes, name: str) -> Attachment:
    """Keep a file as evidence for a part. Raise BadInput when it is of no accepted kind, too large or there already."""
    part = queries.get_visible_part(by, part_id)
    if not policies.may_report(by, part):
        raise NotAllowed("task.report")
    most = settings.OPTIONS["COSO_UPLOAD_MB"]
    if len(data) > most * 1024 * 1024:
        raise BadInput(fields={"file": [_("The file is larger than %(most)s MB.") % {"most": most}]})
    # Looking into a file takes a while: not with the database held.
    kind = files.sniff(data)
    return _keep(part_id, by, data, _tidy(name, kind), kind)


@transaction.atomic
def _keep(part_id: int, by: Person, data: bytes, name: str, kind: files.Kind) -> Attachment:
    part = hold_reported(part_id, by)
    if part.attachments.count() >= MOST_FILES:
        raise BadInput(fields={"file": [_("A part holds at most %(most)s files.") % {"most": MOST_FILES}]})
    with only_once(BadInput(fields={"file": [_("This very file was handed in already.")]})):
        attachment = Attachment.objects.create(
            part=part, sha256=blobs.put(data), name=name, media_type=kind.media_type, size=len(data), added_by=by
        )
    Evidence.objects.create(
        task=part.occurrence.task, part=part, ref=str(Ref("attachment", str(attachment.pk))), attached_by=by
    )
    note("part.file_added", part, by, file=name)
    return attachment


def _tidy(name: str, kind: files.Kind) -> str:
    """Make a name to show and to save by: no folders, no control characters, the ending that the bytes ask for."""
    bare = squeeze("".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable()))
    stem = PurePath(bare).stem.strip(". ") or _("evidence")
    suffix = PurePath(bare).suffix.lower()
    if suffix == ".jpeg" and kind.suffix == ".jpg":
        suffix = ".jpg"
    kept = stem if suffix == kind.suffix else bare.strip(". ") or stem
    return f"{kept[: LONGEST_NAME - len(kind.suffix)]}{kind.suffix}"


@transaction.atomic
def remove_file(*, attachment_id: int, by: Person) -> None:
    """Take away a file that should not be there, while the part is not done."""
    found = Attachment.objects.filter(pk=attachment_id).values_list("part_id", "name").first()
    if found is None:
        raise NotFound
    part = hold_reported(found[0], by)
    if part.state == TaskState.DONE:
        raise WrongState
    Evidence.objects.filter(task=part.occurrence.task, ref=str(Ref("attachment", str(attachment_id)))).delete()
    Attachment.objects.filter(pk=attachment_id).delete()
    note("part.file_removed", part, by, file=found[1])
