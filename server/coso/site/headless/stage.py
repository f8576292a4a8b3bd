"""Where the story is played: the programs of the system, twelve loudspeakers, one of them on a cable."""

import json
import subprocess
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from django.conf import settings

from coso.devices import actions as devices
from coso.organizations import policies
from coso.registry.models import SpeakerCluster
from coso.site import processes, serve
from coso.site.headless.cable import Cable
from coso.site.speakers import AGENT, home
from coso.site.supervisor import Part, Supervisor

T = TypeVar("T")


class Failed(Exception):
    """A step of the story did not come true; the message says which."""


class Stage:
    """Runs the programs; every wait also keeps them running."""

    def __init__(self) -> None:
        """Begin to count the time."""
        self.began = time.monotonic()
        self.said: deque[str] = deque(maxlen=200)
        self.options: dict[str, Any] = settings.OPTIONS
        self.supervisor = Supervisor(lambda name, line: self.said.append(f"{name}: {line}"), {"COSO_DEMO": "yes"})
        self.cable = Cable(self.options["COSO_GATEWAY_PORT"])
        self.clusters: list[SpeakerCluster] = []

    def step(self, words: str, proof: object = "") -> None:
        """Print one step that came true, with its proof."""
        click.echo(f"[{time.monotonic() - self.began:5.1f} s] ✓ {words}" + (f"\n            {proof}" if proof else ""))

    def wait(self, what: str, test: Callable[[], T], seconds: float = 30.0) -> T:
        """Wait until a test gives something true, and give it; raise Failed after so many seconds."""
        limit = time.monotonic() + seconds
        while True:
            found = test()
            if found:
                return found
            if time.monotonic() > limit:
                raise Failed(f"not within {seconds:.0f} s: {what}")
            self.supervisor.tick(0.05)

    def pause(self, seconds: float) -> None:
        """Let time pass."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            self.supervisor.tick(0.05)

    def start(self) -> None:
        """Start the programs of the system and wait until pages and gateway answer."""
        for part in [*serve.faces(self.options), *serve.workers()]:
            self.supervisor.start(part)
        addresses = [processes.web_url(self.options), processes.gateway_url(self.options)]
        self.wait("web server and gateway answer", lambda: all(serve.answers(url) for url in addresses))

    def enrol(self) -> None:
        """Let twelve loudspeakers introduce themselves with their one-time codes; the last one over the cable."""
        self.clusters = list(
            SpeakerCluster.objects.filter(is_sample=True, is_networked=True)
            .select_related("station__place")
            .order_by("code")
        )
        direct = processes.gateway_url(self.options)
        asking = []
        for cluster in self.clusters:
            officer = policies.people_with("device.enrol", cluster.station.place).first()
            if officer is None:
                raise Failed(f"nobody may enrol a device in {cluster.station.place}")
            url = f"http://127.0.0.1:{self.cable.port}" if cluster == self.clusters[-1] else direct
            code = devices.make_enrolment_code(cluster_id=cluster.pk, by=officer)
            command = [AGENT, "enrol", "--server", url, "--code", code, "--serial", f"DEMO-{cluster.code}"]
            command += ["--home", str(home(cluster))]
            asking.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        for process in asking:
            said, _nothing = process.communicate(timeout=30)
            if process.returncode:
                raise Failed(f"a loudspeaker could not enrol: {said.strip()}")
        for cluster in self.clusters:
            command = [AGENT, "run", "--home", str(home(cluster)), "--output", f"wav:{home(cluster) / 'heard.wav'}"]
            self.supervisor.start(Part(cluster.code, command))

    def kill(self, cluster: SpeakerCluster) -> int:
        """Kill one loudspeaker with SIGKILL, as a power cut does; it is started again by itself. Give its old pid."""
        pid = self.supervisor.kill(cluster.code)
        if not pid:
            raise Failed(f"{cluster} does not run")
        return pid

    def own_logs(self) -> dict[str, list[dict[str, Any]]]:
        """Read the play log that each loudspeaker itself keeps, by the code of its cluster."""
        asked = {
            cluster.code: subprocess.Popen(
                [AGENT, "log", "--home", str(home(cluster)), "--json"], stdout=subprocess.PIPE, text=True
            )
            for cluster in self.clusters
        }
        said = {code: process.communicate(timeout=30)[0] for code, process in asked.items()}
        return {code: [json.loads(line) for line in lines.splitlines()] for code, lines in said.items()}

    def diary(self, cluster: SpeakerCluster) -> list[dict[str, Any]]:
        """Read what a loudspeaker wrote of its own doings, with both clocks."""
        file = Path(home(cluster)) / "events.log"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def stop(self) -> None:
        """End every program."""
        self.cable.cut()
        self.supervisor.stop(serve.ENDS_WITHIN)
