"""Bodies change from a day on, by a decision; what hangs on them follows, and the last step can be undone."""

from datetime import date

import pytest

from coso.journal import ports as journal
from coso.journal.models import Entry
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.organizations import actions, queries
from coso.organizations.actions import NewBody
from coso.organizations.models import BodyChange, FieldLead, Organization, Post
from coso.organizations.rules import Role
from coso.places.actions import load_hatinh, refresh_currents
from coso.places.models import Level, Place, Succession
from tests.support.world import SINCE, World, person

pytestmark = pytest.mark.django_db

DAY, EVE = date(2026, 6, 1), date(2026, 5, 31)
DECISION = "15/QĐ-UBND ngày 20/5/2026"


@pytest.fixture
def office(world: World) -> Organization:
    return body(world, "vp-cu", "Văn phòng Cũ")


@pytest.fixture
def centre(world: World) -> Organization:
    return body(world, "trung-tam", "Trung tâm Truyền thông")


def body(world: World, code: str, name: str, **more) -> Organization:
    return Organization.objects.create(
        code=code, name=name, kind="provincial_office", place=world.province, **({"valid_from": SINCE} | more)
    )


def by(world: World) -> dict:
    return {"by": world.administrator, "from_on": DAY, "decision": DECISION}


def untouched() -> bool:
    return not BodyChange.objects.exists() and not Entry.objects.exists()


def test_a_body_is_entered_with_a_code_made_from_its_name(world):
    made = actions.add_body(
        told=NewBody("", "Sở Dân tộc và Tôn giáo", "provincial_department", world.province), **by(world)
    )

    assert (made.code, made.valid_from, made.valid_to) == ("so-dan-toc-va-ton-giao", DAY, None)
    assert journal.sentence_of(Entry.objects.get(verb="organizations.body_add")) == "Đã thêm Sở Dân tộc và Tôn giáo."


def test_a_new_name_begins_the_day_after_the_old_one_ends(world, office):
    new = actions.rename_body(body=office, name="Văn phòng  Mới", short_name="VPM", **by(world))

    office.refresh_from_db()
    assert (office.valid_to, office.successor) == (EVE, new)
    assert (new.code, new.name, new.valid_from, new.valid_to) == ("vp-cu", "Văn phòng Mới", DAY, None)
    sentence = journal.sentence_of(Entry.objects.get(verb="organizations.body_rename"))
    assert sentence == "Văn phòng Cũ đổi tên thành Văn phòng Mới."


def test_a_name_may_come_back(world, office):
    new = actions.rename_body(body=office, name="Văn phòng Mới", **by(world))
    again = actions.rename_body(
        by=world.administrator, body=new, name="Văn phòng Cũ", from_on=date(2026, 9, 1), decision="20/QĐ-UBND"
    )

    assert again.pk != office.pk
    assert queries.successor_of(Organization.objects.get(pk=office.pk), date(2026, 10, 1)) == again
    assert queries.successor_of(Organization.objects.get(pk=office.pk), date(2026, 7, 1)) == new


def test_what_hangs_on_merged_bodies_is_found_under_the_one_they_became(world, office, centre):
    holder = person("vp", "Ngô Văn Hòa", Role.PROVINCIAL_EDITOR, world.province, organization=office)

    told = NewBody("vp-moi", "Văn phòng Mới", "provincial_office", world.province)
    new = actions.merge_bodies(bodies=[office, centre], into=told, **by(world))

    assert queries.held_by(new, DAY)[0] == new
    assert {one.pk for one in queries.held_by(new, DAY)} == {new.pk, office.pk, centre.pk}
    assert queries.successor_of(Post.objects.get(person=holder).organization, DAY) == new
    assert queries.successor_of(Organization.objects.get(pk=office.pk), EVE) == office
    assert queries.heirs_on(DAY)[centre.pk] == new.pk


def test_bodies_go_into_one_that_stays(world, office, centre):
    result = actions.merge_bodies(bodies=[office, centre], into=centre, **by(world))

    office.refresh_from_db()
    centre.refresh_from_db()
    assert result == centre
    assert (office.valid_to, office.successor) == (EVE, centre)
    assert (centre.valid_to, centre.successor) == (None, None)


def test_a_dissolved_body_has_its_successor_or_none_yet(world, office, centre):
    actions.dissolve_body(body=office, successor=None, **by(world))
    actions.dissolve_body(body=centre, successor=world.department, **by(world))

    assert queries.successor_of(Organization.objects.get(pk=office.pk), DAY) is None
    assert queries.successor_of(Organization.objects.get(pk=centre.pk), DAY) == world.department


