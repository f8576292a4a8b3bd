"""The database itself refuses that two units bear one code on one day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from coso.places.models import Level, Place
from tests.support.world import World

pytestmark = pytest.mark.django_db


def earlier(world: World, begins: date, ends: date | None, code: str = "18196") -> Place:
    return Place.objects.create(
        code=code, name="Xã Sơn Kim", level=Level.COMMUNE, parent=world.province, valid_from=begins, valid_to=ends
    )


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2020, 1, 1), date(2025, 7, 1)),
        (date(2020, 1, 1), date(2030, 1, 1)),
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2025, 7, 1), date(2025, 7, 1)),
    ],
    ids=["its last day is the other's first", "around it", "inside it", "on its first day"],
)
def test_spans_of_one_code_that_touch_are_refused(world: World, begins: date, ends: date | None) -> None:
    before = Place.objects.count()

    with pytest.raises(IntegrityError), transaction.atomic():
        earlier(world, begins, ends)

    assert Place.objects.count() == before


def test_spans_that_follow_one_another_are_taken_and_cannot_be_stretched_into_each_other(world: World) -> None:
    old = earlier(world, date(2020, 1, 1), date(2025, 6, 30))

    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=old.pk).update(valid_to=date(2025, 7, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=world.son_kim.pk).update(valid_from=date(2025, 6, 30))
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=world.thach_ha.pk).update(code="18196")

    old.refresh_from_db()
    assert old.valid_to == date(2025, 6, 30)
    assert earlier(world, date(2020, 1, 1), None, code="99999").valid_to is None
