"""The virtual loudspeakers of the demo: real speaker programs that write what they play to a file."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from coso.devices import actions, queries
from coso.organizations import policies
from coso.registry.models import SpeakerCluster
from coso.site import processes
from coso.site.supervisor import Part

AGENT = str(Path(sys.executable).with_name("coso-agent"))
ENROLS_WITHIN = 30.0


def home(cluster: SpeakerCluster) -> Path:
    """Give the folder in which the loudspeaker of a cluster keeps everything."""
    return Path(settings.DATA) / "speakers" / cluster.code


def _sample_clusters() -> list[SpeakerCluster]:
    return list(SpeakerCluster.objects.filter(is_sample=True, is_networked=True).select_related("station__place"))


def enrol(options: dict[str, Any]) -> "list[subprocess.Popen[str]]":
    """Let the loudspeakers of sample clusters that have none introduce themselves, all at once, over the wire.

    Gives the programs that do it; wait for them, then ask for their `complaints`.
    """
    asking = []
    for cluster in _sample_clusters():
        officer = policies.people_with("device.enrol", cluster.station.place).first()
        if officer is None or queries.active().filter(cluster=cluster).exists():
            continue
        code = actions.make_enrolment_code(cluster_id=cluster.pk, by=officer)
        # Whatever an earlier database left there belongs to a device that is no more.
        shutil.rmtree(home(cluster), ignore_errors=True)
        command = [
            AGENT, "enrol", "--server", processes.gateway_url(options), "--code", code,
            "--serial", f"DEMO-{cluster.code}", "--home", str(home(cluster)),
        ]  # fmt: skip
        asking.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
    return asking


def complaints(asking: "list[subprocess.Popen[str]]") -> list[str]:
    """Give the words of those that could not introduce themselves."""
    said = [(process, process.communicate(timeout=ENROLS_WITHIN)[0]) for process in asking]
    return [words.strip() for process, words in said if process.returncode]


def parts() -> list[Part]:
    """Name the loudspeakers to be run."""
    return [
        Part(
            cluster.code,
            [AGENT, "run", "--home", str(home(cluster)), "--output", f"wav:{home(cluster) / 'heard.wav'}"],
        )
        for cluster in _sample_clusters()
        if home(cluster).is_dir()
    ]
