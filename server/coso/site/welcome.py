"""What `coso serve` shows: the lines of each part, then where everything is and what to try first."""

import sys
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from coso.site import processes

WIDTH = 10
PLAN = Path(__file__).parent / "demo" / "data" / "ke-hoach-82.txt"
QUIET = ("Starting worker", "Starting granian")


def line(part: str, text: str) -> None:
    """Show one line that a part said."""
    click.echo(f"{click.style(f'{part:<{WIDTH}}', dim=True)} {text}")
    sys.stdout.flush()


def show(options: dict[str, Any], *, demo: bool) -> None:
    """Tell where the system is, who may sign in, and what to try first."""
    web = processes.web_url(options)
    click.echo()
    click.secho(
        _("Cơ Sở is running. Ctrl-C stops all of it; the data stay in %(folder)s.")
        % {"folder": options["COSO_DATA"].absolute()},
        bold=True,
    )
    click.echo(f"  {_('For everybody')}: {web}/")
    click.echo(f"  {_('For staff')}: {web}/ban-lam-viec/")
    click.echo(f"  {_('For devices')}: {processes.gateway_url(options)}")
    if demo:
        _demo(web)
    # One line for a reader who has no Vietnamese.
    click.echo(f"\n  English: Cơ Sở is up at {web}/ (staff: {web}/ban-lam-viec/); Ctrl-C stops it.")
    sys.stdout.flush()


def _demo(web: str) -> None:
    from coso.site.demo import DEMO_ACCOUNTS

    click.echo(f"\n  {_('Demo accounts')}:")
    for account in DEMO_ACCOUNTS:
        click.echo(f"    {account}")
    click.echo(f"\n  {_('What to try first')}:")
    steps = [
        _("Sign in as the provincial editor and import a plan; the real one is %(plan)s. The approver confirms it.")
        % {"plan": PLAN},
        _("Turn a task into a bulletin, listen to how it will be spoken, and submit it."),
        _("Sign in as the provincial approver and approve it; the editor then gives it a time on air."),
        _("Watch village by village how it is played; the loudspeakers here write what they play to files."),
        _("Send a report as a resident from the portal, then answer it as the commune officer."),
    ]
    for number, step in enumerate(steps, start=1):
        click.echo(f"    {number}. {step}")
