"""The `coso` command: gathers what each app can do from a terminal."""

import os
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import click

APPS = [
    "site", "reports", "funding", "training", "factcheck", "gateway", "api", "listening", "campaigns", "broadcast",
    "newsroom", "devices", "registry", "plans", "documents", "notices", "organizations", "places", "registers",
    "journal",
]  # fmt: skip


def _commands() -> Iterator[click.Command]:
    for app in APPS:
        name = f"coso.{app}.commands"
        if find_spec(f"coso.{app}") and find_spec(name):
            yield from import_module(name).commands


class Gathered(click.Group):
    """A group whose commands are looked for when it is asked, after Django is ready."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List every command by name."""
        return sorted(c.name or "" for c in _commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find one command."""
        return next((c for c in _commands() if c.name == cmd_name), None)


@click.group(cls=Gathered)
@click.version_option(package_name="coso", prog_name="coso")
def coso() -> None:
    """Cơ Sở: the grassroots information system of a province."""


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coso.site.settings")
    import django

    from coso.site import options

    try:
        django.setup()
    except options.BadOption as wrong:
        raise SystemExit(f"coso: {wrong}") from None

    from django.db import OperationalError
    from django.utils.translation import gettext as _

    try:
        coso()
    except OperationalError as error:
        words = _("The database cannot be used: %(error)s. Run “coso migrate”, then look with “coso check”.")
        raise SystemExit(f"coso: {words % {'error': str(error).strip()}}") from None
