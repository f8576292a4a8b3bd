"""The `coso-agent` command: enrol, run, status, log."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import shutil
import signal
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from coso_agent import SOFTWARE
from coso_agent.agent import Agent
from coso_agent.clock import Clock
from coso_agent.events import EventLog
from coso_agent.fetch import Fetcher
from coso_agent.line import Line, LineDown, UnsafeAddress, check_address
from coso_agent.link import Link
from coso_agent.player import make_player
from coso_agent.rules import Step
from coso_agent.store import NotEnrolled, Store
from coso_wire import ENROL_PATH, EnrolAnswer, EnrolAsk, ErrorAnswer, LogKind, WireError, format_time

CA_NAME = "ca.pem"
LAST_WORD_S = 0.8


class Failed(Exception):
    """The command can't be carried out; the message says what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 if it went well, 1 if not, with one line on stderr."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except Failed as error:
        print(f"coso-agent: {error}", file=sys.stderr)
        return 1
    except NotEnrolled:
        print(f"coso-agent: {NotEnrolled.__doc__}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="coso-agent", description="The loudspeaker of Cơ Sở.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    enrol = commands.add_parser("enrol", help="introduce this loudspeaker to its server, once")
    enrol.add_argument("--server", required=True, metavar="URL", help="https://… (http:// on loopback only)")
    enrol.add_argument("--code", required=True, help="the one-time code from the devices page")
    enrol.add_argument("--ca", type=Path, metavar="FILE", help="the only authority to trust for TLS, kept")
    enrol.add_argument("--serial", help="the serial number of the box; made up when left out")
    run = commands.add_parser("run", help="play until stopped")
    run.add_argument("--output", default="alsa", metavar="alsa|wav:PATH", help="where the sound goes")
    run.add_argument("--volume", type=int, default=100, help="as reported to the server, 0 to 100")
    status = commands.add_parser("status", help="how this loudspeaker is")
    log = commands.add_parser("log", help="what it played")
    for command, function in ((enrol, _enrol), (run, _run), (status, _status), (log, _log)):
        command.add_argument("--home", type=Path, required=True, metavar="DIR", help="where it keeps everything")
        command.set_defaults(run=function)
    for command in (status, log):
        command.add_argument("--json", action="store_true", help="for programs")
    return parser


# --- enrol -------------------------------------------------------------------------------------------


def _enrol(options: argparse.Namespace) -> None:
    try:
        check_address(options.server)
    except (UnsafeAddress, ValueError) as error:
        raise Failed(str(error) or UnsafeAddress.__doc__) from error
    if options.ca and not options.ca.is_file():
        raise Failed(f"there is no file {options.ca}")
    store = Store(options.home)
    if store.get("secret") is not None:
        raise Failed("this home is enrolled already; take another --home")
    ask = EnrolAsk(
        code=options.code,
        serial=options.serial or f"{uuid.getnode():012x}",
        public_key=store.own_key().verify_key.public,
        software=SOFTWARE,
    )
    try:
        answer = _send_enrolment(Line(options.server, ca_file=options.ca), ask)
    except OSError as error:
        raise Failed(f"the authority file can't be used: {error}") from error
    if options.ca:
        shutil.copyfile(options.ca, options.home / CA_NAME)
    store.enrol(
        device_id=answer.device_id,
        server=options.server.rstrip("/"),
        secret=answer.secret,
        authorities=[authority.verify_key for authority in answer.authorities],
    )
    clock = Clock()
    clock.hear(answer.server_time)
    store.record(LogKind.ENROLLED, at=clock.now(), reason=SOFTWARE)
    print(f"enrolled as {answer.device_id}")


def _send_enrolment(line: Line, ask: EnrolAsk) -> EnrolAnswer:
    headers = {"Content-Type": "application/json"}
    try:
        reply = line.ask("POST", ENROL_PATH, body=ask.to_bytes(), headers=headers, wait_s=20, most=EnrolAnswer.largest)
        if reply.status == 200:
            return EnrolAnswer.from_bytes(reply.body)
    except LineDown as error:
        raise Failed(f"the server can't be reached: {error}") from error
    except WireError as error:
        raise Failed(f"the server's answer makes no sense: {error}") from error
    finally:
        line.drop()
    try:
        told = ErrorAnswer.from_bytes(reply.body)
        raise Failed(f"the server refuses: {told.error} {told.detail}".rstrip())
    except WireError:
        raise Failed(f"the server refuses with status {reply.status}") from None


# --- run ---------------------------------------------------------------------------------------------


def _run(options: argparse.Namespace) -> None:
    if not (options.home / "agent.db").exists():
        raise NotEnrolled
    with _alone(options.home):
        try:
            player = make_player(options.output)
        except (ValueError, OSError) as error:
            raise Failed(str(error)) from error
        store = Store(options.home)
        identity = store.identity()
        agent = Agent(store, player, EventLog(options.home / "events.log"), volume=options.volume)
        _stop_on_signals(agent)
        crashes = _stop_on_crashes(agent)
        ca_file = options.home / CA_NAME
        make_line = partial(_make_line, identity.server, ca_file if ca_file.exists() else None)
        link = Link(agent.hearing, identity, make_line)
        fetcher = Fetcher(agent.supply, store, identity, make_line, now=agent.hearing.now)
        agent.when(to_tell=link.nudge, to_fetch=fetcher.look)
        agent.boot()
        link.start()
        fetcher.start()
        # The decoder is warmed after all else is under way: an emergency then sounds at once.
        threading.Thread(target=player.warm, daemon=True).start()
        agent.run()
        link.stop(last_word_s=0 if crashes else LAST_WORD_S)
        fetcher.stop()
        player.close()
        store.close()
    if crashes:
        raise Failed(f"stopped by a fault, to be started again: {crashes[0]}")


def _make_line(server: str, ca_file: Path | None, connect_s: float = 10.0) -> Line:
    return Line(server, ca_file=ca_file, connect_s=connect_s)


def _stop_on_signals(agent: Agent) -> None:
    """Stop on SIGTERM and Ctrl-C. A handler may interrupt a thread that holds a lock: another thread stops."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=agent.stop, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _stop_on_crashes(agent: Agent) -> list[str]:
    """End the whole program when a thread dies: a loudspeaker that plays on but hears nothing fools everybody."""
    crashes: list[str] = []

    def stop(crash: threading.ExceptHookArgs) -> None:
        crashes.append(repr(crash.exc_value))
        agent.note("crash", why=crashes[-1])
        agent.stop()

    threading.excepthook = stop
    return crashes


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the home for this process; the system lets go of it however the process ends."""
    handle = os.open(home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _lock(handle):
            raise Failed("another coso-agent runs in this home")
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Try a few times: `status` holds the lock for a moment to see whether somebody else does."""
    for pause_s in (0.02, 0.05, 0.1, 0.0):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(pause_s)
    return False


def _is_running(home: Path) -> bool:
    try:
        with _alone(home):
            return False
    except Failed:
        return True


# --- status and log ----------------------------------------------------------------------------------


def _status(options: argparse.Namespace) -> None:
    if not (options.home / "agent.db").exists():
        raise NotEnrolled
    store = Store(options.home)
    identity = store.identity()
    manifest = store.manifest()
    running = _is_running(options.home)
    heard_at = store.moment("heard_ms")
    playing = [key for key, known in store.progress().items() if known.step == Step.PLAYING]
    found = {
        "device_id": identity.device_id,
        "server": identity.server,
        "running": running,
        "manifest_version": manifest.version if manifest else 0,
        "items": len(manifest.items) if manifest else 0,
        "alerts": len(store.alerts()),
        "playing": playing[0] if running and playing else None,
        "media": len(store.media.here()),
        "reports_waiting": len(store.reports(100_000)),
        "log_seq": store.log_seq(),
        "acked_log_seq": store.acked_log_seq(),
        "heard_from_server_at": format_time(heard_at) if heard_at else None,
        "free_bytes": store.media.free_bytes(),
        "software": SOFTWARE,
    }
    store.close()
    _print(found, as_json=options.json)


def _log(options: argparse.Namespace) -> None:
    if not (options.home / "agent.db").exists():
        raise NotEnrolled
    store = Store(options.home)
    for entry in store.log_entries():
        line = entry.to_json()
        if options.json:
            print(json.dumps({**line, "hash": entry.hash}, ensure_ascii=False))
        else:
            print(" ".join(str(line[name]) for name in ("seq", "at", "kind", "item_id", "reason") if name in line))
    store.close()


def _print(found: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            print(f"{name}: {value}")


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
