"""Make this checkout ready: `make setup` runs it with the machine's own python3 and nothing else installed.

Standard library only. Every step leaves a stamp made of what it read, so that a second run does next to nothing.
Every failure ends with a sentence that says what to do.
"""

# An older Python must get far enough to be told that it is too old.
from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMPS = VENV / ".stamps"
DATA = Path(os.environ.get("COSO_DATA", ROOT / "var")).absolute()

LOCK = ROOT / "requirements.lock"
NODE_LOCK = ROOT / "requirements-node.lock"
STATIC = ROOT / "server/coso/ui/static/vendor"
PLACES = ROOT / "server/coso/places"

# What the wheels cannot bring. The key is the program that tells whether the packages are there.
TO_RUN = {"espeak-ng": ["espeak-ng"]}
TO_TEST = {"chromium": ["chromium", "fonts-dejavu-core"]}
OTHERWISE = {
    "espeak-ng": "the speech library from the wheels is used instead",
    "chromium": "the browser tests cannot run",
}


class Failed(Exception):
    """A step could not be done; the message says what to do."""


def say(text: str) -> None:
    """Tell what happens, at once."""
    print(f"setup: {text}", flush=True)


def run(*command: str | Path, help_: str, env: dict[str, str] | None = None) -> None:
    """Run one program from the repository's root; raise Failed with `help_` when it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=ROOT, env={**os.environ, **(env or {})}, check=False)
    except FileNotFoundError:
        raise Failed(f"{words[0]} was not found. {help_}") from None
    if done.returncode:
        raise Failed(f"`{' '.join(words)}` ended with {done.returncode}. {help_}")


def fingerprint(*parts: str | Path | Iterable[Path]) -> str:
    """Make one hash of texts and of the contents of files; a missing file counts as empty."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(part.encode())
            continue
        for path in [part] if isinstance(part, Path) else sorted(part):
            digest.update(str(path).encode())
            digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def is_done(stamp: Path, mark: str) -> bool:
    """Tell whether a step was done with exactly these inputs."""
    return stamp.is_file() and stamp.read_text() == mark


def done(stamp: Path, mark: str) -> None:
    """Remember that a step was done."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)


def check_python() -> None:
    """Refuse a Python that cannot run the system."""
    if sys.version_info < (3, 11):  # noqa: UP036 it runs before anything is installed
        found = ".".join(map(str, sys.version_info[:3]))
        raise Failed(f"Python 3.11 or newer is needed; this is {found}. Name another: `make setup PYTHON=python3.12`.")


def make_venv() -> Path:
    """Make `.venv` unless it works; give its Python."""
    python = VENV / "bin" / "python"
    works = python.exists() and subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0
    if not works:
        say("making .venv")
        shutil.rmtree(VENV, ignore_errors=True)
        try:
            import ensurepip  # noqa: F401 Debian leaves it out of python3
        except ImportError:
            version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
            if not apt([version]):
                raise Failed(f"Python's venv is missing. Install the package {version}, then run again.") from None
        run(sys.executable, "-m", "venv", VENV, help_="Remove .venv and run again; is the disk full?")
    return python


def packages(python: Path) -> None:
    """Install exactly what the lock names, with hashes, and this checkout on top."""
    locks = [LOCK] if machine_npm() else [LOCK, NODE_LOCK]
    mark = fingerprint(locks, ROOT / "pyproject.toml", str(VENV), sys.version)
    if is_done(STAMPS / "packages", mark):
        return
    say("installing the Python packages of requirements.lock")
    again = "Is the package registry reachable? Run `make setup` again; what was fetched is kept."
    uv = re.search(r"^uv==\S+(?: \\\n +--hash=\S+)+", LOCK.read_text(), re.MULTILINE)
    if uv is None:
        raise Failed("requirements.lock does not name uv. Make the lock again with `make lock`.")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as only_uv:
        only_uv.write(uv[0])
        only_uv.flush()
        pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        run(*pip, "--require-hashes", "-r", only_uv.name, help_=again)
    uv_pip = [VENV / "bin" / "uv", "pip"]
    env = {"VIRTUAL_ENV": str(VENV), "UV_PYTHON_DOWNLOADS": "never"}
    run(*uv_pip, "sync", "-q", "--require-hashes", *locks, help_=again, env=env)
    # What builds the project is in the lock too, so nothing is fetched without a hash.
    run(*uv_pip, "install", "-q", "--no-deps", "--no-build-isolation", "-e", ROOT, help_=again, env=env)
    done(STAMPS / "packages", mark)


def machine_npm() -> bool:
    """Tell whether the machine has a Node.js (18 or newer) and npm of its own."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    told = subprocess.run(["node", "--version"], check=False, capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)", told)
    return bool(found and int(found[1]) >= 18)


