"""Letting an emergency go, and calling it back."""

from uuid import UUID

from coso.broadcast.actions.manifests import media_of, one_line
from coso.broadcast.events import AlertCancelled, AlertReleased
from coso.broadcast.models import Alert
from coso.broadcast.queries.targets import keys_of
from coso.broadcast.queries.wire import UNSIGNED_CHANNEL
from coso.broadcast.rules.manifests import alert_end
from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import clock, ids
from coso.kit.database import notify
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.newsroom import queries as newsroom
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState
from coso.organizations.models import Person
from coso_wire import Action
from coso_wire import Alert as WireAlert


def release_alert(bulletin: Bulletin, *, by: Person) -> Alert:
    """Make the alert of an approved emergency, in the transaction of its approval; the signer sends it on.

    Raise WrongState when it is no approved emergency or has expired, BadInput when it has no sound.
    """
    now = clock.now()
    if bulletin.rank != BulletinClass.EMERGENCY or bulletin.state != BulletinState.APPROVED:
        raise WrongState
    sound = newsroom.current_sound(bulletin)
    if sound is None:
        raise BadInput
    expires_at = alert_end(now, bulletin.expires_at)
    if expires_at <= now:
        raise WrongState
    alert_id = ids.new_id()
    wire = WireAlert(
        alert_id=str(alert_id),
        bulletin_id=str(bulletin.pk),
        revision=bulletin.revision,
        action=Action.PLAY,
        areas=tuple(keys_of(bulletin.areas.all())),
        issued_at=now,
        expires_at=expires_at,
        media=media_of(sound),
        title=one_line(bulletin.title),
    )
    alert = _keep(alert_id, bulletin, wire, by)
    publish(AlertReleased(alert_id=alert.pk, bulletin_id=bulletin.pk))
    return alert


def cancel_alerts(bulletin: Bulletin, *, by: Person) -> list[Alert]:
    """Tell devices to stop each alert of a bulletin that may still play; give the cancellations."""
    now = clock.now()
    made = []
    standing = Alert.objects.select_for_update(of=("self",)).filter(
        bulletin=bulletin, action=Action.PLAY, expires_at__gt=now, cancellations=None
    )
    for alert in standing:
        wire = WireAlert(
            alert_id=str(alert.pk),
            bulletin_id=str(bulletin.pk),
            revision=alert.revision,
            action=Action.CANCEL,
            areas=WireAlert.from_bytes(bytes(alert.payload)).areas,
            issued_at=now,
            expires_at=alert.expires_at,
            title=one_line(bulletin.title),
        )
        made.append(_keep(ids.new_id(), bulletin, wire, by, cancels=alert))
        publish(AlertCancelled(alert_id=alert.pk, bulletin_id=bulletin.pk))
    return made


def _keep(alert_id: UUID, bulletin: Bulletin, wire: WireAlert, by: Person, cancels: Alert | None = None) -> Alert:
    alert = Alert.objects.create(
        id=alert_id,
        bulletin=bulletin,
        revision=wire.revision,
        cancels=cancels,
        action=wire.action.value,
        payload=wire.to_bytes(),
        released_by=by,
        created_at=wire.issued_at,
        expires_at=wire.expires_at,
    )
    journal.record(
        "alert.cancelled" if cancels else "alert.released",
        by=by,
        refs=[Ref("bulletin", str(bulletin.pk))],
        data={"alert": wire.alert_id, "areas": len(wire.areas)},
    )
    notify(UNSIGNED_CHANNEL)
    return alert
