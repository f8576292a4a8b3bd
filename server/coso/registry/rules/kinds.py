"""The kinds of facility, each with the document that names it."""

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


def _read() -> dict[str, FacilityKind]:
    with (files("coso.registry") / "data" / "facility_kinds.csv").open(encoding="utf-8") as file:
        return {row["code"]: FacilityKind(**row) for row in csv.DictReader(file)}


KINDS = _read()


def codes_of(group: str) -> list[str]:
    """List the kinds of one group."""
    return [kind.code for kind in KINDS.values() if kind.group == group]
