"""The whole real system for the walks: `coso serve --demo` on free ports, over a folder of its own."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from coso.site.demo.people import DEMO_PASSWORD
from coso.site.guard import free_ports

LOUDSPEAKERS = 12
STARTS_WITHIN = 240.0
ENDS_WITHIN = 5.0


@dataclass(frozen=True)
class System:
    """The system as it runs."""

    web: str
    """The address of the pages, without a slash at its end."""
    gateway: str
    """The address that the loudspeakers use."""
    data: Path
    """Its data folder."""
    said: Path
    """The file with what its programs print."""
    password: str = DEMO_PASSWORD
    """The password of every demo account."""

    def loudspeakers(self) -> list[Path]:
        """List the folders of the loudspeakers whose line to the gateway is up."""
        return [folder for folder in sorted((self.data / "speakers").glob("*")) if "line_up" in _diary(folder)]

    def last_words(self, many: int = 40) -> str:
        """Give the last lines that the programs printed: the clue when something fails."""
        return "\n".join(self.said.read_text(errors="replace").splitlines()[-many:])


class NotReady(Exception):
    """The system did not come up; the message is what its programs said."""


def _diary(folder: Path) -> set[str]:
    """Name what happened to a loudspeaker so far."""
    file = folder / "events.log"
    return {json.loads(line)["event"] for line in file.read_text().splitlines()} if file.exists() else set()


@contextmanager
def running(**options: str) -> Iterator[System]:
    """Start the system and wait until its pages answer and every loudspeaker's line is up; stop it at the end.

    `options` are settings of the operator, such as COSO_OIDC_ISSUER.

    Raises NotReady. At the end it must be gone within five seconds of Ctrl-C, as it promises; else AssertionError.
    """
    with tempfile.TemporaryDirectory(prefix="coso-journey-", ignore_cleanup_errors=True) as folder:
        web, gateway = free_ports(2)
        system = System(
            f"http://127.0.0.1:{web}", f"http://127.0.0.1:{gateway}", Path(folder) / "data", Path(folder) / "said.log"
        )
        ours = {key: value for key, value in os.environ.items() if not key.startswith("COSO_")}
        ours |= {"COSO_DATA": str(system.data), "COSO_PORT": str(web), "COSO_GATEWAY_PORT": str(gateway)}
        ours |= options
        with system.said.open("wb") as said:
            # A session of its own: Ctrl-C in the terminal of the tests must not reach it before we are done.
            process = subprocess.Popen(
                [str(Path(sys.executable).with_name("coso")), "serve", "--demo"],
                env={**ours, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            _wait(system, process)
            yield system
        except BaseException:
            _stop(process)
            raise
        took = _stop(process)
        assert took <= ENDS_WITHIN, f"stopped only after {took:.1f} s\n{system.last_words()}"


def _wait(system: System, process: "subprocess.Popen[bytes]") -> None:
    limit = time.monotonic() + STARTS_WITHIN
    # The welcome comes once pages and gateway answer and the demo province is loaded.
    while not (system.web in system.last_words(200) and len(system.loudspeakers()) == LOUDSPEAKERS):
        if process.poll() is not None or time.monotonic() > limit:
            raise NotReady(system.last_words())
        time.sleep(0.3)


def _stop(process: "subprocess.Popen[bytes]") -> float:
    """Press Ctrl-C and wait; give how long it took in seconds, and end by force what is left."""
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=4 * ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return time.monotonic() - began
