"""What `coso` can do for whoever runs the system."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click


def _refuse(sentence: object, code: int = 1) -> NoReturn:
    click.echo(f"coso: {sentence}", err=True)
    sys.exit(code)


@click.command()
@click.option("--demo", is_flag=True, help="with the demo province and 12 virtual loudspeakers")
def serve(demo: bool) -> None:
    """Run the whole system on this machine until Ctrl-C.

    Exit code 1 when it cannot start; the sentence says what to change.
    """
    from coso.site import guard, serve

    try:
        serve.run(demo=demo)
    except (guard.NotSafe, serve.NotStarted) as wrong:
        _refuse(wrong)


def _replace_by(command: Callable[[dict[str, Any]], list[str]], port: str) -> None:
    """Become a web server, after the same looks that `coso serve` takes."""
    from django.conf import settings

    from coso.site import guard

    options = settings.OPTIONS
    try:
        guard.require_tls(options)
        guard.require_free(options["COSO_BIND"], options[port], port)
    except guard.NotSafe as wrong:
        _refuse(wrong)
    words = command(options)
    os.execv(words[0], words)  # noqa: S606 our own command line, no shell


@click.command()
def web() -> None:
    """Run the web server alone (COSO_BIND, COSO_PORT, COSO_PROCESSES)."""
    from coso.site import processes

    _replace_by(processes.web, "COSO_PORT")


@click.command()
def gateway() -> None:
    """Run the gateway that devices speak with, alone (COSO_BIND, COSO_GATEWAY_PORT)."""
    from coso.site import processes

    _replace_by(processes.gateway, "COSO_GATEWAY_PORT")


@click.command()
@click.option("--queue", "queues", multiple=True, default=["*"], show_default="all", help="only this queue; repeatable")
def worker(queues: tuple[str, ...]) -> None:
    """Run background tasks until stopped; any number of workers may run."""
    from coso.site import worker

    worker.run(queues)


@click.command()
def scheduler() -> None:
    """Seal the journal and do the regular jobs until stopped; of several schedulers one works."""
    from coso.site import scheduler

    scheduler.run()


@click.command()
def migrate() -> None:
    """Bring the database up to date with this version; make it, and the data folder, where there is none."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=1)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print one JSON list")
def check(as_json: bool) -> None:
    """Look whether everything holds that the system needs.

    Exit code 0 when nothing fails (warnings may be there), 1 otherwise.
    """
    from coso.site import check

    found = list(check.all_findings())
    if as_json:
        click.echo(json.dumps([finding.as_dict() for finding in found], ensure_ascii=False, indent=1))
    else:
        marks = {check.Level.OK: "✓", check.Level.WARNING: "!", check.Level.FAILURE: "✗"}
        for finding in found:
            click.echo(f"{marks[finding.level]} {finding.sentence}")
    sys.exit(1 if any(finding.level is check.Level.FAILURE for finding in found) else 0)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write database, media and keys to one .tar FILE, while the system runs.

    The file holds keys: keep it where only you read it. Exit code 1 when it could not be written.
    """
    from django.conf import settings
    from django.utils.translation import gettext as _

    from coso.kit import database
    from coso.site import backup

    if database.is_postgres():
        _refuse(_("The database is PostgreSQL: use pg_dump for it, and copy the folders media and keys."), 2)
    try:
        note = backup.make(settings.DATA, file.absolute())
    except (backup.NotPossible, OSError) as wrong:
        _refuse(_("The backup was not made: %(why)s.") % {"why": wrong})
    words = _("%(file)s holds %(files)s files, %(size)s MB.")
    click.echo(words % {"file": file, "files": note["files"], "size": round(note["bytes"] / 1e6, 1)})


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="also over a used data folder, which is kept beside it")
def restore(file: Path, force: bool) -> None:
    """Bring the data folder back from a backup FILE; stop the system first.

    Exit code 1 when nothing was changed: the file is no whole backup, or the data folder is used.
    """
    from django.conf import settings
    from django.utils.translation import gettext as _

    from coso.kit import database
    from coso.site import backup, serve

    if database.is_postgres():
        _refuse(_("The database is PostgreSQL: use pg_restore for it, and copy the folders media and keys."), 2)
    try:
        with serve.only_one(settings.DATA):
            note = backup.restore(file.absolute(), settings.DATA, force=force)
    except serve.NotStarted as wrong:
        _refuse(wrong)
    except (backup.NotPossible, OSError) as wrong:
        _refuse(_("Nothing was restored: %(why)s.") % {"why": wrong})
    words = _("Restored into %(folder)s: the state of %(moment)s, %(files)s files.")
    click.echo(words % {"folder": settings.DATA, "moment": note["made_at"], "files": note["files"]})


@click.group()
def reference() -> None:
    """Print the reference pages of docs/reference."""


@reference.command("settings")
def reference_settings() -> None:
    """Print the list of settings."""
    from coso.site import options

    click.echo(options.reference(), nl=False)


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def bench(name: str | None, as_json: bool) -> None:
    """Run the benchmark NAME of this checkout; without a name, list them.

    Exit code 1 when one of its results is wrong, 2 when there is no such benchmark.
    """
    from coso.site import bench

    if name is None:
        click.echo("\n".join(bench.names()))
        return
    try:
        figures = bench.run(name)
    except bench.NoSuchBench:
        _refuse(f"{name}: {bench.NoSuchBench.__doc__}", 2)
    except AssertionError as wrong:
        _refuse(f"{name}: {wrong}")
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        for key, value in figures.items():
            click.echo(f"{key}: {value}")


@click.command()
@click.option("--headless", is_flag=True, help="play the main job without anybody at the screen, and end")
@click.option("--here", is_flag=True, hidden=True, help="over the data folder and ports of the environment")
def demo(headless: bool, here: bool) -> None:
    """Play the main job end to end on the real plan, with 12 real loudspeaker programs, and print each proof.

    It works in a folder of its own, which is removed afterwards. Exit code 0 only when every receipt is in.
    """
    import tempfile

    from coso.site.guard import free_ports

    if not headless:
        _refuse("to look around, use `coso serve --demo`; to see the proof printed, use `coso demo --headless`", 2)
    if not here:
        from coso.site import processes
        from coso.site.supervisor import run_apart

        web, gateway = map(str, free_ports(2))
        with tempfile.TemporaryDirectory(prefix="coso-demo-") as folder:
            apart = {"COSO_DATA": folder, "COSO_PORT": web, "COSO_GATEWAY_PORT": gateway, "COSO_DEMO": "yes"}
            sys.exit(run_apart(processes.coso("demo", "--headless", "--here"), apart, without="COSO_"))
    from django.core.management import call_command

    from coso.site.headless import story
    from coso.site.headless.stage import Failed

    call_command("migrate", verbosity=0)
    try:
        story.run()
    except Failed as wrong:
        _refuse(wrong)
    click.echo("Every receipt is in.")


commands = [demo, serve, web, gateway, worker, scheduler, migrate, check, backup, restore, reference, bench]
