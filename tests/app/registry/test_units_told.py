"""People with duties in units that change are told the day, the change itself, and that it was undone."""

from datetime import date

import pytest
from django.urls import reverse

from coso.kit import clock
from coso.notices.models import Notice
from coso.notices.ports import wording_of
from coso.organizations.models import Deputy, Post
from coso.places import actions
from coso.places.models import Change, Level, Place
from coso.places.rules.changes import Abolish, Cede, Operation, Rename
from tests.support.world import World, place

pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 11, 1), date(2027, 3, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def set_to(day: date) -> None:
        monkeypatch.setattr(clock, "today", lambda: day)

    set_to(date(2026, 11, 24))
    return set_to


def make(world: World, operation: Operation, day: date = DAY) -> Change:
    return actions.make_change(operation=operation, from_on=day, decision="NQ", by=world.administrator)


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind, seen_at=None).values_list("person__username", flat=True))


def test_a_planned_change_is_told_to_whoever_has_a_post_in_its_units_and_to_nobody_else(world: World) -> None:
    make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"), LATER)

    assert told("units.planned") == {"canbo", "lanhdao", "tuyentruyen"}
    assert wording_of(Notice.objects.filter(kind="units.planned")[0]) == (
        "Xã Sơn Kim 1: đơn vị của bạn thay đổi từ ngày 01/03/2027. Hãy xem đơn vị sẽ ra sao và cần kiểm tra gì."
    )


def test_on_its_day_the_plan_is_settled_and_the_change_told(world: World, today) -> None:  # type: ignore[no-untyped-def]
    make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"), LATER)

    today(LATER)
    actions.take_force()

    assert told("units.planned") == set()
    assert told("units.changed") == {"canbo", "lanhdao", "tuyentruyen"}


def test_both_sides_of_a_part_are_told_at_once_and_so_is_a_deputy(world: World) -> None:
    post = Post.objects.get(person=world.officer)
    days = {"from_on": DAY, "to_on": date(2026, 12, 31)}
    Deputy.objects.create(post=post, person=world.editor, named_by=world.leader, **days)

    make(world, Cede(unit=world.son_kim.pk, receiver=world.thach_ha.pk, below=(world.villages[2].pk,), share=0.2))

    assert told("units.changed") == {"canbo", "lanhdao", "tuyentruyen", "canbo2", "lanhdao2", "bientap"}


def test_who_loses_the_unit_altogether_is_told_too(world: World) -> None:
    district = place("439", "Huyện Hương Sơn", Level.DISTRICT, world.province)
    Post.objects.create(person=world.editor, role="commune_officer", place=district, held_from=DAY)

    make(world, Abolish(level="district"))

    assert "bientap" in told("units.changed")


def test_an_undone_change_settles_what_was_told_and_says_that_the_unit_goes_on(world: World) -> None:
    change = make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"))

    actions.undo_change(change_id=change.pk, by=world.administrator)

    assert told("units.changed") == set()
    assert told("units.undone") == {"canbo", "lanhdao", "tuyentruyen"}
    assert "đã được hoàn tác" in wording_of(Notice.objects.filter(kind="units.undone")[0])


def test_who_was_told_of_a_change_reads_what_it_was_after_its_undoing(client, world: World) -> None:  # type: ignore[no-untyped-def]
    change = make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"))
    actions.undo_change(change_id=change.pk, by=world.administrator, reason="Nhập nhầm nghị quyết")
    address = reverse("places:change", args=[change.pk])
    client.force_login(world.officer)

    notices = client.get(reverse("notices:notices")).content.decode()

    assert "Đổi tên, 01/11/2026, đã hoàn tác" in notices
    assert "không còn thuộc phạm vi của bạn" not in notices
    assert address in notices
    assert "Nhập nhầm nghị quyết" in client.get(address).content.decode()
    client.force_login(world.other_officer)
    assert client.get(address).status_code == 404


def test_the_notice_leads_to_what_the_reader_has_to_check(client, world: World) -> None:  # type: ignore[no-untyped-def]
    change = make(world, Cede(unit=world.son_kim.pk, receiver=world.thach_ha.pk, share=0.2))
    client.force_login(world.officer)

    notices = client.get(reverse("notices:notices")).content.decode()
    seen = client.get(reverse("places:change", args=[change.pk])).content.decode()

    assert reverse("places:change", args=[change.pk]) in notices
    assert "Việc cần kiểm tra" in seen
    assert "Xem có gì thuộc về Xã Thạch Hà không" in seen
    assert "Chức danh của cán bộ: 2" in seen or "chức danh của cán bộ: 2" in seen
    # The other commune is not the reader's to look into.
    assert seen.count("Gộp với đơn vị khác") == 0
    assert Place.objects.filter(ended_by=change).count() == 8
