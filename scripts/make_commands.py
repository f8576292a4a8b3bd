"""Print `docs/reference/commands.md` from the help that each command gives itself.

`.venv/bin/python scripts/make_commands.py > docs/reference/commands.md`
"""

import argparse
import os
import sys
from collections.abc import Iterator

import click

from coso_agent.cli import _parser

HEAD = """# Commands

Every command says the same with `--help`. Exit codes: 0 done, 1 it could not be done or something is wrong, 2 the
command was not understood; where a command means something else, it says so. This page is printed by `make docs`.

"""
WIDTH = 100


def _walk(command: click.Command, names: list[str]) -> Iterator[str]:
    """Give a part for a command and for each one below it, by name."""
    context = click.Context(command, info_name=" ".join(names), max_content_width=WIDTH, terminal_width=WIDTH)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not found.hidden:
                yield from _walk(found, [*names, name])
        return
    yield f"## {' '.join(names)}\n```\n{command.get_help(context).rstrip()}\n```\n"


def _agent() -> Iterator[str]:
    """Give a part for each command of the loudspeaker; argparse itself words its help anew in each Python."""
    for group in _parser()._actions:
        if isinstance(group, argparse._SubParsersAction):
            about = {choice.dest: choice.help for choice in group._choices_actions}
            for name, parser in group.choices.items():
                options = [action for action in parser._actions if "--help" not in action.option_strings]
                words = "\n".join(map(_option, options))
                yield f"## coso-agent {name}\n```\n{about[name]}\n\n{words}\n```\n"


def _option(action: argparse.Action) -> str:
    takes = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    needed = " [required]" if action.required else ""
    return f"  {f'{action.option_strings[0]} {takes}':<24} {action.help}{needed}"


def page() -> str:
    """Write the page; Django must be ready."""
    from coso.site.cli import coso

    return HEAD + "\n".join([*_walk(coso, ["coso"]), *_agent()])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coso.site.settings")
    import django

    django.setup()
    sys.stdout.write(page())
