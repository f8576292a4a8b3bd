"""The table of who may open which door: `python -m tests.house.authorization` prints it from the live addresses.

It is kept beside this file, so that whoever opens a door, or widens one, shows it in the change that does.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("authorization.csv")
# The doors of sign-in belong to the library of accounts, which has its own tests.
ACCOUNTS = "tai-khoan/"
DESK = "ban-lam-viec/"


@dataclass(frozen=True)
class Door:
    """One address: as written in the URL configuration, its name, the right that it asks for."""

    route: str
    name: str
    right: str | None
    view: Any
    arguments: dict[str, Any]

    @property
    def is_desk(self) -> bool:
        """Whether it is one of the staff's pages."""
        return self.route.startswith(DESK)


# What stands for an argument when a door is only knocked at.
SAMPLES = {
    "IntConverter": 987654321,
    "UUIDConverter": "00000000-0000-7000-8000-000000000000",
    "SlugConverter": "khong-co",
    "StringConverter": "khong-co",
    "PathConverter": "khong/co",
}


def doors() -> list[Door]:
    """List every door of the site but those of sign-in, by address."""
    from django.urls import get_resolver

    return sorted(_walk(get_resolver(), "", ""), key=lambda door: door.route)


def _walk(resolver: Any, prefix: str, space: str) -> Iterator[Door]:
    from django.urls import URLResolver

    for found in resolver.url_patterns:
        route = prefix + str(found.pattern)
        if route.startswith(ACCOUNTS):
            continue
        if isinstance(found, URLResolver):
            yield from _walk(found, route, f"{space}{found.namespace}:" if found.namespace else space)
        else:
            arguments = {name: SAMPLES[type(c).__name__] for name, c in _converters(resolver, found).items()}
            right = getattr(found.callback, "coso_right", None)
            yield Door(route, f"{space}{found.name or ''}", right, found.callback, arguments)


def _converters(resolver: Any, pattern: Any) -> dict[str, Any]:
    return {**getattr(resolver.pattern, "converters", {}), **pattern.pattern.converters}


def address(door: Door) -> str:
    """Write an address at which a door can be knocked; nothing is behind it."""
    written = door.route
    for name, value in door.arguments.items():
        before, _open, rest = written.partition("<")
        converter, _close, after = rest.partition(">")
        assert converter.split(":")[-1] == name, (door.route, name)
        written = f"{before}{value}{after}"
    return f"/{written}"


def read(answer: Any) -> Any:
    """Read an answer to its end, as a browser does: a file that is sent is then closed. Gives the answer."""
    if answer.streaming:
        list(answer.streaming_content)
    return answer


def table() -> str:
    """Write the table: a row for each door, a column for each role."""
    from coso.organizations import rules

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["door", "name", "right", *rules.Role])
    for door in doors():
        may = ["yes" if door.right is None or rules.may(role, door.right) else "no" for role in rules.Role]
        writer.writerow([f"/{door.route}", door.name, door.right or "everybody", *may])
    return out.getvalue()


if __name__ == "__main__":
    import os
    import sys

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coso.site.settings")
    import django

    django.setup()
    sys.stdout.write(table())
