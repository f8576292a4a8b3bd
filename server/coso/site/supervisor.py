"""Keeps several programs running as one: starts them, restarts what dies, gathers what they say, stops all of it."""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# A program that lived this long is healthy: its next death is a new story.
HEALTHY_AFTER = 60.0
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Part:
    """One program of the whole: its short name and its command line."""

    name: str
    command: Sequence[str]


@dataclass
class _Child:
    """A part as it runs now, or waits to be started again."""

    part: Part
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = FIRST_PAUSE / 2
    due: float = 0.0
    rest: bytes = b""


def next_pause(pause: float, lived: float) -> float:
    """Give how long to wait before the next start, in seconds, after a part that had `pause` lived so long."""
    return FIRST_PAUSE if lived >= HEALTHY_AFTER else min(pause * 2, LONGEST_PAUSE)


class Supervisor:
    """The programs and the pipes they speak through. One thread only: a child must die with the thread that made it."""

    def __init__(self, tell: Callable[[str, str], None], environment: Mapping[str, str] | None = None) -> None:
        """Take `tell(name, line)`, which shows a line of a part, and what every part gets beside our environment."""
        self._tell = tell
        self._environment = {"PYTHONUNBUFFERED": "1", **(environment or {})}
        self._children: list[_Child] = []
        self._pipes = selectors.DefaultSelector()

    def start(self, part: Part) -> None:
        """Start a part now and keep it running."""
        child = _Child(part)
        self._children.append(child)
        self._launch(child)

    def running(self) -> list[str]:
        """Name the parts that run at this moment."""
        return [child.part.name for child in self._children if child.process and child.process.poll() is None]

    def kill(self, name: str) -> int:
        """Kill a part at once, as a power cut does; it is started again when due. Give its pid, 0 if it did not run."""
        for child in self._children:
            if child.part.name == name and child.process and child.process.poll() is None:
                self._signal(child, signal.SIGKILL)
                return child.process.pid
        return 0

    def tick(self, wait: float = 0.2) -> None:
        """Show what the parts said, for at most `wait` seconds; restart whatever is due."""
        self._listen(wait)
        for child in self._children:
            if child.process and child.process.poll() is not None:
                self._bury(child)
            elif child.process is None and time.monotonic() >= child.due:
                self._launch(child)

    def stop(self, within: float = 4.0) -> None:
        """Ask every part to end; end by force what has not after `within` seconds."""
        for child in self._children:
            self._signal(child, signal.SIGTERM)
        limit = time.monotonic() + within
        while time.monotonic() < limit and self.running():
            self._listen(0.05)
        for child in self._children:
            # The leader may be gone while something it started lives on in its group.
            self._signal(child, signal.SIGKILL)
            if child.process and child.process.stdout:
                child.process.wait()
                child.process.stdout.close()
        self._children.clear()
        self._pipes.close()

    def _launch(self, child: _Child) -> None:
        parent = os.getpid()

        def tether() -> None:
            """Die with the parent, however the parent dies (Linux)."""
            if _libc is not None:
                _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
                if os.getppid() != parent:
                    os._exit(1)

        child.started = time.monotonic()
        child.process = subprocess.Popen(
            list(child.part.command),
            env={**os.environ, **self._environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # Safe here: this process has one thread, and `tether` imports nothing.
            preexec_fn=tether,
        )
        assert child.process.stdout is not None
        os.set_blocking(child.process.stdout.fileno(), False)
        self._pipes.register(child.process.stdout, selectors.EVENT_READ, child)

    def _listen(self, wait: float) -> None:
        """Show what is said within `wait` seconds; a select over no pipe would return at once."""
        if not self._pipes.get_map():
            time.sleep(wait)
            return
        for key, _events in self._pipes.select(wait):
            self._read(key.data)

    def _read(self, child: _Child) -> None:
        assert child.process is not None
        assert child.process.stdout is not None
        data = child.process.stdout.read()
        if data:
            *lines, child.rest = (child.rest + data).split(b"\n")
            for line in lines:
                self._tell(child.part.name, line.decode(errors="replace").rstrip())
        elif data == b"":
            self._pipes.unregister(child.process.stdout)

    def _bury(self, child: _Child) -> None:
        assert child.process is not None
        pipe = child.process.stdout
        assert pipe is not None
        # What it left behind would keep its port.
        self._signal(child, signal.SIGKILL)
        if pipe.fileno() in self._pipes.get_map():
            self._read(child)
        if pipe.fileno() in self._pipes.get_map():
            self._pipes.unregister(pipe)
        pipe.close()
        code = child.process.returncode
        child.process, child.rest = None, b""
        child.pause = next_pause(child.pause, time.monotonic() - child.started)
        child.due = time.monotonic() + child.pause
        self._tell(child.part.name, f"ended with {code}; starts again in {child.pause:g} s")

    @staticmethod
    def _signal(child: _Child, number: signal.Signals) -> None:
        if child.process is None:
            return
        try:
            os.killpg(child.process.pid, number)
        except ProcessLookupError:
            return


def run_apart(command: Sequence[str], environment: Mapping[str, str], without: str) -> int:
    """Run a program to its end in our environment less what begins with `without`; give its exit code."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith(without)}
    return subprocess.run(list(command), env={**ours, **environment}, check=False).returncode
