"""A facility is looked at outside any round: by a checklist in force, with findings that become defects."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from coso.journal.models import Entry
from coso.kit import clock, ids
from coso.kit.errors import BadInput, NotAllowed
from coso.organizations.rules import Role
from coso.registry.actions import inspections, photos, rounds
from coso.registry.models import Checklist, Defect, Facility, Inspection, InspectionConflict, InspectionPhoto
from coso.registry.queries import inspections as queries
from tests.app.registry.inspecting import BAD, GOOD, filled, opened, photo, sent, station
from tests.support.world import World, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def checklist() -> Checklist:
    """Give the checklist in force for stations."""
    rounds.load_checklists()
    return queries.checklists_fitting("commune_station", clock.today())[0]


def _inspect(world: World, checklist: Checklist, answers: object = None, **more: object):
    told = {"by": world.officer, "facility": station(world), "checklist": checklist, **more}
    what = told.pop("sent", None) or sent(answers or GOOD)
    return inspections.inspect(sent=what, **told)  # type: ignore[arg-type]


def _nothing_was_kept() -> bool:
    return not Inspection.objects.exists() and not Defect.objects.exists() and not Entry.objects.exists()


def test_a_finding_of_an_inspection_without_notice_becomes_a_defect(world, checklist):
    made = _inspect(world, checklist, BAD).inspection

    assert (made.round, made.findings, made.is_done) == (None, 1, True)
    assert list(Defect.objects.values_list("facility_id", "inspection_id", "item_number")) == [
        (station(world).pk, made.pk, 8)
    ]
    assert Entry.objects.filter(verb="inspection.filled").count() == 1


def test_a_facility_may_be_looked_at_twice_on_one_day(world, checklist):
    first, second = _inspect(world, checklist), _inspect(world, checklist, BAD)

    assert first.inspection != second.inspection
    assert list(queries.inspections_of(station(world))) == [second.inspection, first.inspection]


def test_what_is_sent_twice_is_taken_once(world, checklist):
    what = sent(BAD, id=ids.new_id())

    first, second = _inspect(world, checklist, sent=what), _inspect(world, checklist, sent=what)

    assert first.inspection == second.inspection
    assert (first.version, second.version) == (1, 1)
    assert (Inspection.objects.count(), Defect.objects.count()) == (1, 1)


def test_nobody_inspects_where_he_has_no_right(world, checklist):
    for who in (world.other_officer, world.communicator, world.auditor):
        with pytest.raises(NotAllowed):
            _inspect(world, checklist, by=who)

    assert _nothing_was_kept()


def test_who_is_looked_at_changes_nothing_of_what_an_inspector_found(world, checklist):
    made = _inspect(world, checklist, BAD, by=world.editor).inspection

    with pytest.raises(NotAllowed):
        _inspect(world, checklist, sent=sent(GOOD, id=made.pk, base_version=1))

    made.refresh_from_db()
    assert (made.findings, made.version, made.by) == (1, 1, world.editor)
    assert Defect.objects.get().state == "open"
    assert not InspectionConflict.objects.exists()


def test_who_is_looked_at_neither_adds_nor_takes_away_a_photo_of_an_inspector(world, checklist):
    made = _inspect(world, checklist, BAD, by=world.editor).inspection
    taken = photos.take_photo(by=world.editor, inspection=made, data=photo())

    with pytest.raises(NotAllowed):
        photos.remove_photo(by=world.officer, photo=taken)
    with pytest.raises(NotAllowed):
        photos.take_photo(by=world.officer, inspection=made, data=photo(size=(320, 240)))

    assert list(InspectionPhoto.objects.all()) == [taken]
    photos.remove_photo(by=world.editor, photo=taken)
    assert not InspectionPhoto.objects.exists()


def test_who_is_looked_at_does_not_choose_between_two_inspectors(world, checklist):
    made = _inspect(world, checklist, BAD, by=world.editor).inspection
    conflict = InspectionConflict.objects.create(
        inspection=made, by=world.administrator, digest="d", answers=GOOD, base_version=0, filled_at=clock.now()
    )

    with pytest.raises(NotAllowed):
        inspections.settle_conflict(by=world.officer, conflict=conflict, base_version=1, take_sent=[8])

    made.refresh_from_db()
    assert made.findings == 1
    settled = inspections.settle_conflict(by=world.editor, conflict=conflict, base_version=1, take_sent=[8])
    assert settled.findings == 0


def test_the_page_offers_who_is_looked_at_no_photos_and_no_choice(world, checklist, client: Client):
    made = _inspect(world, checklist, BAD, by=world.editor).inspection
    photos.take_photo(by=world.editor, inspection=made, data=photo())
    conflict = InspectionConflict.objects.create(
        inspection=made, by=world.administrator, digest="d", answers=GOOD, base_version=0, filled_at=clock.now()
    )
    choice = reverse("registry:conflict", args=[conflict.pk])
    pages = {}
    for who in (world.officer, world.editor):
        client.force_login(who)
        pages[who.pk] = client.get(reverse("registry:inspection", args=[made.pk])).content.decode()

    def offers(page: str) -> tuple[bool, bool, bool]:
        adding, removing = "registry:add-photo", "registry:remove-photo"
        ways = [reverse(adding, args=[made.pk]), reverse(removing, args=[made.photos.get().pk]), choice]
        return tuple(f'"{way}"' in page for way in ways)  # type: ignore[return-value]

    assert offers(pages[world.officer.pk]) == (False, False, False)
    assert offers(pages[world.editor.pk]) == (True, True, True)
    client.force_login(world.officer)
    assert client.get(choice).status_code == 403


def test_who_runs_inspections_there_corrects_another_one(world, checklist):
    made = _inspect(world, checklist, BAD).inspection

    changed = _inspect(world, checklist, by=world.editor, sent=sent(GOOD, id=made.pk, base_version=1))

    assert (changed.version, changed.inspection.findings) == (2, 0)
    assert Defect.objects.get().state == "dropped"


def test_two_windows_of_one_person_make_a_conflict_and_lose_nothing(world, checklist):
    made = _inspect(world, checklist, GOOD).inspection
    _inspect(world, checklist, sent=sent(BAD, id=made.pk, base_version=1))

    late = _inspect(world, checklist, sent=sent({"1": {"value": "no"}}, id=made.pk, base_version=1))

    assert late.conflict is not None
    assert late.inspection.answers == Inspection.objects.get().answers


def test_a_checklist_of_another_kind_or_of_old_is_refused(world, checklist):
    fitting = queries.checklists_fitting("commune_station", clock.today())
    for other in Checklist.objects.exclude(pk__in=[one.pk for one in fitting]):
        with pytest.raises(BadInput):
            _inspect(world, other, {})

    assert _nothing_was_kept()


def test_a_closed_facility_is_not_looked_at(world, checklist):
    Facility.objects.filter(pk=station(world).pk).update(closed_on=clock.today() - timedelta(days=1))

    with pytest.raises(BadInput):
        _inspect(world, checklist)

    assert _nothing_was_kept()


def test_an_inspection_of_a_round_is_not_taken_as_one_without_notice(world):
    round_ = opened(world, kinds=["commune_station"])
    made = filled(world, round_).inspection

    with pytest.raises(BadInput):
        _inspect(world, made.checklist, sent=sent(BAD, id=made.pk, base_version=1))

    assert Inspection.objects.get().findings == 0


# Pages


def _posted(checklist: Checklist, answers: dict, ident: object, version: int = 0) -> dict[str, str]:
    told = {"inspection": str(ident), "base_version": str(version)}
    for number, answer in answers.items():
        told[f"v{number}"] = str(answer["value"])
        told[f"n{number}"] = str(answer.get("note", ""))
    return told


def test_from_the_page_of_a_facility_to_a_defect_and_back(client: Client, world: World, checklist):
    client.force_login(world.officer)
    facility = station(world)
    page = reverse("registry:facility", args=[facility.pk])
    begin = reverse("registry:inspect", args=[facility.pk])
    assert begin in client.get(page).content.decode()

    questions = client.get(begin)
    if questions.status_code == 200:
        assert checklist.title in questions.content.decode()
    way = reverse("registry:inspect-by", args=[facility.pk, checklist.code])
    assert client.get(way).status_code == 200
    answer = client.post(way, _posted(checklist, BAD, ids.new_id()))

    made = Inspection.objects.get()
    assert answer["Location"] == reverse("registry:inspection", args=[made.pk])
    shown = client.get(answer["Location"]).content.decode()
    assert "Đột xuất, ngoài đợt" in shown
    assert reverse("registry:change-inspection", args=[made.pk]) in shown
    assert answer["Location"] in client.get(page).content.decode()


def test_the_list_tells_and_filters_inspections_without_notice(client: Client, world: World, checklist):
    _inspect(world, checklist)
    filled(world, opened(world, kinds=["commune_station"]), BAD)
    client.force_login(world.officer)
    page = reverse("registry:inspections")

    both = client.get(page).content.decode()
    without = client.get(page, {"round": "none"}).content.decode()

    assert "Rà soát thiết chế năm 2026" in both
    assert "Đột xuất, ngoài đợt" in both
    assert "Rà soát thiết chế năm 2026" not in without.split("<tbody", 1)[1]


def test_pages_of_other_communes_do_not_exist(client: Client, world: World, checklist):
    made = _inspect(world, checklist, by=world.editor).inspection
    facility = station(world)
    client.force_login(world.other_officer)

    for way in (
        reverse("registry:inspect", args=[facility.pk]),
        reverse("registry:inspect-by", args=[facility.pk, checklist.code]),
        reverse("registry:change-inspection", args=[made.pk]),
    ):
        assert client.get(way).status_code == 404
    client.force_login(world.auditor)
    assert client.get(reverse("registry:inspect", args=[facility.pk])).status_code == 403


def test_the_page_to_change_is_closed_to_who_was_looked_at(client: Client, world: World, checklist):
    made = _inspect(world, checklist, by=world.editor).inspection
    way = reverse("registry:change-inspection", args=[made.pk])
    client.force_login(world.officer)

    assert client.get(way).status_code == 403
    assert way not in client.get(reverse("registry:inspection", args=[made.pk])).content.decode()
    client.force_login(person("giamsat", "Đỗ Văn Sát", Role.PROVINCIAL_EDITOR, world.province))
    assert client.get(way).status_code == 200


def test_no_wrong_answer_is_kept_and_nothing_typed_is_lost(client: Client, world: World, checklist):
    client.force_login(world.officer)
    way = reverse("registry:inspect-by", args=[station(world).pk, checklist.code])

    answer = client.post(way, _posted(checklist, GOOD | {"10": {"value": "mười", "note": "đếm ở kho"}}, ids.new_id()))

    assert answer.status_code == 422
    assert "đếm ở kho" in answer.content.decode()
    assert _nothing_was_kept()
