"""The three networks: who is recognised for which areas, by which decision, and until when."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from coso.journal import ports as journal
from coso.journal.models import Entry
from coso.kit import blobs, clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.organizations import actions, queries
from coso.organizations.actions import MemberTold
from coso.organizations.models import Communicator, InformationOfficer, Post, Reporter
from coso.organizations.rules import DecisionFile, Network
from coso.places.models import LabelFamily, LabelKind, Level, Place, Succession
from tests.support.merged import merge
from tests.support.world import World

pytestmark = pytest.mark.django_db

DECIDED = date(2025, 9, 15)
PDF = DecisionFile("quyet-dinh.pdf", b"%PDF-1.7 ...")


def told(world: World, **more) -> MemberTold:
    given = {
        "full_name": "Nguyễn Văn Hảo",
        "place": world.son_kim,
        "decision": "12/QĐ-UBND",
        "decided_on": DECIDED,
        "phone": "0912 345 678",
        "areas": [world.villages[0]],
        "duty": "village_head",
    }
    return MemberTold(**(given | more))


def add(world: World, network: Network = Network.COMMUNICATORS, *, by=None, file=None, **more):
    return actions.add_member(by=by or world.officer, network=network, told=told(world, **more), file=file)


def nobody() -> bool:
    entered = Communicator.objects.exists() or Reporter.objects.exists() or InformationOfficer.objects.exists()
    return not entered and not Entry.objects.exists()


def test_a_communicator_is_kept_with_the_decision_and_its_file(world):
    made = add(world, file=PDF, areas=world.villages[:2])

    made.refresh_from_db()
    assert (made.full_name, made.phone, made.duty) == ("Nguyễn Văn Hảo", "0912345678", "village_head")
    assert set(made.areas.all()) == set(world.villages[:2])
    assert made.decision_file == "quyet-dinh.pdf"
    assert blobs.path_of(made.decision_sha256).read_bytes() == PDF.data
    sentence = journal.sentence_of(Entry.objects.get(verb="network.communicator_added"))
    assert sentence == "Nguyễn Văn Hảo được thêm vào danh sách tuyên truyền viên cơ sở của Xã Sơn Kim 1."


def test_nothing_is_kept_of_a_person_beside_name_telephone_and_service(world):
    kept = {field.name for field in Communicator._meta.get_fields()}

    assert kept == {
        "id", "full_name", "phone", "person", "place", "areas", "languages", "decision", "decided_on",
        "decision_sha256", "decision_file", "ended_on", "is_sample", "folded", "sort_key", "duty",
    }  # fmt: skip


def test_one_person_may_stand_in_two_networks_as_two_rows(world):
    add(world)
    add(world, Network.INFORMATION_OFFICERS)

    assert (Communicator.objects.count(), InformationOfficer.objects.count(), Reporter.objects.count()) == (1, 1, 0)


def test_the_same_name_and_telephone_stand_once_in_a_network_of_a_place(world):
    add(world)

    with pytest.raises(BadInput) as same:
        add(world, full_name="nguyễn văn  hảo", phone="+84912345678", areas=[world.villages[1]])
    add(world, phone="0912345679")
    add(world, phone="")
    with pytest.raises(BadInput) as without_phone:
        add(world, phone="")

    assert list(same.value.fields) == ["full_name"]
    assert list(without_phone.value.fields) == ["phone"]
    assert Communicator.objects.count() == 3


def test_who_served_before_may_be_entered_again(world):
    first = add(world)
    actions.end_service(by=world.officer, member=first, last_day=date(2025, 12, 31))

    add(world)

    assert Communicator.objects.filter(ended_on=None).count() == 1
    with pytest.raises(BadInput):
        actions.resume_service(by=world.officer, member=first)
    first.refresh_from_db()
    assert first.ended_on == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"full_name": "  "}, "full_name"),
        ({"phone": "123"}, "phone"),
        ({"decision": ""}, "decision"),
        ({"decided_on": date(2999, 1, 1)}, "decided_on"),
        ({"ended_on": date(2025, 9, 14)}, "ended_on"),
        ({"areas": []}, "areas"),
        ({"duty": "chủ tịch"}, "duty"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(world, more, field):
    with pytest.raises(BadInput) as error:
        add(world, **more)

    assert list(error.value.fields) == [field]
    assert nobody()


def test_a_communicator_serves_villages_of_his_own_commune(world):
    for areas in ([world.other_villages[0]], [world.son_kim]):
        with pytest.raises(BadInput) as error:
            add(world, areas=areas)
        assert list(error.value.fields) == ["areas"]
    with pytest.raises(BadInput) as error:
        add(world, by=world.administrator, place=world.province)

    assert "place" in error.value.fields
    assert nobody()


def test_an_officer_enters_members_of_his_own_commune_alone(world):
    for who in (world.other_officer, world.leader, world.communicator, world.auditor):
        with pytest.raises(NotAllowed):
            add(world, by=who)
    with pytest.raises(NotAllowed):
        add(world, Network.REPORTERS, place=world.province, areas=[], level="province")

    assert nobody()


def test_languages_are_labels_of_that_family(world):
    lao = LabelKind.objects.create(code="thu-lao", family=LabelFamily.LANGUAGE, name="Tiếng Lào thử")
    border = LabelKind.objects.create(code="thu-bien-gioi", family=LabelFamily.DIFFICULTY, name="Biên giới thử")

    made = add(world, languages=[lao])
    with pytest.raises(BadInput) as error:
        add(world, phone="0912000000", languages=[border])

    assert list(made.languages.all()) == [lao]
    assert list(error.value.fields) == ["languages"]


@pytest.mark.parametrize(
    "data", [b"MZ not a decision", b"", b"\xff\xd8\xff\xe0 no picture", b"%PDF-1.7" + b" " * (10 * 1024 * 1024)]
)
def test_a_file_that_is_no_decision_is_refused_and_nobody_is_entered(world, data, media):
    with pytest.raises(BadInput) as error:
        add(world, file=DecisionFile("quyet-dinh.pdf", data))

    assert list(error.value.fields) == ["file"]
    assert nobody()
    assert not media.exists() or not any(path.is_file() for path in media.rglob("*"))


def test_a_photograph_of_the_decision_is_kept_without_where_it_was_taken(world):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (20, 10)).save(out, "JPEG", exif=exif)

    made = add(world, file=DecisionFile("anh.jpeg", out.getvalue()))

    with Image.open(blobs.path_of(made.decision_sha256)) as kept:
        assert not kept.getexif()
    assert made.decision_file == "anh.jpg"


# Party reporters


def test_the_level_of_a_reporter_fits_the_place(world):
    add(world, Network.REPORTERS, level="commune", areas=[])
    add(world, Network.REPORTERS, by=world.editor, place=world.province, level="province", areas=[world.son_kim])
    with pytest.raises(BadInput) as error:
        add(world, Network.REPORTERS, level="province", areas=[], phone="0912000000")

    assert list(error.value.fields) == ["place"]
    assert [list(one.areas.all()) for one in Reporter.objects.order_by("pk")] == [[world.son_kim], [world.son_kim]]


def test_the_district_level_is_kept_as_history_only(world):
    district = Place.objects.create(
        code="439",
        name="Huyện Hương Sơn",
        level=Level.DISTRICT,
        parent=world.province,
        valid_from=date(2017, 1, 1),
        valid_to=date(2025, 6, 30),
    )
    then = {"place": district, "level": "district", "areas": [], "decided_on": date(2022, 1, 10)}

    with pytest.raises(BadInput) as error:
        add(world, Network.REPORTERS, by=world.editor, **then)
    kept = add(world, Network.REPORTERS, by=world.editor, ended_on=date(2025, 6, 30), **then)

    assert list(error.value.fields) == ["ended_on"]
    assert kept.place == district
    with pytest.raises(WrongState):
        actions.resume_service(by=world.editor, member=kept)
    assert not Reporter.objects.filter(queries.serving()).exists()


# Accounts


def test_a_linked_account_holds_a_communicators_post_here_and_gains_nothing(world):
    rights = Post.objects.count()

    made = add(world, person=world.communicator)
    with pytest.raises(BadInput) as stranger:
        add(world, person=world.leader, phone="0912000000")
    with pytest.raises(BadInput) as twice:
        add(world, person=world.communicator, phone="0912000001")

    assert made.person == world.communicator
    assert Post.objects.count() == rights
    assert (list(stranger.value.fields), list(twice.value.fields)) == (["person"], ["person"])


# Changes and the end


def test_a_change_is_noted_and_a_file_not_given_stays(world):
    made = add(world, file=PDF)

    actions.edit_member(by=world.officer, member=made, told=told(world, phone="0987654321", areas=world.villages[:2]))
    actions.edit_member(by=world.officer, member=made, told=told(world, phone="0987654321", areas=world.villages[:2]))

    made.refresh_from_db()
    assert (made.phone, made.decision_file, made.areas.count()) == ("0987654321", "quyet-dinh.pdf", 2)
    entry = Entry.objects.get(verb="network.communicator_edited")
    assert entry.data == {"fields": ["areas", "phone"]}
    assert journal.sentence_of(entry) == "Đã sửa thông tin của Nguyễn Văn Hảo."


def test_nobody_is_moved_into_or_out_of_another_commune_by_its_officer(world):
    made = add(world)

    with pytest.raises(NotAllowed):
        actions.edit_member(
            by=world.officer, member=made, told=told(world, place=world.thach_ha, areas=[world.other_villages[0]])
        )
    with pytest.raises(NotAllowed):
        actions.edit_member(by=world.other_officer, member=made, told=told(world))
    with pytest.raises(NotAllowed):
        actions.end_service(by=world.other_officer, member=made, last_day=clock.today())

    made.refresh_from_db()
    assert (made.place, made.ended_on) == (world.son_kim, None)


def test_a_service_ends_on_its_last_day_and_may_go_on(world):
    made = add(world)

    with pytest.raises(BadInput):
        actions.end_service(by=world.officer, member=made, last_day=DECIDED - timedelta(days=1))
    actions.end_service(by=world.officer, member=made, last_day=date(2026, 3, 31), reason="Chuyển đi")
    with pytest.raises(WrongState):
        actions.end_service(by=world.officer, member=made, last_day=date(2026, 4, 30))

    ended = journal.sentence_of(Entry.objects.get(verb="network.communicator_ended"))
    assert ended == "Nguyễn Văn Hảo làm nhiệm vụ đến hết ngày 31/03/2026."
    assert Communicator.objects.filter(queries.serving(date(2026, 3, 31))).exists()
    assert not Communicator.objects.filter(queries.serving(date(2026, 4, 1))).exists()
    actions.resume_service(by=world.officer, member=made)
    made.refresh_from_db()
    assert made.ended_on is None
    with pytest.raises(WrongState):
        actions.resume_service(by=world.officer, member=made)


# Reading


def test_the_villages_without_anybody_are_told_for_each_network(world):
    add(world, areas=world.villages[:2])
    add(world, Network.INFORMATION_OFFICERS, areas=[])
    add(world, Network.REPORTERS, level="commune", areas=[world.villages[0]])

    missing = {network: list(queries.areas_without(network)) for network in Network}

    assert missing[Network.COMMUNICATORS] == [world.villages[2], *world.other_villages]
    assert missing[Network.INFORMATION_OFFICERS] == world.other_villages
    assert missing[Network.REPORTERS] == [world.thach_ha]


def test_who_serves_the_whole_province_fills_no_gap(world):
    add(world, Network.REPORTERS, by=world.editor, place=world.province, level="province", areas=[])

    assert list(queries.areas_without(Network.REPORTERS)) == [world.son_kim, world.thach_ha]


def test_a_village_of_then_is_found_under_the_one_that_followed(world):
    from coso.places.actions import refresh_currents

    old = Place.objects.create(
        code="18196-99",
        name="Xóm Cũ",
        level=Level.VILLAGE,
        parent=world.son_kim,
        valid_from=date(2025, 7, 1),
        valid_to=date(2026, 1, 31),
    )
    Succession.objects.create(predecessor=old, successor=world.villages[1])
    made = add(world)
    made.areas.set([old])
    refresh_currents()

    assert list(queries.communicators_of([world.villages[1]])) == [made]
    assert list(queries.villages_with_communicator()) == [world.villages[1]]
    assert world.villages[1] not in queries.areas_without(Network.COMMUNICATORS)


def test_a_day_has_its_own_communicators(world):
    made = add(world)
    actions.end_service(by=world.officer, member=made, last_day=date(2026, 3, 31))

    assert list(queries.villages_with_communicator(date(2026, 3, 31))) == [world.villages[0]]
    assert list(queries.villages_with_communicator(date(2026, 4, 1))) == []
    assert list(queries.villages_with_communicator(DECIDED - timedelta(days=1))) == []
    assert list(queries.communicators_of([world.villages[0]], date(2026, 1, 1))) == [made]
    assert list(queries.communicators_of([world.villages[0]])) == []


def test_who_was_recognised_by_a_commune_that_was_merged_serves_on_and_can_be_edited(world):
    made = add(world)
    new = merge(world)
    given = told(world, phone="0912345679", areas=[new.villages[0]])

    edited = actions.edit_member(by=new.officer, member=made, told=given)

    assert (edited.phone, edited.place, list(edited.areas.all())) == ("0912345679", world.son_kim, [new.villages[0]])
    with pytest.raises(BadInput) as refused:
        add(world, place=world.son_kim, full_name="Lê Văn Mới", by=new.officer)
    assert list(refused.value.fields) == ["place"]


def test_the_same_person_is_not_entered_again_in_the_commune_that_followed(world):
    add(world)
    new = merge(world)

    with pytest.raises(BadInput) as refused:
        add(world, place=new.commune, areas=[new.villages[0]], by=new.officer)

    assert list(refused.value.fields) == ["full_name"]
    assert Communicator.objects.count() == 1
