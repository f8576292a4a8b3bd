"""Health of the running system: one finding for each thing that must hold, with the sentence that mends it."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from coso.devices.models import Device
from coso.journal.models import Entry
from coso.kit import clock
from coso.notices.models import Delivery, DeliveryState
from coso.site import guard

WAITING_TOO_LONG = timedelta(minutes=5)
LATELY = timedelta(days=7)
LEAST_FREE = 1 << 30
HEARD_LATELY = timedelta(hours=1)
WORST_SKEW = 60.0


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Finding:
    """What was found about one thing."""

    name: str
    level: Level
    sentence: str

    def as_dict(self) -> dict[str, str]:
        """Give it as plain data, for machines."""
        return asdict(self)


def all_findings() -> Iterator[Finding]:
    """Look at everything, in the order in which it should be mended. What needs the database waits for it."""
    first = database()
    yield first
    yield from (look() for look in (keys, media, voice, tls))
    if first.level is Level.OK:
        second = migrations()
        yield second
        if second.level is Level.OK:
            yield from (look() for look in (tasks, mail, journal, devices))


def database() -> Finding:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        words = _("The database does not answer: %(error)s. Look at COSO_DATABASE_URL and COSO_DATA.")
        return Finding("database", Level.FAILURE, words % {"error": str(error).strip()})
    return Finding("database", Level.OK, _("The database answers (%(kind)s).") % {"kind": connection.display_name})


def migrations() -> Finding:
    """Whether the tables are those that this version needs."""
    missing = missing_migrations()
    if missing:
        words = _("%(count)s migrations are not applied. Run: coso migrate")
        return Finding("migrations", Level.FAILURE, words % {"count": missing})
    return Finding("migrations", Level.OK, _("Every migration is applied."))


def missing_migrations() -> int:
    """Count the migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def keys() -> Finding:
    """Whether only this user reads the keys."""
    folder = Path(settings.DATA) / "keys"
    open_ = [path.name for path in folder.glob("*.key") if path.stat().st_mode & 0o077]
    if open_:
        words = _("Other users of this machine can read these keys: %(names)s. Run: chmod 600 on them in %(folder)s.")
        return Finding("keys", Level.FAILURE, words % {"names": ", ".join(open_), "folder": folder})
    if not _signing_key().is_file():
        words = _("There is no signing key yet; the signer makes it when it first runs: coso signer.")
        return Finding("keys", Level.WARNING, words)
    return Finding("keys", Level.OK, _("The keys are there, and only this user reads them."))


def _signing_key() -> Path:
    return Path(settings.OPTIONS["COSO_SIGNING_KEY"] or Path(settings.DATA) / "keys" / "signing.key")


def media() -> Finding:
    """Whether media can be stored."""
    folder = Path(settings.MEDIA)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        words = _("Nothing can be written to the media folder %(folder)s: %(error)s.")
        return Finding("media", Level.FAILURE, words % {"folder": folder, "error": error.strerror})
    if free < LEAST_FREE:
        words = _("Only %(free)s MB are free for media; make room.")
        return Finding("media", Level.WARNING, words % {"free": free >> 20})
    return Finding("media", Level.OK, _("Media can be stored; %(free)s GB are free.") % {"free": free >> 30})


def voice() -> Finding:
    """Whether a text can be spoken."""
    if shutil.which("espeak-ng"):
        return Finding("voice", Level.OK, _("The voice program is there (espeak-ng)."))
    if find_spec("espeakng_loader"):
        return Finding(
            "voice", Level.OK, _("The voice comes from the package espeakng-loader; espeak-ng is not installed.")
        )
    return Finding("voice", Level.FAILURE, _("No text can be spoken. Install espeak-ng."))


def tls() -> Finding:
    """Whether what goes over the network is closed to others; what does not work without."""
    try:
        guard.require_tls(settings.OPTIONS)
    except guard.NotSafe as refused:
        return Finding("tls", Level.FAILURE, str(refused))
    if settings.OPTIONS["COSO_TLS_CERT"] or settings.OPTIONS["COSO_TRUSTED_PROXY"]:
        return Finding("tls", Level.OK, _("Pages and devices are served over TLS."))
    words = _(
        "Without TLS only this machine is served: no loudspeaker or phone elsewhere, no passkey, no installed page. "
        "Set COSO_TLS_CERT and COSO_TLS_KEY, or COSO_TRUSTED_PROXY."
    )
    return Finding("tls", Level.WARNING, words)


def tasks() -> Finding:
    """Whether background work is done in time."""
    limit = clock.now() - WAITING_TOO_LONG
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=limit).count()
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    if waiting:
        words = _("%(count)s background tasks wait for more than five minutes. Does a worker run? coso worker")
        return Finding("tasks", Level.FAILURE, words % {"count": waiting})
    if failed:
        return Finding("tasks", Level.WARNING, _("%(count)s background tasks failed.") % {"count": failed})
    return Finding("tasks", Level.OK, _("Background work is done in time."))


def mail() -> Finding:
    """Whether e-mail can go out, and what of it could not."""
    if not settings.OPTIONS["COSO_EMAIL_URL"]:
        words = _("No e-mail goes out: COSO_EMAIL_URL is empty. Reminders stand on the desk only.")
        return Finding("mail", Level.OK, words)
    failed = Delivery.objects.filter(state=DeliveryState.FAILED, notice__created_at__gt=clock.now() - LATELY).count()
    if failed:
        words = _("%(count)s e-mails of the last seven days could not be sent. See Notices, E-mails sent.")
        return Finding("mail", Level.WARNING, words % {"count": failed})
    if not settings.OPTIONS["COSO_ADDRESS"]:
        return Finding("mail", Level.WARNING, _("E-mails carry no link: COSO_ADDRESS is empty."))
    return Finding("mail", Level.OK, _("E-mail goes out, and none of the last seven days failed."))


def journal() -> Finding:
    """Whether the journal is sealed as it is written."""
    limit = clock.now() - WAITING_TOO_LONG
    unsealed = Entry.objects.filter(number=None, at__lt=limit).count()
    if unsealed:
        words = _("%(count)s entries of the journal are not sealed. Does the scheduler run? coso scheduler")
        return Finding("journal", Level.WARNING, words % {"count": unsealed})
    return Finding("journal", Level.OK, _("The journal is sealed as it is written."))


def devices() -> Finding:
    """Whether the clocks of the devices heard in the last hour agree with ours."""
    heard = Device.objects.filter(revoked_at=None, heard_at__gte=clock.now() - HEARD_LATELY)
    wrong = [device.serial for device in heard if abs(_skew(device)) > WORST_SKEW]
    if wrong:
        words = _("The clocks of these devices are wrong by more than a minute: %(serials)s.")
        return Finding("devices", Level.WARNING, words % {"serials": ", ".join(wrong[:10])})
    return Finding("devices", Level.OK, _("The clocks of the devices agree with ours."))


def _skew(device: Device) -> float:
    """Give by how many seconds a device's clock was ahead when it was last heard; 0 when it did not say."""
    told = device.state.get("clock_ms")
    if not isinstance(told, int) or device.heard_at is None:
        return 0.0
    return told / 1000 - device.heard_at.timestamp()
