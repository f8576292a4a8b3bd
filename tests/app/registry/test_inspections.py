"""Filling in an inspection: what is taken, twice, late, by two people; what its findings become."""

from datetime import timedelta

import pytest

from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.workdays import in_vietnam
from coso.organizations.models import Organization
from coso.registry.actions import defects, inspections, photos, rounds
from coso.registry.models import Defect, Inspection, InspectionConflict, InspectionPhoto, InspectionRevision
from tests.app.registry.inspecting import BAD, GOOD, filled, opened, photo, prepared, sent, station
from tests.support.world import World

pytestmark = pytest.mark.django_db


def test_whole_answers_make_a_finished_inspection(world: World) -> None:
    filled(world, opened(world))

    made = Inspection.objects.get()
    assert (made.version, made.is_done, made.findings, made.by) == (1, True, 0, world.officer)
    assert made.answers == GOOD
    assert not Defect.objects.exists()
    assert Entry.objects.filter(verb="inspection.filled").count() == 1


def test_half_answers_are_kept_and_make_no_defect_yet(world: World) -> None:
    filled(world, opened(world), {"8": {"value": "no"}})

    made = Inspection.objects.get()
    assert (made.is_done, made.findings) == (False, 1)
    assert not Defect.objects.exists()


def test_what_is_sent_twice_is_taken_once_and_answered_alike(world: World) -> None:
    round_ = opened(world)
    phone = sent(BAD)

    once, again = (
        inspections.fill(by=world.officer, round_=round_, facility=station(world), sent=phone) for _ in range(2)
    )

    assert (once.version, again.version, again.conflict) == (1, 1, None)
    assert Inspection.objects.count() == InspectionRevision.objects.count() == Defect.objects.count() == 1


def test_an_old_sending_that_comes_again_after_somebody_elses_is_no_conflict(world: World) -> None:
    round_ = opened(world)
    phone = sent(BAD)
    first = inspections.fill(by=world.officer, round_=round_, facility=station(world), sent=phone)
    filled(world, round_, by=world.editor, id=phone.id, base_version=first.version)

    again = inspections.fill(by=world.officer, round_=round_, facility=station(world), sent=phone)

    assert (again.version, again.conflict) == (1, None)
    assert Inspection.objects.get().answers == GOOD
    assert not InspectionConflict.objects.exists()


def test_a_change_from_the_standing_version_is_taken(world: World) -> None:
    round_ = opened(world)
    first = filled(world, round_, BAD)

    second = filled(world, round_, id=first.inspection.pk, base_version=1)

    assert (second.version, second.conflict) == (2, None)
    assert Inspection.objects.get().findings == 0


def test_a_change_from_an_older_version_is_kept_beside_the_standing_one(world: World) -> None:
    round_ = opened(world)
    first = filled(world, round_)
    filled(world, round_, BAD, by=world.editor, id=first.inspection.pk, base_version=1)

    late = filled(world, round_, GOOD | {"10": {"value": 3}}, id=first.inspection.pk, base_version=1)

    assert late.conflict is not None
    assert (late.version, late.conflict.answers["10"]) == (2, {"value": 3})
    assert Inspection.objects.get().answers == BAD


def test_two_phones_that_began_the_same_facility_meet_in_one_inspection(world: World) -> None:
    round_ = opened(world)
    first = filled(world, round_)

    second = filled(world, round_, BAD, by=world.editor)

    assert second.conflict is not None
    assert second.inspection == first.inspection
    assert Inspection.objects.count() == 1


def test_a_conflict_sent_twice_is_one(world: World) -> None:
    round_ = opened(world)
    filled(world, round_, by=world.editor)
    phone = sent(BAD)

    for _ in range(2):
        inspections.fill(by=world.officer, round_=round_, facility=station(world), sent=phone)

    assert InspectionConflict.objects.count() == 1
    assert Entry.objects.filter(verb="inspection.conflict_kept").count() == 1


def test_two_phones_with_the_same_answers_have_no_conflict(world: World) -> None:
    round_ = opened(world)
    filled(world, round_)

    second = filled(world, round_, by=world.editor)

    assert (second.version, second.conflict) == (1, None)


def test_of_two_phones_at_the_same_moment_the_second_is_asked_to_send_again(world: World, monkeypatch) -> None:
    round_ = opened(world)
    filled(world, round_, by=world.editor)
    # The second phone looked before the first one's row was there.
    monkeypatch.setattr(inspections, "_standing", lambda *_: None)

    with pytest.raises(WrongState):
        filled(world, round_, BAD)

    assert Inspection.objects.get().answers == GOOD


def test_a_person_settles_question_by_question(world: World) -> None:
    round_ = opened(world)
    filled(world, round_, by=world.editor)
    conflict = filled(world, round_, BAD | {"10": {"value": 3}}).conflict
    assert conflict is not None

    made = inspections.settle_conflict(by=world.officer, conflict=conflict, base_version=1, take_sent=[8])

    assert (made.version, made.answers["8"]["value"], made.answers["10"]) == (2, "no", {"value": 12})
    conflict.refresh_from_db()
    assert conflict.settled_by == world.officer
    assert Defect.objects.get().item_number == 8


