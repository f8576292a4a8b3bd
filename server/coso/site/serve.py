"""`coso serve`: the whole system in one process tree, for one machine."""

import contextlib
import fcntl
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from coso.broadcast.queries import wire
from coso.kit import database
from coso.site import check, guard, processes, speakers, welcome, worker
from coso.site import demo as province
from coso.site.supervisor import Part, Supervisor

ANSWERS_WITHIN = 60.0
ENDS_WITHIN = 3.5


class NotStarted(Exception):
    """The system could not be started; the message says what to do."""


def faces(options: dict[str, Any]) -> list[Part]:
    """Name the programs that somebody waits for: they start first."""
    return [Part("web", processes.web(options)), Part("gateway", processes.gateway(options))]


def workers() -> list[Part]:
    """Name the programs that work behind them."""
    return [
        Part("signer", processes.coso("signer")),
        # Alerts never wait behind a long speech.
        Part("urgent", processes.coso("worker", "--queue", "urgent")),
        Part("worker", processes.coso("worker", "--queue", "default", "--queue", "speech")),
        Part("scheduler", processes.coso("scheduler")),
    ]


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder: two systems over one SQLite file would each think the other's work lost."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "serve.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotStarted(
                _("The system already runs over the data folder %(folder)s. Stop it first.") % {"folder": data}
            ) from None
        yield


def prepare(options: dict[str, Any]) -> None:
    """Look whether the system may start here, and bring the embedded database up to date.

    Raises NotSafe.
    """
    guard.require_tls(options)
    guard.require_free(options["COSO_BIND"], options["COSO_PORT"], "COSO_PORT")
    guard.require_free(options["COSO_BIND"], options["COSO_GATEWAY_PORT"], "COSO_GATEWAY_PORT")
    if not database.is_postgres():
        if check.missing_migrations():
            call_command("migrate", verbosity=0)
        # Nobody else works on this database: what seems to run was cut off by the last stop.
        worker.revive(older_than=timedelta(0))


def answers(url: str) -> bool:
    """Tell whether a web server answers there, whatever it says."""
    try:
        # A certificate need not be known to this machine for the server to be up.
        with contextlib.closing(urlopen(url, timeout=5)):  # noqa: S310 the address is our own
            return True
    except HTTPError:
        return True
    except OSError as error:
        return "CERTIFICATE_VERIFY_FAILED" in str(error)


class Stopping:
    """Whether somebody asked the system to end: Ctrl-C, or SIGTERM."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note)

    def _note(self, _number: int, _frame: object) -> None:
        self.asked = True


def run(*, demo: bool) -> None:
    """Start everything, tell where it is, and keep it running until asked to stop.

    Raises NotSafe, or NotStarted when a program does not answer in time.
    """
    options = settings.OPTIONS
    with only_one(settings.DATA):
        prepare(options)
        stopping = Stopping()
        supervisor = Supervisor(welcome.line, {"COSO_DEMO": "yes"} if demo else {})
        try:
            for part in faces(options):
                supervisor.start(part)
            if demo:
                province.load()
            if not _wait(options, supervisor, stopping):
                return
            welcome.show(options, demo=demo)
            for part in workers():
                supervisor.start(part)
            if demo:
                _start_speakers(options, supervisor, stopping)
            while not stopping.asked:
                supervisor.tick()
        finally:
            supervisor.stop(ENDS_WITHIN)


def _start_speakers(options: dict[str, Any], supervisor: Supervisor, stopping: Stopping) -> None:
    """Run the virtual loudspeakers; the first time, let each introduce itself."""
    limit = time.monotonic() + ANSWERS_WITHIN
    # A loudspeaker learns at once whom to obey, so the signer must have made its key.
    while not wire.authorities() and not stopping.asked and time.monotonic() < limit:
        supervisor.tick()
    asking = [] if stopping.asked else speakers.enrol(options)
    while any(process.poll() is None for process in asking) and not stopping.asked:
        supervisor.tick(0.1)
    if not stopping.asked:
        for complaint in speakers.complaints(asking):
            welcome.line("enrol", complaint)
        for part in speakers.parts():
            supervisor.start(part)


def _wait(options: dict[str, Any], supervisor: Supervisor, stopping: Stopping) -> bool:
    """Wait until pages and gateway answer; tell whether to go on. Raises NotStarted."""
    silent = [processes.web_url(options), processes.gateway_url(options)]
    limit = time.monotonic() + ANSWERS_WITHIN
    while silent and not stopping.asked:
        supervisor.tick(0.1)
        silent = [url for url in silent if not answers(url)]
        if time.monotonic() > limit:
            raise NotStarted(
                _("Nothing answers at %(url)s after a minute. The lines above say why.") % {"url": silent[0]}
            )
    return not stopping.asked
