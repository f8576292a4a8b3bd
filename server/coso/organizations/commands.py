"""What `coso organizations` and `coso accounts` can do."""

import sys

import click


@click.group()
def organizations() -> None:
    """Agencies and committees: of then and of now."""


@organizations.command()
def load() -> None:
    """Load the agencies of Hà Tĩnh; safe to repeat."""
    from django.utils.translation import ngettext

    from coso.kit.errors import CosoError
    from coso.organizations import actions

    try:
        count = actions.load_agencies()
    except CosoError as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(1)
    click.echo(
        ngettext("%(count)s organization was loaded.", "%(count)s organizations were loaded.", count) % {"count": count}
    )


@click.group()
def accounts() -> None:
    """Accounts; the first administrator is made here, all others on the pages."""


@accounts.command("open")
@click.argument("username")
@click.argument("full_name")
@click.option("--role", required=True, help="administrator, auditor, provincial_editor …")
@click.option("--place", "code", metavar="CODE", required=True, help="code of the place, such as 42")
@click.password_option(help="asked for when it is not given")
def open_(username: str, full_name: str, role: str, code: str, password: str) -> None:
    """Open an account with one post."""
    from django.db import transaction
    from django.utils.translation import gettext as _

    from coso.kit import clock
    from coso.kit.errors import CosoError
    from coso.organizations import actions
    from coso.organizations.rules import Role
    from coso.places import queries as places

    place = places.one_at(code, clock.today())
    if role not in list(Role):
        click.echo(
            _("There is no role “%(role)s”. Roles: %(roles)s.") % {"role": role, "roles": ", ".join(Role)}, err=True
        )
        sys.exit(2)
    if place is None:
        click.echo(_("No unit has the code %(code)s today.") % {"code": code}, err=True)
        sys.exit(2)
    try:
        with transaction.atomic():
            person = actions.open_account(by="system", username=username, full_name=full_name, password=password)
            actions.give_post(by="system", person=person, role=Role(role), place=place)
    except CosoError as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
    click.echo(_("An account was opened for %(person)s.") % {"person": person.full_name})


commands = [organizations, accounts]
