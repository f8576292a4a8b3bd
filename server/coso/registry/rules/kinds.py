"""The kinds of facility, each with the document that names it, and what each group of kinds is asked."""

import csv
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class FacilityKind:
    """One kind of facility (thiết chế)."""

    code: str
    group: str
    """What it is for: station, board, house, lending, team. A form asks only what its group has."""
    name: str
    source: str


GROUPS = ("station", "board", "house", "lending", "team")

SERVING = frozenset({"board", "house", "lending"})
"""Groups of which it is told which villages they serve; a station serves by its clusters, a team by its tours."""

OPEN_TO_PEOPLE = frozenset({"house", "lending"})
"""Groups that people come to: they have opening hours, and count what they are used for by month (IV.2)."""


def _read() -> dict[str, FacilityKind]:
    with (files("coso.registry") / "data" / "facility_kinds.csv").open(encoding="utf-8") as file:
        return {row["code"]: FacilityKind(**row) for row in csv.DictReader(file)}


KINDS = _read()


def codes_of(*groups: str) -> list[str]:
    """List the kinds of one group or several."""
    return [kind.code for kind in KINDS.values() if kind.group in groups]


def group_of(code: str) -> str:
    """Give the group of a kind; a kind that left the list is treated as a house, which is asked the least."""
    return KINDS[code].group if code in KINDS else "house"


def name_of(code: str) -> str:
    """Give the name of a kind; its code when it left the list."""
    return KINDS[code].name if code in KINDS else code
