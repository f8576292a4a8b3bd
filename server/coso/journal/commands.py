"""What `coso journal` can do."""

import json
import sys

import click


@click.group()
def journal() -> None:
    """Prove the record of actions."""


@journal.command()
@click.option("--head", "heads", multiple=True, metavar="NUMBER:HASH", help="a head printed earlier; repeatable")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def verify(heads: tuple[str, ...], as_json: bool) -> None:
    """Recompute the chain; exit 1 when an entry was changed, removed or moved.

    Keep the head that it prints away from this machine: with --head, a later run proves that nothing was removed from
    the end since. Exit code 2 when a head is wrongly written.
    """
    from django.utils.translation import gettext as _

    from coso.journal import queries

    try:
        kept = [queries.Head.parse(written) for written in heads]
    except ValueError as wrong:
        click.echo(_("“%(head)s” is no head: give its number, a colon, and 64 signs.") % {"head": wrong}, err=True)
        sys.exit(2)
    proof = queries.verify(kept=kept)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "sealed": proof.sealed,
                    "unsealed": proof.unsealed,
                    "head": str(proof.head) if proof.head else None,
                    "faults": proof.faults,
                    "whole": proof.whole,
                }
            )
        )
    else:
        click.echo(f"Nhật ký: {proof.sealed} mục đã niêm phong, {proof.unsealed} mục chưa niêm phong.")
        for fault in proof.faults:
            click.echo(f"  Sai lệch ở mục {fault}")
        if proof.head:
            click.echo(_("The head of the chain, to be kept elsewhere: %(head)s") % {"head": proof.head})
        click.echo("Toàn vẹn." if proof.whole else "KHÔNG toàn vẹn.")
    sys.exit(0 if proof.whole else 1)


commands = [journal]