def assets(python: Path) -> None:
    """Fetch the front-end libraries and copy what pages need into the static files."""
    builder = ROOT / "server/coso/ui"
    mark = fingerprint(ROOT / "package-lock.json", builder / "build_assets.py", builder / "icons.py")
    axe = ROOT / "var" / "axe" / "axe.min.js"
    if is_done(STAMPS / "assets", mark) and (STATIC / "icons.svg").is_file() and axe.is_file():
        return
    say("fetching the front-end libraries of package-lock.json")
    path = os.environ["PATH"] if machine_npm() else f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    npm = shutil.which("npm", path=path) or "npm"
    again = "Is the npm registry reachable? Run `make setup` again."
    run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", help_=again, env={"PATH": path})
    run(python, "-m", "coso.ui.build_assets", help_="Remove node_modules and run `make setup` again.")
    done(STAMPS / "assets", mark)


def catalogues(python: Path) -> None:
    """Compile the Vietnamese texts."""
    sources = list(ROOT.glob("server/**/*.po"))
    mark = fingerprint(sources, ROOT / "scripts/catalogues.py")
    if is_done(STAMPS / "catalogues", mark) and all(po.with_suffix(".mo").is_file() for po in sources):
        return
    say("compiling the catalogues")
    run(python, ROOT / "scripts/catalogues.py", help_="Correct the named line of the .po file, then run again.")
    done(STAMPS / "catalogues", mark)


def data(python: Path) -> None:
    """Bring the database up to date and load the dated places of the province."""
    outside = bool(os.environ.get("COSO_DATABASE_URL"))
    mark = fingerprint(ROOT.glob("server/**/migrations/*.py"), PLACES.rglob("*.csv"), PLACES / "commands.py", LOCK)
    stamp = DATA / ".stamp-setup"
    if not outside and is_done(stamp, mark) and (DATA / "coso.sqlite3").is_file():
        return
    say(f"preparing the database in {'COSO_DATABASE_URL' if outside else DATA}")
    DATA.mkdir(parents=True, exist_ok=True)
    env = {"COSO_DATA": str(DATA), "DJANGO_SETTINGS_MODULE": "coso.site.settings"}
    again = "Is the data folder writable and the database reachable? `make reset` starts over with an empty one."
    run(python, "-m", "django", "migrate", "-v", "0", help_=again, env=env)
    run(VENV / "bin" / "coso", "places", "load", help_=again, env=env)
    done(stamp, mark)


def system(programs: dict[str, list[str]]) -> None:
    """Install the system packages of missing programs as root; otherwise say which to install and go on."""
    missing = {program: names for program, names in programs.items() if not shutil.which(program)}
    if not missing:
        return
    names = [name for listed in missing.values() for name in listed]
    if apt(names):
        return
    say(f"these system packages are not installed: {' '.join(names)}")
    say(f"  install them when you can:  sudo apt-get install -y {' '.join(names)}")
    for program in missing:
        say(f"  without {program}, {OTHERWISE[program]}.")


def apt(names: list[str]) -> bool:
    """Install Debian packages; tell whether it could be done (as root, where apt-get is)."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"installing the system packages {' '.join(names)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    for command in (install, ["apt-get", "update", "-qq"], install):
        code = subprocess.run(command, env=env, check=False, capture_output=True, timeout=900).returncode
        if code == 0 and command is install:
            return True
    return False


def main() -> int:
    """Do every step; 0 when all is ready, 1 with a sentence when something must be done first."""
    parser = argparse.ArgumentParser(description="Make this checkout ready to run.")
    parser.add_argument("--for-tests", action="store_true", help="also what the browser tests need")
    for_tests: bool = parser.parse_args().for_tests
    start = time.monotonic()
    try:
        check_python()
        system({**TO_RUN, **(TO_TEST if for_tests else {})})
        python = make_venv()
        packages(python)
        assets(python)
        catalogues(python)
        data(python)
    except Failed as failed:
        print(f"setup: FAILED. {failed}", file=sys.stderr, flush=True)
        return 1
    say(f"ready after {time.monotonic() - start:.1f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
