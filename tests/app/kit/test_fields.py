from datetime import date

import pytest
from django.db import connection

from coso.places.models import Level, Place

pytestmark = pytest.mark.django_db


def unit(code, parent=None):
    level = Level.COMMUNE if parent else Level.PROVINCE
    return Place.objects.create(code=code, name=code, level=level, parent=parent, valid_from=date(2025, 7, 1))


def test_a_path_finds_what_lies_under_it_and_no_neighbour_whose_number_begins_alike():
    root = unit("42")
    one = unit("18200", root)
    # Its number begins with the whole number of the other: 7 and 70.
    Place.objects.filter(pk=unit("18201", root).pk).update(path=f"{one.path[:-1]}0/")
    village = Place.objects.create(
        code="V1", name="Thôn 1", level=Level.VILLAGE, parent=one, valid_from=date(2025, 7, 1)
    )

    found = Place.objects.filter(path__startswith=one.path)

    assert set(found) == {one, village}
    assert Place.objects.filter(path__startswith=root.path).count() == 4


def test_a_path_asked_for_in_part_is_compared_as_text():
    root = unit("42")

    assert list(Place.objects.filter(path__startswith=root.path[:-1])) == [root]
    assert list(Place.objects.filter(path__startswith="%")) == []


@pytest.mark.sqlite
def test_sqlite_looks_a_path_up_in_the_index():
    plan = Place.objects.filter(path__startswith="/1/7/").order_by().values("pk").explain()

    assert "USING" in plan, plan
    assert "path>? AND path<?" in plan, plan


@pytest.mark.postgres
def test_postgresql_looks_a_path_up_in_the_index():
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        plan = Place.objects.filter(path__startswith="/1/7/").order_by().values("pk").explain()

    assert "Index" in plan, plan