def test_a_moved_body_stands_elsewhere_from_the_day_on(world, office, centre):
    new = actions.move_body(body=office, place=world.son_kim, parent=centre, **by(world))

    office.refresh_from_db()
    assert (office.place, office.parent, office.valid_to) == (world.province, None, EVE)
    assert (new.place, new.parent, new.name, new.code) == (world.son_kim, centre, office.name, office.code)


def test_a_body_never_becomes_its_own_successor(world, office, centre):
    office.successor = centre
    office.save()

    with pytest.raises(BadInput):
        actions.dissolve_body(body=centre, successor=office, **by(world))

    assert untouched()
    centre.refresh_from_db()
    assert (centre.valid_to, centre.successor) == (None, None)


def test_a_body_never_stands_under_what_stands_under_it(world, office, centre):
    centre.parent = office
    centre.save()

    with pytest.raises(BadInput) as error:
        actions.move_body(body=office, place=world.province, parent=centre, **by(world))

    assert list(error.value.fields) == ["parent"]
    assert untouched()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (NewBody("vp-cu", "Văn phòng Khác", "provincial_office"), "code"),
        (NewBody("Văn Phòng", "Văn phòng Khác", "provincial_office"), "code"),
        (NewBody("khac", "  ", "provincial_office"), "name"),
    ],
)
def test_a_body_needs_a_name_and_a_code_of_its_own(world, office, told, field):
    with pytest.raises(BadInput) as error:
        actions.add_body(told=told, **by(world))

    assert list(error.value.fields) == [field]
    assert untouched()
    assert Organization.objects.count() == 2


def test_what_has_ended_is_not_merged_again(world, office, centre):
    actions.dissolve_body(body=office, successor=centre, **by(world))

    with pytest.raises(BadInput):
        actions.merge_bodies(bodies=[office, centre], into=world.department, **by(world))

    centre.refresh_from_db()
    assert centre.valid_to is None
    assert BodyChange.objects.count() == 1


def test_every_change_names_its_decision(world, office):
    with pytest.raises(BadInput) as error:
        actions.rename_body(by=world.administrator, body=office, name="Khác", from_on=DAY, decision=" ")

    assert list(error.value.fields) == ["decision"]
    assert untouched()


def test_nobody_but_the_administrator_of_the_province_changes_bodies(world, office):
    local = person("quantri.sk", "Cao Thị Liên", Role.ADMINISTRATOR, world.son_kim)

    for who in (world.officer, world.editor, world.auditor, local):
        with pytest.raises(NotAllowed):
            actions.rename_body(by=who, body=office, name="Khác", from_on=DAY, decision=DECISION)

    assert untouched()


def test_a_rehearsal_changes_nothing(world, office, centre):
    actions.rehearse(lambda: actions.merge_bodies(bodies=[office, centre], into=centre, **by(world)))

    office.refresh_from_db()
    assert office.valid_to is None
    assert untouched()


# Undoing


def test_an_undone_merger_never_was(world, office, centre):
    told = NewBody("vp-moi", "Văn phòng Mới", "provincial_office", world.province)
    new = actions.merge_bodies(bodies=[office, centre], into=told, **by(world))

    actions.undo_body_change(by=world.administrator, change=new.begun_by, reason="Nhầm ngày")

    assert not Organization.objects.filter(code="vp-moi").exists()
    for one in (office, centre):
        one.refresh_from_db()
        assert (one.valid_to, one.successor, one.ended_by) == (None, None, None)
    assert BodyChange.objects.get().undone_at is not None
    sentence = journal.sentence_of(Entry.objects.get(verb="organizations.change_undone"))
    assert sentence == "Đã hoàn tác một thay đổi: Trung tâm Truyền thông, Văn phòng Cũ."


def test_nothing_is_undone_once_something_depends_on_it(world, office):
    new = actions.rename_body(body=office, name="Văn phòng Mới", **by(world))
    person("vp", "Ngô Văn Hòa", Role.PROVINCIAL_EDITOR, world.province, organization=new)

    with pytest.raises(WrongState):
        actions.undo_body_change(by=world.administrator, change=new.begun_by)

    office.refresh_from_db()
    assert office.valid_to == EVE
    assert actions.undo_hindrance(new.begun_by).startswith("1 bản ghi phụ thuộc vào đơn vị mới")


def test_the_later_change_is_undone_first(world, office, centre):
    new = actions.rename_body(body=office, name="Văn phòng Mới", **by(world))
    later = {"by": world.administrator, "from_on": date(2026, 9, 1), "decision": DECISION}
    actions.dissolve_body(body=new, successor=centre, **later)
    first, second = BodyChange.objects.order_by("from_on")

    with pytest.raises(WrongState):
        actions.undo_body_change(by=world.administrator, change=first)
    actions.undo_body_change(by=world.administrator, change=second)
    actions.undo_body_change(by=world.administrator, change=first)

    assert not Organization.objects.filter(name="Văn phòng Mới").exists()
    with pytest.raises(WrongState):
        actions.undo_body_change(by=world.administrator, change=first)


