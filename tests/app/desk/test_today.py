"""Today shows what waits for this person and nothing of anybody else's."""

import pytest
from django.urls import reverse

from coso.channels import actions as channels
from coso.desk import queries
from coso.kit import clock
from coso.kit.text import fold
from coso.listening import actions as listening
from coso.listening.models import Category
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState
from coso.notices.models import Notice

pytestmark = pytest.mark.django_db


def bulletin(world, *areas, state=BulletinState.SUBMITTED, author=None, **more):
    approved = {"approved_by": world.approver, "approved_at": clock.now()} if state == BulletinState.APPROVED else {}
    made = Bulletin.objects.create(
        **{"title": "Tiêm phòng", "body": "Sáng mai.", "author": author or world.officer, "state": state}
        | {"submitted_at": clock.now()}
        | approved
        | more
    )
    made.areas.set(areas)
    return made


@pytest.fixture
def question(world):
    return listening.send_feedback(
        category=Category.objects.first(), place=world.villages[0], text="Đường vào thôn ngập nước."
    )


def waiting(person):
    return {group.key: [str(line.text) for line in group.lines] for group in queries.waiting_for(person)}


def test_a_leader_sees_what_waits_for_approval_in_his_commune_only(world):
    bulletin(world, world.son_kim, title="Của Sơn Kim")
    bulletin(world, world.thach_ha, title="Của Thạch Hà", author=world.other_officer)

    assert waiting(world.leader) == {"approve": ["Của Sơn Kim"]}
    assert waiting(world.other_leader) == {"approve": ["Của Thạch Hà"]}
    assert "approve" not in waiting(world.officer)


def test_an_officer_sees_the_questions_of_his_commune(world, question):
    assert waiting(world.officer)["feedback"] == ["Đường vào thôn ngập nước."]
    assert "feedback" not in waiting(world.other_officer)
    assert "feedback" not in waiting(world.editor)


def test_what_came_back_is_shown_to_its_author(world):
    bulletin(world, world.son_kim, state=BulletinState.RETURNED)

    assert waiting(world.officer)["returned"] == ["Tiêm phòng"]


def test_an_emergency_stands_before_older_bulletins(world):
    bulletin(world, world.son_kim, title="Phiên chợ", state=BulletinState.SUBMITTED)
    bulletin(world, world.son_kim, title="Lũ ống", state=BulletinState.SUBMITTED, rank=BulletinClass.EMERGENCY)

    lines = next(group for group in queries.waiting_for(world.approver) if group.key == "approve").lines

    assert [(line.text, str(line.chip.word)) for line in lines] == [("Lũ ống", "Khẩn cấp"), ("Phiên chợ", "Chờ bạn")]


def test_villages_not_reached_are_counted_within_the_scope(world):
    bulletin(world, world.province, state=BulletinState.APPROVED, author=world.editor)

    (line,) = next(group for group in queries.waiting_for(world.officer) if group.key == "unreached").lines

    assert str(line.about) == "3 thôn chưa tới"
    assert line.aside == "0/3"


def test_a_communicator_is_asked_to_tell_only_his_own_village(world):
    made = bulletin(world, world.son_kim, state=BulletinState.APPROVED)

    (one,) = queries.to_tell(world.communicator)

    assert (one.bulletin, one.villages) == (made, [world.villages[0]])
    assert queries.to_tell(world.officer) == []


def test_one_touch_tells_and_the_village_leaves_the_page(client, world):
    made = bulletin(world, world.son_kim, state=BulletinState.APPROVED)
    client.force_login(world.communicator)
    page = client.get(reverse("desk:today")).content.decode()
    assert "Tôi đã báo Thôn 1" in page

    client.post(reverse("broadcast:tell", args=[made.pk, world.villages[0].pk]))

    assert "Tôi đã báo Thôn 1" not in client.get(reverse("desk:today")).content.decode()


@pytest.mark.parametrize("who", ["editor", "approver", "officer", "leader", "communicator", "administrator", "auditor"])
def test_every_role_has_a_today(client, world, question, who):
    client.force_login(getattr(world, who))

    answer = client.get(reverse("desk:today"))

    assert answer.status_code == 200
    assert "Hôm nay" in answer.content.decode()


def test_nothing_waiting_is_said_kindly(client, world):
    client.force_login(world.auditor)

    assert "Không có việc nào chờ bạn" in client.get(reverse("desk:today")).content.decode()


def test_the_search_finds_without_marks_and_within_the_scope(client, world, question):
    bulletin(world, world.son_kim, title="Lịch cắt nước")
    client.force_login(world.officer)

    page = client.get(reverse("desk:search"), {"q": "cat nuoc"}).content.decode()

    assert "Lịch cắt nước" in page
    assert [group.title for group in queries.search(world.officer, fold("ngập"))] == ["Ý kiến người dân"]
    assert queries.search(world.other_officer, fold("ngập")) == []


def test_the_bell_counts_what_this_person_has_not_seen(client, world, question):
    client.force_login(world.officer)
    before = client.get(reverse("desk:today")).context["shell"].bell.count

    Notice.objects.filter(person=world.officer).update(seen_at=clock.now())

    assert (before, client.get(reverse("desk:today")).context["shell"].bell.count) == (1, 0)


def test_a_workplace_that_is_not_mine_is_not_taken(client, world):
    client.force_login(world.officer)
    other = world.other_officer.posts.get()

    answer = client.post(reverse("desk:switch"), {"workplace": other.pk, "next": "https://elsewhere.example/"})

    assert answer.url == reverse("desk:today")
    assert "workplace" not in client.session


def test_see_all_shows_what_waits_for_this_person_and_nothing_else(client, world):
    bulletin(world, world.son_kim, title="Chờ lãnh đạo")
    bulletin(world, world.son_kim, title="Đã xong", state=BulletinState.APPROVED)
    client.force_login(world.leader)

    page = client.get(queries.waiting_for(world.leader)[0].all_url).content.decode()

    assert "Chờ lãnh đạo" in page
    assert "Đã xong" not in page


def test_what_is_over_need_not_be_told_any_more(world):
    bulletin(world, world.villages[0], state=BulletinState.APPROVED, title="Còn hiệu lực")
    bulletin(world, world.villages[0], state=BulletinState.APPROVED, title="Hết hạn", expires_at=clock.now())

    assert [one.bulletin.title for one in queries.to_tell(world.communicator)] == ["Còn hiệu lực"]


def test_what_six_newer_bulletins_reached_hides_nothing(world):
    old = bulletin(world, world.villages[0], state=BulletinState.APPROVED, title="Chưa tới")
    Bulletin.objects.filter(pk=old.pk).update(
        created_at=clock.now() - clock.days(2), approved_at=clock.now() - clock.days(2)
    )
    for number in range(8):
        told = bulletin(world, world.villages[0], state=BulletinState.APPROVED, title=f"Đã báo {number}")
        channels.tell_village(bulletin_id=told.pk, village_id=world.villages[0].pk, by=world.communicator)

    assert [one.bulletin for one in queries.to_tell(world.communicator)] == [old]
    assert waiting(world.officer)["unreached"] == ["Chưa tới"]
