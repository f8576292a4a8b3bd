"""The command: enrolling once, and telling how the loudspeaker is."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from coso_agent.cli import main
from coso_agent.store import Store
from coso_wire import LogKind
from tests.support.fake_gateway import Gateway
from tests.unit.agent.conftest import Speaker


def test_enrolment_uses_its_code_up(gateway: Gateway, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    code = gateway.new_code()
    enrol = ["enrol", "--server", gateway.url, "--code", code, "--serial", "SN-1"]

    first = main([*enrol, "--home", str(tmp_path / "a")])
    second = main([*enrol, "--home", str(tmp_path / "b")])

    assert (first, second) == (0, 1)
    assert [device.serial for device in gateway.devices.values()] == ["SN-1"]
    assert "the server refuses: bad_code ask for a new code" in capsys.readouterr().err
    assert Store(tmp_path / "b").get("secret") is None


def test_a_lost_answer_does_not_cost_the_code(gateway: Gateway, tmp_path: Path):
    code = gateway.new_code()
    store = Store(tmp_path / "home")
    gateway.codes[code] = store.own_key().verify_key.public  # the server took it, the answer was lost
    store.close()

    assert main(["enrol", "--server", gateway.url, "--code", code, "--home", str(tmp_path / "home")]) == 0
    assert len(gateway.devices) == 1


def test_an_enrolled_home_is_not_enrolled_again(speaker: Speaker, gateway: Gateway, capsys: pytest.CaptureFixture[str]):
    code = gateway.new_code()

    assert main(["enrol", "--server", gateway.url, "--code", code, "--home", str(speaker.home)]) == 1
    assert "enrolled already" in capsys.readouterr().err
    assert gateway.codes[code] is None


def test_a_server_that_is_away_is_said_so(gateway: Gateway, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    gateway.close()

    assert main(["enrol", "--server", gateway.url, "--code", "x", "--home", str(tmp_path / "home")]) == 1
    assert "the server can't be reached" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "status", "log"])
def test_a_home_that_is_not_enrolled_says_what_to_do(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([command, "--home", str(tmp_path / "nothing")]) == 1
    assert "run `coso-agent enrol` first" in capsys.readouterr().err
    assert not (tmp_path / "nothing").exists()


def test_status_and_log_are_json_for_programs(speaker: Speaker, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()

    assert main(["status", "--home", str(speaker.home), "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert main(["log", "--home", str(speaker.home), "--json"]) == 0
    log = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert status["device_id"] == speaker.device.device_id
    assert (status["running"], status["manifest_version"], status["log_seq"]) == (False, 0, 1)
    assert [entry["kind"] for entry in log] == [LogKind.ENROLLED]
    assert len(log[0]["hash"]) == 64


def test_enrolment_tells_the_time(gateway: Gateway, tmp_path: Path):
    gateway.skew = timedelta(hours=3)

    main(["enrol", "--server", gateway.url, "--code", gateway.new_code(), "--home", str(tmp_path / "home")])

    entry = Store(tmp_path / "home").log_entries()[0]
    assert abs(entry.at - gateway.now()) < timedelta(seconds=5)