def test_a_conflict_is_not_settled_over_answers_that_nobody_has_seen(world: World) -> None:
    round_ = opened(world)
    first = filled(world, round_, by=world.editor)
    conflict = filled(world, round_, BAD).conflict
    assert conflict is not None
    filled(world, round_, GOOD | {"10": {"value": 1}}, by=world.editor, id=first.inspection.pk, base_version=1)

    with pytest.raises(WrongState):
        inspections.settle_conflict(by=world.officer, conflict=conflict, base_version=1, take_sent=[8])

    conflict.refresh_from_db()
    assert conflict.settled_at is None
    assert Inspection.objects.get().version == 2


def test_choosing_on_the_phone_settles_the_own_conflict(world: World) -> None:
    round_ = opened(world)
    first = filled(world, round_, by=world.editor)
    conflict = filled(world, round_, BAD).conflict

    filled(world, round_, BAD, id=first.inspection.pk, base_version=1)

    assert conflict is not None
    conflict.refresh_from_db()
    assert conflict.settled_by == world.officer
    assert Inspection.objects.get().answers == BAD


def test_strangers_and_closed_rounds_are_refused_and_nothing_is_changed(world: World) -> None:
    round_ = opened(world)

    with pytest.raises(NotAllowed):
        filled(world, round_, by=world.other_officer)
    with pytest.raises(NotAllowed):
        filled(world, round_, by=world.leader)
    rounds.close_round(by=world.editor, round_=round_)
    round_.refresh_from_db()
    with pytest.raises(WrongState):
        filled(world, round_)
    with pytest.raises(WrongState):
        filled(world, prepared(world, title="Chưa mở"))

    assert not Inspection.objects.exists()


def test_a_round_that_is_closed_while_a_phone_sends_takes_nothing(world: World) -> None:
    read_before = opened(world)
    conflicting = filled(world, read_before)
    rounds.close_round(by=world.editor, round_=read_before)

    with pytest.raises(WrongState):
        filled(world, read_before, BAD)
    with pytest.raises(WrongState):
        photos.take_photo(by=world.officer, inspection=conflicting.inspection, data=photo())

    assert Inspection.objects.get().answers == GOOD
    assert not InspectionConflict.objects.exists()
    assert not InspectionPhoto.objects.exists()


def test_wrong_answers_are_named_by_question_and_nothing_is_changed(world: World) -> None:
    round_ = opened(world)

    with pytest.raises(BadInput) as refused:
        filled(world, round_, {"1": {"value": "maybe"}, "99": {"value": "yes"}, "10": {"value": "nhiều"}})

    assert set(refused.value.fields) == {"answers.1", "answers.99", "answers.10"}
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("away", [timedelta(hours=2), timedelta(days=-4000)])
def test_a_date_in_the_future_or_long_ago_is_refused(world: World, away: timedelta) -> None:
    round_ = opened(world)

    with pytest.raises(BadInput) as refused:
        filled(world, round_, filled_at=clock.now() + away)

    assert set(refused.value.fields) == {"filled_at"}
    assert not Inspection.objects.exists()


def test_the_number_of_another_inspection_is_refused(world: World) -> None:
    first = filled(world, opened(world))
    second = opened(world, title="Đợt hai")

    with pytest.raises(BadInput) as refused:
        filled(world, second, BAD, id=first.inspection.pk)

    assert set(refused.value.fields) == {"id"}
    assert Inspection.objects.count() == 1


def test_each_finding_becomes_one_defect_with_a_deadline_and_somebody_responsible(world: World) -> None:
    committee = Organization.objects.create(
        code="ubnd-18196", name="Ủy ban nhân dân xã Sơn Kim 1", kind="commune_authority", place=world.son_kim
    )
    filled(world, opened(world), BAD | {"7": {"value": "no"}})

    seven, eight = Defect.objects.order_by("item_number")
    assert eight.description == ("Cụm loa Thôn 2 rè (Tất cả cụm loa phát được, nghe rõ ở thôn mà cụm loa phục vụ?)")
    assert seven.description.startswith("Không đạt: Lịch phát trong tuần")
    assert {seven.responsible, eight.responsible} == {committee}
    assert eight.due_on == in_vietnam(clock.today(), 30)


def test_a_corrected_answer_drops_the_untouched_defect_and_brings_it_back(world: World) -> None:
    round_ = opened(world)
    first = filled(world, round_, BAD)

    filled(world, round_, GOOD, id=first.inspection.pk, base_version=1)
    dropped = Defect.objects.get().state
    filled(world, round_, BAD, id=first.inspection.pk, base_version=2)

    assert dropped == "dropped"
    assert Defect.objects.get().state == "open"
    assert list(Defect.objects.get().repairs.values_list("to_state", flat=True)) == ["dropped", "open"]


def test_a_defect_under_repair_stays_when_the_answer_is_corrected(world: World) -> None:
    round_ = opened(world)
    first = filled(world, round_, BAD)
    defects.note_repair(by=world.officer, defect=Defect.objects.get(), text="Đã gọi thợ", to="in_repair")

    filled(world, round_, GOOD, id=first.inspection.pk, base_version=1)

    assert Defect.objects.get().state == "in_repair"
