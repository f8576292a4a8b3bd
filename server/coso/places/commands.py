"""What `coso places` can do."""

import json
import re
import sys
from datetime import date
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from coso.places.models import Place


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def _day(typed: str) -> date:
    from django.utils.translation import gettext as _

    try:
        # `fromisoformat` alone would take weeks and dates without hyphens too.
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed):
            return date.fromisoformat(typed)
    except ValueError:
        pass
    _refuse(_("“%(typed)s” is not a date. Write year-month-day, such as 2025-07-01.") % {"typed": typed})


def _unit(code: str, day: date) -> "Place":
    from django.utils.translation import gettext as _

    from coso.places import queries

    place = queries.one_at(code, day)
    if place is None:
        _refuse(_("No unit has the code %(code)s on %(day)s.") % {"code": code, "day": day.strftime("%d/%m/%Y")})
    return place


def _print(found: "list[Place]", as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_line(place) for place in found], ensure_ascii=False, indent=1))
        return
    for place in found:
        ends = place.valid_to.strftime("%d/%m/%Y") if place.valid_to else ""
        click.echo(f"{place.code:<10} {place.name:<36} {place.valid_from:%d/%m/%Y} – {ends}".rstrip())


def _line(place: "Place") -> dict[str, str | None]:
    return {
        "code": place.code,
        "name": place.name,
        "level": place.level,
        "parent": place.parent.code if place.parent else None,
        "valid_from": place.valid_from.isoformat(),
        "valid_to": place.valid_to.isoformat() if place.valid_to else None,
    }


@click.group()
def places() -> None:
    """Administrative units: of then and of now."""


@places.command()
def load() -> None:
    """Load the four states of Hà Tĩnh; safe to repeat."""
    from django.utils.translation import gettext as _

    from coso.places import actions

    loaded = actions.load_hatinh()
    click.echo(
        _("%(places)s units and %(successions)s links to successors were added.")
        % {"places": loaded.places, "successions": loaded.successions}
    )


@places.command()
@click.argument("day", metavar="DATE")
@click.option("--under", metavar="CODE", help="only what lies under this unit, at any depth")
@click.option("--json", "as_json", is_flag=True, help="print one JSON list")
def at(day: str, under: str | None, as_json: bool) -> None:
    """List the units valid on a date (2025-07-01)."""
    from coso.places import queries

    when = _day(day)
    found = queries.at(when)
    if under is not None:
        found = found & queries.under(_unit(under, when), itself=False)
    _print(queries.listed(found), as_json)


@places.command()
@click.argument("code")
@click.option("--from", "since", metavar="DATE", required=True, help="a day on which the unit had this code")
@click.option("--to", "until", metavar="DATE", required=True, help="the day for which its successors are asked")
@click.option("--json", "as_json", is_flag=True, help="print one JSON list")
def successors(code: str, since: str, until: str, as_json: bool) -> None:
    """List what a unit became; for an abolished district, what its communes became."""
    from django.utils.translation import gettext as _

    from coso.places import queries

    then, later = _day(since), _day(until)
    if later < then:
        _refuse(_("The date after --to must not be before the date after --from."))
    place = _unit(code, then)
    found = queries.successors(place, later)
    if not found:
        click.echo(
            _("No successor of %(name)s is known on %(day)s.")
            % {"name": place.name, "day": later.strftime("%d/%m/%Y")},
            err=True,
        )
    _print(found, as_json)


commands = [places]
