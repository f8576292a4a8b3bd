"""Several programs as one: they are started, restarted, heard, and ended."""

import os
import signal
import subprocess
import sys
import time

import pytest

from coso.site.supervisor import FIRST_PAUSE, LONGEST_PAUSE, Part, Supervisor, next_pause


@pytest.fixture
def heard():
    return []


@pytest.fixture
def supervisor(heard):
    made = Supervisor(lambda name, line: heard.append((name, line)), {"GREETING": "xin chào"})
    yield made
    made.stop(0.5)


def python(code):
    return [sys.executable, "-c", code]


def tick_until(supervisor, holds, within=8.0):
    limit = time.monotonic() + within
    while not holds() and time.monotonic() < limit:
        supervisor.tick(0.05)
    assert holds()


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().split()[2] == "Z"


def test_what_a_part_says_is_told_line_by_line_with_its_name(supervisor, heard):
    supervisor.start(Part("loa", python("import os; print(os.environ['GREETING']); print('hai'); input()")))

    tick_until(supervisor, lambda: len(heard) >= 2)

    assert heard[:2] == [("loa", "xin chào"), ("loa", "hai")]


def test_a_part_that_dies_is_started_again(supervisor, heard):
    supervisor.start(Part("web", python("import time; print('lên', flush=True); time.sleep(60)")))
    tick_until(supervisor, lambda: heard == [("web", "lên")])

    os.kill(supervisor._children[0].process.pid, signal.SIGKILL)
    tick_until(supervisor, lambda: len(heard) == 3)

    assert heard[1][1] == f"ended with -9; starts again in {FIRST_PAUSE:g} s"
    assert heard[2] == ("web", "lên")
    assert supervisor.running() == ["web"]


def test_what_a_dead_part_left_behind_ends_with_it(supervisor, heard):
    leaves_a_child = (
        "import subprocess, sys, os\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True); os._exit(3)"
    )
    supervisor.start(Part("web", python(leaves_a_child)))

    tick_until(supervisor, lambda: len(heard) >= 2)

    assert heard[1] == ("web", f"ended with 3; starts again in {FIRST_PAUSE:g} s")
    tick_until(supervisor, lambda: gone(int(heard[0][1])))


def test_the_pause_between_starts_grows_and_is_forgotten_after_a_healthy_minute():
    pauses = [FIRST_PAUSE]
    while len(pauses) < 9:
        pauses.append(next_pause(pauses[-1], lived=1.0))

    assert pauses == [0.5, 1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert next_pause(LONGEST_PAUSE, lived=61.0) == FIRST_PAUSE


def test_a_part_that_will_not_end_is_ended_by_force_in_time(supervisor, heard):
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ok', flush=True); time.sleep(60)"
    supervisor.start(Part("deaf", python(deaf)))
    tick_until(supervisor, lambda: heard)
    pid = supervisor._children[0].process.pid
    began = time.monotonic()

    supervisor.stop(within=0.5)

    assert time.monotonic() - began < 2
    assert gone(pid)
    assert supervisor.running() == []


def test_the_parts_die_with_a_supervisor_that_is_killed(tmp_path):
    code = (
        "import sys; sys.path[:0] = ['server']\n"
        "from coso.site.supervisor import Part, Supervisor\n"
        "s = Supervisor(lambda name, line: print(line, flush=True))\n"
        "s.start(Part('web', [sys.executable, '-c',"
        " 'import os, time; print(os.getpid(), flush=True); time.sleep(60)']))\n"
        "while True: s.tick()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    child = int(process.stdout.readline())

    process.kill()
    process.wait()
    process.stdout.close()

    limit = time.monotonic() + 5
    while not gone(child) and time.monotonic() < limit:
        time.sleep(0.05)
    assert gone(child)
