"""Stating that a station without networked devices has played, and taking it back."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coso.broadcast import queries
from coso.broadcast.models import StatedPlay
from coso.journal import actions as journal
from coso.kit import clock
from coso.kit.errors import BadInput, NotFound, WrongState
from coso.kit.refs import Ref
from coso.newsroom.models import Bulletin, BulletinState
from coso.organizations import policies
from coso.organizations.models import Person
from coso.registry.models import Station


@transaction.atomic
def state_played(*, bulletin_id: UUID, station_id: int, by: Person) -> StatedPlay:
    """State that a station has played a bulletin. Saying it again gives the first statement and changes nothing.

    Raise NotFound, NotAllowed without `reach.tell` at the station's place, WrongState unless the bulletin is approved,
    BadInput when no village of the bulletin hears a loudspeaker of the station that is on no network.
    """
    bulletin = Bulletin.objects.select_for_update().filter(pk=bulletin_id).first()
    station = Station.objects.select_related("place").filter(pk=station_id).first()
    if bulletin is None or station is None:
        raise NotFound
    policies.require(by, "reach.tell", station.place)
    if bulletin.state != BulletinState.APPROVED:
        raise WrongState(_("Only an approved bulletin may be played."))
    if not queries.stations_off_network(bulletin).filter(pk=station.pk).exists():
        raise BadInput(_("Of this station only the devices themselves can say what they have played."))
    standing = StatedPlay.objects.filter(bulletin=bulletin, station=station, withdrawn_at=None).first()
    if standing is not None:
        return standing
    stated = StatedPlay.objects.create(bulletin=bulletin, station=station, stated_by=by, stated_at=clock.now())
    _record("reach.play_stated", stated, by)
    return stated


@transaction.atomic
def withdraw_played(*, bulletin_id: UUID, station_id: int, by: Person) -> StatedPlay:
    """Take back the word that a station has played. Raise NotFound when there is none, NotAllowed."""
    stated = (
        StatedPlay.objects.select_for_update(of=("self",))
        .select_related("station__place")
        .filter(bulletin_id=bulletin_id, station_id=station_id, withdrawn_at=None)
        .first()
    )
    if stated is None:
        raise NotFound
    policies.require(by, "reach.tell", stated.station.place)
    stated.withdrawn_at = clock.now()
    stated.save(update_fields=["withdrawn_at"])
    _record("reach.play_withdrawn", stated, by)
    return stated


def _record(verb: str, stated: StatedPlay, by: Person) -> None:
    journal.record(
        verb,
        by=by,
        refs=[Ref("bulletin", str(stated.bulletin_id)), Ref("place", str(stated.station.place_id))],
        data={"station": stated.station.name},
    )
