"""What of the newsroom lies in a person's hands when he leaves: his drafts, and what came back to him for changes.

What waits for approval waits for everybody who may approve it, and is nobody's own.
"""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.newsroom import policies
from coso.newsroom.models import Bulletin, BulletinState
from coso.notices import actions as notices
from coso.organizations.models import Person
from coso.organizations.ports import OpenDuty

RIGHT = policies.WRITE
OPEN = (BulletinState.DRAFT, BulletinState.RETURNED)


def find(person: Person) -> list[OpenDuty]:
    """List the bulletins that a person has begun and not submitted, the oldest first."""
    found = Bulletin.objects.filter(author=person, state__in=OPEN).prefetch_related("areas").order_by("created_at")
    return [
        OpenDuty(
            ref=Ref("bulletin", str(one.pk)),
            words=_("“%(title)s” (%(state)s)") % {"title": one.title, "state": one.get_state_display()},
            address=reverse("newsroom:bulletin", args=[one.pk]),
            place=areas[0],
        )
        for one in found
        if (areas := list(one.areas.all()))
    ]


def hand_over(ref: Ref, to: Person, by: Person) -> None:
    """Make somebody else the author, who goes on writing it; whoever wrote it so far still never approves it."""
    bulletin = Bulletin.objects.select_for_update().filter(pk=ref.id).first()
    if bulletin is None or bulletin.state not in OPEN:
        raise WrongState
    if not policies.may_write_at(to, bulletin.areas.all()):
        said = {"person": to.full_name, "title": bulletin.title}
        raise BadInput(fields={"to": [_("%(person)s may not write for every place of “%(title)s”.") % said]})
    bulletin.hands.add(bulletin.author, to)
    bulletin.author = to
    bulletin.edits = F("edits") + 1
    bulletin.save(update_fields=["author", "edits"])
    notices.tell([to], "bulletin.handed_over", ref, {"title": bulletin.title})
