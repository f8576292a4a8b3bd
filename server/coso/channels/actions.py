"""Stating that a village was told, and taking it back."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coso.channels.models import Telling
from coso.journal import actions as journal
from coso.kit import clock
from coso.kit.errors import BadInput, NotFound, WrongState
from coso.kit.refs import Ref
from coso.newsroom.models import Bulletin, BulletinState
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places import queries as places
from coso.places.models import Level, Place


@transaction.atomic
def tell_village(*, bulletin_id: UUID, village_id: int, by: Person) -> Telling:
    """State that one told a village a bulletin. Saying it again gives the first telling and changes nothing.

    Raise NotFound, NotAllowed without `reach.tell` at the village, BadInput when the bulletin is not for it,
    WrongState unless the bulletin is approved.
    """
    bulletin = Bulletin.objects.select_for_update().filter(pk=bulletin_id).first()
    village = Place.objects.filter(pk=village_id, level=Level.VILLAGE).first()
    if bulletin is None or village is None:
        raise NotFound
    policies.require(by, "reach.tell", village)
    if not any(village.is_within(area) for area in bulletin.areas.all()):
        raise BadInput(fields={"village": [_("This bulletin is not for this village.")]})
    if bulletin.state != BulletinState.APPROVED:
        raise WrongState(_("Only an approved bulletin may be told."))
    same = places.stand_ins([village.pk]).rows
    standing = Telling.objects.filter(bulletin=bulletin, village__in=same, withdrawn_at=None).first()
    if standing is not None:
        return standing
    telling = Telling.objects.create(bulletin=bulletin, village=village, told_by=by, told_at=clock.now())
    _record("reach.told", telling, by)
    return telling


@transaction.atomic
def withdraw_telling(*, bulletin_id: UUID, village_id: int, by: Person) -> Telling:
    """Take back the word that a village was told. Raise NotFound when there is none within the person's right."""
    telling = (
        Telling.objects.select_for_update(of=("self",))
        .select_related("village")
        .filter(bulletin_id=bulletin_id, village__in=places.stand_ins([village_id]).rows, withdrawn_at=None)
        .first()
    )
    if telling is None:
        raise NotFound
    policies.require(by, "reach.tell", telling.village)
    telling.withdrawn_at = clock.now()
    telling.save(update_fields=["withdrawn_at"])
    _record("reach.telling_withdrawn", telling, by)
    return telling


def _record(verb: str, telling: Telling, by: Person) -> None:
    journal.record(
        verb,
        by=by,
        refs=[Ref("bulletin", str(telling.bulletin_id)), Ref("place", str(telling.village_id))],
        data={"village": telling.village.name},
    )
