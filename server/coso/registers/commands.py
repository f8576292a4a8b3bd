"""What `coso import` and `coso export` can do."""

import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from coso.registers.actions import Report
    from coso.registers.ports import Register


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


def _register(kind: str) -> "Register":
    from django.utils.translation import gettext as _

    from coso.registers.ports import register_of, registers

    found = register_of(kind)
    if found is None:
        kinds = ", ".join(f"{one.kind} ({one.title})" for one in registers())
        _refuse(_("“%(kind)s” is no register. There are: %(kinds)s.") % {"kind": kind, "kinds": kinds})
    return found


def _day(typed: datetime | None) -> date:
    from coso.kit import clock

    return typed.date() if typed else clock.today()


@click.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--commit", is_flag=True, help="bring the file in; without it nothing is changed")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="the day whose unit names the file uses (today)")
def import_(kind: str, file: Path, commit: bool, day: datetime | None) -> None:
    """Bring a file into a register, or print what it would do. KIND is thon, nhan-dia-ban, …"""
    from django.utils.translation import gettext as _

    from coso.registers.adapters.packages import Refused
    from coso.registers.sentences import of_file

    register = _register(kind)
    try:
        report = _looked_at(register, file, _day(day))
    except Refused as error:
        _refuse(of_file(error))
    if commit and not report.wrong and report.new + report.changed:
        _bring_in(register, file, _day(day))
        click.echo(_("The file was brought in."))
    elif report.wrong:
        sys.exit(1)
    else:
        click.echo(_("Nothing was changed.") if not commit else _("Nothing to change: every row is there already."))


def _looked_at(register: "Register", file: Path, day: date) -> "Report":
    """Go through a file without keeping anything, print what it would do and give the counts."""
    from coso.registers import actions, queries
    from coso.registers.adapters.tables import open_table

    with file.open("rb") as opened:
        table = open_table(opened, queries.headings(register))
        passage = actions.Passage(register, table, by="system", day=day)
        if not table.missing:
            for _plans in passage.chunks():
                pass
        report = passage.report
        for note in actions.notes_of(table, register, report):
            click.echo(note)
        report.wrong += bool(table.missing)
    _print(report)
    return report


def _print(report: "Report") -> None:
    from django.utils.translation import gettext as _

    counts = _("%(read)s rows: %(new)s new, %(changed)s changed, %(same)s as they are, %(wrong)s wrong.")
    click.echo(counts % vars(report))
    for error in [*report.errors, *report.warnings]:
        click.echo(f"{error['cell'] or _('Row %(row)s') % error}: {error['text']}")
    told = len({error["row"] for error in report.errors})
    if report.wrong > told and told:
        click.echo(_("… and more; these are the first."))


def _bring_in(register: "Register", file: Path, day: date) -> None:
    from django.utils.translation import gettext as _

    from coso.kit.errors import CosoError
    from coso.registers import actions
    from coso.registers.models import Import, ImportState

    try:
        run: Any = actions.start_import(
            kind=register.kind, data=file.read_bytes(), file_name=file.name, by="system", day=day, wait=True
        )
        run = actions.commit_import(import_id=run.pk, by="system")
    except CosoError as error:
        _refuse(str(error))
    if run.state != ImportState.DONE:
        notes = Import.objects.get(pk=run.pk).layout.get("notes", [])
        _refuse(notes[0] if notes else _("Nothing was changed."))


@click.command("export")
@click.argument("kind")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_(kind: str, file: Path) -> None:
    """Write a whole register to a file that can be brought in again."""
    from django.utils.translation import ngettext

    from coso.registers import actions

    register = _register(kind)
    count = register.rows("system").count()
    with actions.rows_file(register, "system") as written, file.open("wb") as target:
        shutil.copyfileobj(written, target)
    said = ngettext("%(count)s row was written to %(file)s.", "%(count)s rows were written to %(file)s.", count)
    click.echo(said % {"count": count, "file": file})


commands = [import_, export_]
