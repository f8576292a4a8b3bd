"""What `coso` can do on air."""

import click


@click.command()
def signer() -> None:
    """Sign manifests and alerts until stopped; the only process that holds the private key."""
    from coso.broadcast import signer as process

    process.run()


commands = [signer]
