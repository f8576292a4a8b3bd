"""From the approval of an emergency to the first sample out of every loudspeaker.

A gateway, a signer and real loudspeaker programs run over a fresh SQLite database; each round a second person
approves an emergency, and the speakers' diaries say when the first sample left. The floor, measured in the same run
and by turns with it, is a bare loopback long poll: how soon as many waiting processes can know of anything at all.
"""

import io
import json
import math
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SPEAKERS = 6
ROUNDS = 5
PATIENCE_S = 60.0


def run(speakers: int = SPEAKERS, rounds: int = ROUNDS) -> dict[str, Any]:
    """Measure; give the figures. AssertionError when a loudspeaker did not play or did not report."""
    with tempfile.TemporaryDirectory(prefix="coso-bench-") as folder:
        environment = {
            **os.environ,
            "COSO_DATA": folder,
            "COSO_DATABASE_URL": "",
            "COSO_SECRET_KEY": "bench",
            "DJANGO_SETTINGS_MODULE": "coso.site.settings",
        }
        done = subprocess.run(
            [sys.executable, str(Path(__file__)), str(speakers), str(rounds)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            timeout=600,
            check=False,
        )
    assert done.returncode == 0, f"the measurement failed: {done.stdout[-2000:]}"
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


# --- the floor ----------------------------------------------------------------------------------------

_POLLER = """
import http.client, sys, time
line = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=600)
while True:
    line.request("GET", "/")
    line.getresponse().read()
    print(repr(time.monotonic()), flush=True)
"""


class Floor:
    """As many processes as loudspeakers that wait in a bare long poll and say when they woke."""

    def __init__(self, pollers: int) -> None:
        self._wake = threading.Condition()
        self._round = 0
        self._waiting = 0
        floor = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                floor.hold()
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        port = str(self._server.server_address[1])
        self._pollers = [
            subprocess.Popen([sys.executable, "-c", _POLLER, port], stdout=subprocess.PIPE, text=True)
            for _ in range(pollers)
        ]

    def hold(self) -> None:
        """Keep one poll until the next round."""
        with self._wake:
            mine = self._round
            self._waiting += 1
            self._wake.wait_for(lambda: self._round != mine)
            self._waiting -= 1

    def measure(self) -> list[float]:
        """Wake all; give the seconds until each process knew."""
        wait_for(lambda: self._waiting == len(self._pollers), "the floor's pollers")
        with self._wake:
            began = time.monotonic()
            self._round += 1
            self._wake.notify_all()
        return [float(poller.stdout.readline()) - began for poller in self._pollers if poller.stdout]

    def close(self) -> None:
        """Stop the processes."""
        for poller in self._pollers:
            poller.kill()
            poller.wait()
            if poller.stdout:
                poller.stdout.close()
        with self._wake:
            self._round += 1
            self._wake.notify_all()
        self._server.shutdown()
        self._server.server_close()


# --- the system -------------------------------------------------------------------------------------


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Wait until something holds. AssertionError when it does not in time."""
    until = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < until, f"waited too long for {what}"
        time.sleep(0.01)


def tone(hertz: float, seconds: float = 1.2) -> bytes:
    """Make an MP3 of a plain tone; each round has another, so that nobody holds it already."""
    import av
    import numpy as np

    rate = 24_000
    samples = (np.sin(np.arange(int(rate * seconds)) * (2 * math.pi * hertz / rate)) * 8000).astype(np.int16)
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("mp3", rate=rate)
        stream.layout = "mono"
        for start in range(0, len(samples), 1152):
            frame = av.AudioFrame.from_ndarray(
                samples[start : start + 1152].reshape(1, -1), format="s16", layout="mono"
            )
            frame.sample_rate, frame.pts = rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


class Province:
    """One commune with a village and a cluster for each loudspeaker, and the two people it takes."""

    def __init__(self, speakers: int) -> None:
        from datetime import date

        from coso.organizations.models import Person, Post
        from coso.organizations.rules import Role
        from coso.places.models import Level, Place
        from coso.registry.models import SpeakerCluster, Station

        since = date(2025, 7, 1)
        province = Place.objects.create(code="42", name="Tỉnh", level=Level.PROVINCE, valid_from=since)
        self.commune = Place.objects.create(
            code="18196", name="Xã", level=Level.COMMUNE, parent=province, valid_from=since
        )
        self.officer = Person.objects.create_user("canbo", "x", full_name="Cán bộ")
        self.leader = Person.objects.create_user("lanhdao", "x", full_name="Lãnh đạo")
        Post.objects.create(person=self.officer, role=Role.COMMUNE_OFFICER, place=self.commune, held_from=since)
        Post.objects.create(person=self.leader, role=Role.COMMUNE_LEADER, place=self.commune, held_from=since)
        station = Station.objects.create(name="Đài", place=self.commune)
        self.clusters = []
        for i in range(speakers):
            village = Place.objects.create(
                code=f"V{i}", name=f"Thôn {i}", level=Level.VILLAGE, parent=self.commune, valid_from=since
            )
            cluster = SpeakerCluster.objects.create(code=f"C{i}", name=f"Cụm {i}", station=station)
            cluster.villages.add(village)
            self.clusters.append(cluster)

    def emergency(self, number: int) -> Any:
        """Write and submit an emergency with its sound ready; give the bulletin."""
        from coso.kit import blobs
        from coso.newsroom import actions
        from coso.newsroom.models import MediaFile, Sound, SoundState

        bulletin = actions.write_bulletin(
            by=self.officer,
            title=f"Khẩn cấp {number}",
            body="Nước lũ đang lên nhanh. Mời bà con di chuyển đến nhà văn hóa thôn.",
            rank="emergency",
            areas=[self.commune],
        )
        data = tone(300 + 40 * number)
        file = MediaFile.objects.create(sha256=blobs.put(data), mime="audio/mpeg", bytes=len(data), duration_ms=1200)
        Sound.objects.filter(bulletin=bulletin).delete()
        Sound.objects.create(
            bulletin=bulletin, revision=bulletin.revision, state=SoundState.READY, mp3=file, duration_ms=1200
        )
        return actions.submit_bulletin(bulletin_id=bulletin.pk, by=self.officer)


def start(stack: ExitStack, *command: str) -> subprocess.Popen[bytes]:
    """Start a program that ends with the measurement."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr)

    def stop() -> None:
        process.terminate()
        try:
            process.wait(timeout=6)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    stack.callback(stop)
    return process


def start_system(stack: ExitStack, province: Province) -> list[Path]:
    """Start signer, gateway and loudspeakers; give the homes of the loudspeakers once all of them hold a manifest."""
    import urllib.request

    from coso.broadcast.models import Authority
    from coso.devices import actions as devices

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    url = f"http://127.0.0.1:{port}"
    start(stack, str(BIN / "coso"), "signer")
    start(
        stack, str(BIN / "granian"), "coso.gateway.app:application", "--interface", "asgi", "--host", "127.0.0.1",
        "--port", port, "--workers-kill-timeout", "3", "--log-level", "warning",
        "--backlog", "16384", "--backpressure", "16384",
    )  # fmt: skip

    def is_well() -> bool:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:  # noqa: S310 our own address
                return bool(answer.status == 200)
        except OSError:
            return False

    wait_for(is_well, "the gateway")
    wait_for(Authority.objects.exists, "the signer")
    homes = []
    for cluster in province.clusters:
        home = Path(os.environ["COSO_DATA"]) / "speakers" / cluster.code
        code = devices.make_enrolment_code(cluster_id=cluster.pk, by=province.officer)
        command = [str(BIN / "coso-agent"), "enrol", "--server", url, "--code", code, "--serial", cluster.code]
        subprocess.run([*command, "--home", str(home)], check=True, stdout=subprocess.DEVNULL, timeout=60)
        homes.append(home)
    for home in homes:
        start(stack, str(BIN / "coso-agent"), "run", "--home", str(home), "--output", f"wav:{home / 'heard.wav'}")
    wait_for(lambda: all(diary(home, "manifest") for home in homes), "the loudspeakers' manifests")
    return homes


def diary(home: Path, event: str, bulletin: str = "") -> list[dict[str, Any]]:
    """Read the events of one kind from a loudspeaker's diary."""
    path = home / "events.log"
    if not path.exists():
        return []
    found = [json.loads(line) for line in path.read_text().splitlines() if line.endswith("}")]
    return [one for one in found if one["event"] == event and (not bulletin or one.get("bulletin_id") == bulletin)]


def measure(province: Province, homes: list[Path], number: int) -> list[float]:
    """Release one emergency; give the seconds from the approver's touch to each loudspeaker's first sample."""
    from coso.broadcast import queries
    from coso.broadcast.models import PlayReport
    from coso.newsroom import actions

    bulletin = province.emergency(number)
    time.sleep(0.5)
    began = time.monotonic()
    actions.approve_bulletin(bulletin_id=bulletin.pk, by=province.leader)
    wait_for(lambda: PlayReport.objects.filter(bulletin=bulletin, kind="end").count() >= len(homes), "the reports")
    took = []
    for home in homes:
        samples = diary(home, "first_sample", str(bulletin.pk))
        assert len(samples) == 1, f"{home.name} sounded {len(samples)} times"
        took.append(samples[0]["mono"] - began)
    for kind in ("start", "end"):
        reports = PlayReport.objects.filter(bulletin=bulletin, kind=kind)
        assert reports.count() == len(homes), f"{reports.count()} reports of {kind}, {len(homes)} devices"
        assert reports.values("device").distinct().count() == len(homes)
    bulletin.refresh_from_db()
    wait_for(lambda: queries.reach_summary(bulletin)["signed"] == len(homes), "the signed logs")
    return took


def percentile(values: list[float], share: float) -> float:
    """Give the value below or at which this share lies."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def main(speakers: int, rounds: int) -> dict[str, Any]:
    """Do what `run` promises, in a process of its own over a database of its own."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    province = Province(speakers)
    floors: list[list[float]] = []
    ours: list[list[float]] = []
    with ExitStack() as stack:
        homes = start_system(stack, province)
        floor = Floor(speakers)
        stack.callback(floor.close)
        for number in range(rounds + 1):
            floors.append(floor.measure())
            ours.append(measure(province, homes, number))
    # The first of each warms imports, connections and the decoder.
    floors, ours = floors[1:], ours[1:]
    flat, flat_floor = [v for one in ours for v in one], [v for one in floors for v in one]
    ratios = [statistics.median(a) / statistics.median(b) for a, b in zip(ours, floors, strict=True)]
    return {
        "speakers": speakers,
        "rounds": rounds,
        "median_s": round(statistics.median(flat), 4),
        "p95_s": round(percentile(flat, 0.95), 4),
        "slowest_s": round(max(flat), 4),
        "median_of_last_speaker_s": round(statistics.median(max(one) for one in ours), 4),
        "floor_median_s": round(statistics.median(flat_floor), 4),
        "floor_p95_s": round(percentile(flat_floor, 0.95), 4),
        "pair_ratios": [round(ratio, 1) for ratio in ratios],
        "median_over_floor_s": round(statistics.median(flat) - statistics.median(flat_floor), 4),
        "reports_equal_devices": True,
        "database": "sqlite",
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))) + "\n")