def test_a_code_that_another_body_took_is_not_taken_back(world, office, centre):
    actions.dissolve_body(body=office, successor=centre, **by(world))
    change = BodyChange.objects.get()
    body(world, "vp-cu", "Văn phòng Khác", valid_from=DAY)

    assert actions.undo_hindrance(change) == "Mã vp-cu nay thuộc đơn vị khác."


def test_whatever_points_to_a_body_counts(world, office, centre):
    person("vp", "Ngô Văn Hòa", Role.PROVINCIAL_EDITOR, world.province, organization=office)
    centre.parent = office
    centre.save()
    world.clusters[0].station.organization = office
    world.clusters[0].station.save()

    found = queries.dependents([office])

    assert found == {"organizations.post": 1, "organizations.organization": 1, "registry.facility": 1}


# Who leads the field


def test_the_plans_department_led_until_2025_and_neither_is_verified(db):
    load_hatinh()
    actions.load_agencies()

    before, after = queries.lead_on(date(2025, 2, 28)), queries.lead_on(date(2025, 3, 1))

    assert before is not None
    assert after is not None
    assert (before.organization.code, before.is_verified) == ("so-tttt", False)
    assert (after.organization.code, after.is_verified) == ("so-vhttdl", False)
    assert queries.lead_on(date(2016, 12, 31)) is None


def test_what_was_said_of_who_leads_is_not_said_over_by_loading_again(db):
    load_hatinh()
    actions.load_agencies()
    FieldLead.objects.filter(organization__code="so-tttt").delete()

    actions.load_agencies()

    assert FieldLead.objects.count() == 1


def test_said_of_the_same_day_again_the_later_word_holds(world, office):
    actions.set_lead(by=world.administrator, organization=office, from_on=DAY)
    actions.set_lead(
        by=world.administrator, organization=world.department, from_on=DAY, source="Nghị quyết 1", is_verified=True
    )

    lead = queries.lead_on(DAY)
    assert lead is not None
    assert (lead.organization, lead.source, lead.is_verified) == (world.department, "Nghị quyết 1", True)
    assert FieldLead.objects.count() == 1
    sentences = [journal.sentence_of(entry) for entry in Entry.objects.filter(verb="organizations.lead_set")]
    assert f"{world.department.name} phụ trách thông tin cơ sở từ ngày 01/06/2026." in sentences


def test_nothing_is_verified_without_a_document(world, office):
    with pytest.raises(BadInput) as error:
        actions.set_lead(by=world.administrator, organization=office, from_on=DAY, is_verified=True)

    assert list(error.value.fields) == ["source"]
    assert not FieldLead.objects.exists()


def test_a_body_leads_only_while_it_is_there(world, office):
    with pytest.raises(BadInput):
        actions.set_lead(by=world.administrator, organization=office, from_on=date(2025, 6, 1))
    with pytest.raises(NotAllowed):
        actions.set_lead(by=world.officer, organization=office, from_on=DAY)

    assert not FieldLead.objects.exists()


def test_what_is_taken_back_leaves_the_earlier_word(world, office):
    actions.set_lead(by=world.administrator, organization=world.department, from_on=date(2026, 1, 1))
    lead = actions.set_lead(by=world.administrator, organization=office, from_on=DAY)

    actions.remove_lead(by=world.administrator, lead=lead, reason="Ghi nhầm")

    found = queries.lead_on(DAY)
    assert found is not None
    assert found.organization == world.department


def test_a_committee_ends_with_its_commune_and_is_followed_by_that_of_the_new_one(db):
    load_hatinh()
    actions.load_agencies()
    first = Place.objects.get(code="18196", valid_to=None)
    second = Place.objects.get(code="18199", valid_to=None)
    joined = Place.objects.create(
        code="18201", name="Xã Sơn Kim", level=Level.COMMUNE, parent=first.parent, valid_from=date(2026, 7, 1)
    )
    for one in (first, second):
        one.valid_to = date(2026, 6, 30)
        one.save()
        Succession.objects.create(predecessor=one, successor=joined)
    refresh_currents()

    assert actions.load_agencies() == 1

    old = Organization.objects.get(code="ubnd-18196")
    assert (old.valid_to, old.successor.name) == (date(2026, 6, 30), "UBND xã Sơn Kim")
    committees = queries.organizations_on(date(2026, 7, 1)).filter(kind="commune_authority")
    assert sorted(committees.values_list("place", flat=True)) == sorted(
        Place.objects.filter(level=Level.COMMUNE, valid_to=None).values_list("pk", flat=True)
    )
    assert actions.load_agencies() == 0
