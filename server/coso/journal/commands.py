"""What `coso journal` can do."""

import json
import sys

import click


@click.group()
def journal() -> None:
    """Prove the record of actions."""


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def verify(as_json: bool) -> None:
    """Recompute the chain; exit 1 when an entry was changed, removed or moved."""
    from coso.journal import queries

    proof = queries.verify()
    if as_json:
        click.echo(
            json.dumps(
                {
                    "sealed": proof.sealed,
                    "unsealed": proof.unsealed,
                    "faults": proof.faults,
                    "whole": proof.whole,
                }
            )
        )
    else:
        click.echo(f"Nhật ký: {proof.sealed} mục đã niêm phong, {proof.unsealed} mục chưa niêm phong.")
        for fault in proof.faults:
            click.echo(f"  Sai lệch ở mục {fault}")
        click.echo("Toàn vẹn." if proof.whole else "KHÔNG toàn vẹn.")
    sys.exit(0 if proof.whole else 1)


commands = [journal]
