"""Whatever hangs on a place says what becomes of it when the place ends."""

import csv

import pytest
from django.apps import apps

from coso.places.models import Place
from tests.house.repository import ROOT, told

pytestmark = pytest.mark.house

TABLE = ROOT / "tests" / "house" / "hanging.csv"


def decided() -> dict[str, tuple[str, str]]:
    """Read the table: field → (what becomes of it, why)."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["field"]: (row["follows"], row["why"]) for row in csv.DictReader(file)}


def hanging() -> set[str]:
    """List every field of a model that points to places."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.related_model is Place
    }


def test_every_field_that_points_to_a_place_is_decided_about():
    faults = sorted(hanging() - set(decided()))

    assert faults == [], told(
        [
            *faults,
            "Name it in tests/house/hanging.csv: does it follow the place's successors (read it through `current` or"
            " `current_path`, places.queries.hung_on, policies.scope), or stay as recorded, and why?",
        ]
    )


def test_the_table_names_no_field_that_is_gone():
    assert sorted(set(decided()) - hanging()) == []


def test_each_decision_is_one_of_two_and_has_its_reason():
    faults = [
        field
        for field, (follows, why) in decided().items()
        if follows not in {"follows", "stays as recorded"} or len(why) < 10
    ]

    assert faults == []
