"""What `coso documents` can do; it needs no database."""

import json
import sys
from pathlib import Path
from typing import Any

import click


@click.group()
def documents() -> None:
    """Read official documents into structure."""


@documents.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list, an entry for each file that was read.")
def read(files: tuple[Path, ...], as_json: bool) -> None:
    """Read official documents (.docx, .odt, .pdf, .txt, .md; scans, .doc and .rtf where the programs for them are).

    Exit code 0: all were read; 1: at least one was not, with the reason on the error stream; 2: wrong usage.
    """
    # The libraries behind it take half a second to load, which other commands needn't wait for.
    from django.utils.translation import gettext as _

    from coso.documents.actions import sentence_about
    from coso.documents.adapters import UnreadableFile
    from coso.documents.rules import NotAnOfficialDocument, TextTooLong

    found: list[dict[str, Any]] = []
    for file in files:
        try:
            found.append(_read(file))
        except (UnreadableFile, NotAnOfficialDocument, TextTooLong) as error:
            click.echo(f"{file.name}: {sentence_about(error)}", err=True)
        except OSError:
            click.echo(_("%(file)s: there is no such file, or it cannot be opened.") % {"file": file.name}, err=True)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join(_summary(one) for one in found))
    sys.exit(0 if len(found) == len(files) else 1)


def _read(file: Path) -> dict[str, Any]:
    from django.conf import settings

    from coso.documents.adapters import extract_text
    from coso.documents.rules import read_document, to_gold

    most = settings.OPTIONS["COSO_UPLOAD_MB"] * 1024 * 1024
    extracted = extract_text(file.read_bytes(), name=file.name, limit=most)
    return {"file": file.name, **to_gold(read_document(extracted.text))}


def _summary(one: dict[str, Any]) -> str:
    from django.utils.translation import gettext as _

    from coso.kit.dates import words

    unknown = _("not known")
    lines = [
        _("%(file)s: %(kind)s %(number)s")
        % {"file": one["file"], "kind": one["doc_type"] or _("Document"), "number": _number(one)},
        _("  Issuer: %(issuer)s") % {"issuer": one["issuer"] or unknown},
        _("  Date of issue: %(date)s") % {"date": words(one["issued_on"]) if one["issued_on"] else unknown},
        _("  Title: %(title)s") % {"title": one["title"] or unknown},
        _("  Signer: %(signer)s") % {"signer": one["signer"] or unknown},
        _(
            "  Bases: %(bases)s; tasks: %(tasks)s; duties: %(duties)s; recipients: %(recipients)s; "
            "to look at again: %(warnings)s"
        )
        % {part: len(one[part]) for part in ("bases", "tasks", "duties", "recipients", "warnings")},
    ]
    return "\n".join([*lines, *map(_task, one["tasks"])])


def _number(one: dict[str, Any]) -> str:
    from django.utils.translation import gettext as _

    return f"{one['number'] or '?'}/{one['symbol']}" if one["symbol"] else _("without a number")


def _task(task: dict[str, Any]) -> str:
    from django.utils.translation import gettext as _

    return _("  - %(ref)s: %(title)s (%(units)s; %(when)s)") % {
        "ref": task["ref"],
        "title": task["title"],
        "units": ", ".join(task["lead"]) or _("no lead unit named"),
        "when": _when(task),
    }


def _when(task: dict[str, Any]) -> str:
    from django.utils.translation import gettext as _

    from coso.documents.models import Recurrence
    from coso.kit.dates import words

    if task["due"]:
        return words(task["due"])
    return str(Recurrence(task["recurrence"]).label) if task["recurrence"] else _("no deadline")


commands = [documents]
