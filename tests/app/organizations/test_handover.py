"""Somebody leaves: nothing stays behind in his hands, and then nothing opens to him any more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.documents.models import Document, DocumentState
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.listening import actions as listening
from coso.listening import policies as listening_policies
from coso.listening.models import Category, Feedback
from coso.newsroom import actions as newsroom
from coso.newsroom import queries as bulletins
from coso.newsroom.actions.studio import working_with
from coso.newsroom.models import Bulletin
from coso.newsroom.testing import FakeStudio
from coso.notices.models import Notice
from coso.organizations import actions, policies, queries
from coso.organizations.models import Communicator, CommunicatorDuty, Handover, Organization, Person
from coso.organizations.rules import Role
from coso.plans import actions as plans
from coso.plans.models import Task, TaskUnit
from tests.support.merged import merge
from tests.support.world import World, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def studio():
    with working_with(FakeStudio()) as fake:
        yield fake


@pytest.fixture
def successor(world: World) -> Person:
    """Give a second officer of the commune, who takes over."""
    return person("congchuc", "Hà Thị Cúc", Role.COMMUNE_OFFICER, world.son_kim)


@pytest.fixture
def draft(world: World) -> Bulletin:
    return newsroom.write_bulletin(
        by=world.officer, title="Lịch tiêm chủng", body="Trạm Y tế xã.", rank="normal", areas=[world.son_kim]
    )


@pytest.fixture
def opinion(world: World) -> Feedback:
    category = Category.objects.create(code="duong-sa", name="Đường sá")
    sent = listening.send_feedback(
        category=category, place=world.villages[0], text="Đường vào thôn bị lở nặng.", contact="0912 345 678"
    )
    return listening.take_in_hand(feedback_id=sent.pk, by=world.officer)


def _begin(world: World, *, days: int = 0, who: Person | None = None) -> Handover:
    return actions.begin_handover(
        by=world.administrator, person=who or world.officer, last_day=clock.today() + timedelta(days=days)
    )


def _open(of: Person) -> list[str]:
    return [str(duty.ref) for group in queries.in_hand(of) for duty in group.duties]


def _with_a_task(world: World) -> str:
    """Let the officer be the only one who reports for a body with an open task; give the duty's reference."""
    body = Organization.objects.create(code="ubnd-18196", name="UBND xã Sơn Kim 1", kind="commune_authority")
    post = world.officer.posts.get()
    post.organization = body
    post.save()
    document = Document.objects.create(title="Kế hoạch", state=DocumentState.CONFIRMED, imported_by=world.editor)
    task = Task.objects.create(document=document, ref="II.1", position=1, title="Kiểm tra loa")
    TaskUnit.objects.create(task=task, organization=body, name=body.name, role="lead")
    plans.open_due()
    return f"post:{post.pk}"


def test_what_is_open_is_listed_by_kind_and_what_waits_for_others_is_not(world: World, draft, opinion) -> None:
    submitted = newsroom.write_bulletin(
        by=world.officer, title="Đã gửi", body="Đã gửi duyệt.", rank="normal", areas=[world.son_kim]
    )
    newsroom.submit_bulletin(bulletin_id=submitted.pk, by=world.officer)

    groups = queries.in_hand(world.officer)

    assert [(group.kind.key, [duty.words for duty in group.duties]) for group in groups] == [
        ("newsroom", ["“Lịch tiêm chủng” (Bản nháp)"]),
        (
            "listening",
            [
                f"Ý kiến về “Đường sá”, nhận ngày {clock.today():%d/%m/%Y}, hạn trả lời {opinion.due_on:%d/%m/%Y}",
            ],
        ),
    ]
    assert queries.in_hand(world.leader) == []


def test_the_code_of_an_opinion_is_not_told_to_who_arranges_it(client, world: World, opinion: Feedback) -> None:
    handover = _begin(world)
    client.force_login(world.administrator)

    page = client.get(reverse("organizations:handover", args=[handover.pk])).content.decode()

    assert "Ý kiến về “Đường sá”" in page
    assert opinion.code not in page
    assert reverse("listening:one", args=[opinion.pk]) not in page


def test_a_handover_from_begin_to_end(world: World, draft, opinion, successor: Person) -> None:
    actions.name_deputy(
        by=world.leader, post=world.leader.posts.get(), person=world.officer,
        from_on=clock.today(), to_on=clock.today() + timedelta(days=9),
    )  # fmt: skip
    handover = _begin(world)
    by = world.administrator

    actions.pass_on(by=by, handover=handover, ref=Ref("bulletin", str(draft.pk)), to=successor)
    with pytest.raises(WrongState):
        actions.finish_handover(by=by, handover=handover)
    actions.pass_on(by=by, handover=handover, ref=Ref("feedback", str(opinion.pk)), to=successor)
    actions.finish_handover(by=by, handover=handover)

    draft.refresh_from_db()
    opinion.refresh_from_db()
    left = Person.objects.get(pk=world.officer.pk)
    assert (draft.author, opinion.handler) == (successor, successor)
    assert (left.is_active, policies.posts_of(left)) == (False, [])
    assert list(queries.posts_not_over(left)) == []
    assert list(queries.deputies_not_over(world.leader.posts.get())) == []
    entries = Entry.objects.filter(links__ref=f"handover:{handover.pk}").order_by("at", "id")
    assert [entry.verb for entry in entries] == [
        "handover.begun", "handover.passed_on", "handover.passed_on", "handover.finished",
    ]  # fmt: skip
    told = Entry.objects.filter(verb="handover.passed_on", links__ref=f"bulletin:{draft.pk}").get()
    assert sentence_of(told) == "Hà Thị Cúc đã nhận bàn giao từ Lê Thị Đào."
    assert set(Notice.objects.filter(person=successor).values_list("kind", flat=True)) == {
        "bulletin.handed_over", "feedback.handed_over",
    }  # fmt: skip


def test_whoever_wrote_it_first_still_never_approves_it(world: World, draft, successor: Person) -> None:
    handover = _begin(world)
    actions.pass_on(by=world.administrator, handover=handover, ref=Ref("bulletin", str(draft.pk)), to=successor)
    actions.give_post(by="system", person=world.officer, role=Role.COMMUNE_LEADER, place=world.son_kim)
    newsroom.submit_bulletin(bulletin_id=draft.pk, by=successor)

    approvers = bulletins.approvers_of(Bulletin.objects.get(pk=draft.pk))

    assert set(approvers) == {world.leader, world.approver}


def test_the_sender_of_an_opinion_is_seen_by_the_new_handler_alone(world: World, opinion, successor) -> None:
    handover = _begin(world)

    actions.pass_on(by=world.administrator, handover=handover, ref=Ref("feedback", str(opinion.pk)), to=successor)

    opinion.refresh_from_db()
    assert listening_policies.may_see_contact(successor, opinion)
    assert not listening_policies.may_see_contact(world.officer, opinion)


@pytest.mark.parametrize("who", ["other_officer", "leader", "officer", "administrator"])
def test_only_who_may_take_a_thing_gets_it(world: World, draft: Bulletin, who: str) -> None:
    handover = _begin(world)

    with pytest.raises(BadInput):
        actions.pass_on(
            by=world.administrator, handover=handover, ref=Ref("bulletin", str(draft.pk)), to=getattr(world, who)
        )

    draft.refresh_from_db()
    assert draft.author == world.officer
    assert not Entry.objects.filter(verb="handover.passed_on").exists()


def test_a_bulletin_for_two_communes_goes_only_to_who_writes_for_both(world: World, successor: Person) -> None:
    both = newsroom.write_bulletin(
        by=world.editor, title="Hai xã", body="Nước lên.", rank="normal", areas=[world.son_kim, world.thach_ha]
    )
    handover = _begin(world, who=world.editor)

    with pytest.raises(BadInput) as wrong:
        actions.pass_on(by=world.administrator, handover=handover, ref=Ref("bulletin", str(both.pk)), to=successor)

    assert "mọi địa bàn" in wrong.value.fields["to"][0]
    both.refresh_from_db()
    assert both.author == world.editor


def test_all_is_passed_to_one_person_as_far_as_he_may(world: World, draft, opinion, successor: Person) -> None:
    handover = _begin(world)

    to_editor = actions.pass_all_on(by=world.administrator, handover=handover, to=world.editor)
    to_successor = actions.pass_all_on(by=world.administrator, handover=handover, to=successor)

    assert (to_editor, to_successor) == ((1, 1), (1, 0))
    assert _open(world.officer) == []


def test_a_body_nobody_else_reports_for_is_open_until_somebody_gets_the_post(world: World, successor: Person) -> None:
    duty = _with_a_task(world)
    handover = _begin(world)
    assert [duty.words for group in queries.in_hand(world.officer) for duty in group.duties] == [
        "1 nhiệm vụ chưa xong của UBND xã Sơn Kim 1, chưa có người khác báo cáo"
    ]

    colleague = person("vanphong", "Mai Thị Lý", Role.COMMUNE_LEADER, world.son_kim)
    actions.pass_on(by=world.administrator, handover=handover, ref=Ref.parse(duty), to=colleague)

    assert _open(world.officer) == []
    assert colleague.posts.filter(role=Role.COMMUNE_OFFICER, organization__code="ubnd-18196").exists()


def test_the_tasks_of_a_merged_commune_are_passed_on_in_the_commune_of_today(world: World) -> None:
    duty = _with_a_task(world)
    new = merge(world)
    handover = _begin(world)

    actions.pass_on(by=world.administrator, handover=handover, ref=Ref.parse(duty), to=new.leader)

    assert _open(world.officer) == []
    assert new.leader.posts.filter(role=Role.COMMUNE_OFFICER, place=new.commune).exists()


def test_who_arranges_a_handover_is_told_that_nobody_takes_a_post_for_himself(world: World) -> None:
    duty = _with_a_task(world)
    handover = _begin(world)

    with pytest.raises(BadInput):
        actions.pass_on(by=world.administrator, handover=handover, ref=Ref.parse(duty), to=world.administrator)
    told = actions.pass_all_on(by=world.administrator, handover=handover, to=world.administrator)

    assert told == (0, 1)
    assert _open(world.officer) == [duty]


@pytest.mark.parametrize("who", ["editor", "leader", "officer", "auditor", "other_officer"])
def test_only_who_manages_the_account_begins_it_and_never_the_person_himself(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.begin_handover(by=getattr(world, who), person=world.officer, last_day=clock.today())

    assert not Handover.objects.exists()


def test_an_administrator_of_one_commune_arranges_nothing_elsewhere(world: World) -> None:
    local = person("quantri.sonkim", "Cao Thị Liên", Role.ADMINISTRATOR, world.son_kim)

    with pytest.raises(NotAllowed):
        actions.begin_handover(by=local, person=world.other_officer, last_day=clock.today())


def test_a_last_day_in_the_past_or_a_second_handover_is_refused(world: World) -> None:
    with pytest.raises(BadInput):
        _begin(world, days=-1)
    _begin(world)
    with pytest.raises(WrongState):
        _begin(world)

    assert Handover.objects.count() == 1


def test_before_the_last_day_nothing_is_closed(world: World) -> None:
    handover = _begin(world, days=3)

    with pytest.raises(WrongState):
        actions.finish_handover(by=world.administrator, handover=handover)

    world.officer.refresh_from_db()
    assert world.officer.is_active


def test_called_off_the_person_stays_with_what_he_still_has(world: World, draft: Bulletin, successor: Person) -> None:
    handover = _begin(world)

    actions.withdraw_handover(by=world.administrator, handover=handover, reason="Ở lại")

    assert _open(world.officer) == [f"bulletin:{draft.pk}"]
    with pytest.raises(WrongState):
        actions.pass_all_on(by=world.administrator, handover=handover, to=successor)
    assert _begin(world).pk != handover.pk


def test_what_he_invited_others_to_is_withdrawn(world: World) -> None:
    local = person("quantri.sonkim", "Cao Thị Liên", Role.ADMINISTRATOR, world.son_kim)
    made, _token = actions.invite(
        by=local, full_name="Mai Thị Lý", phone="0900", role=Role.COMMUNE_OFFICER, place=world.son_kim
    )
    handover = _begin(world, who=local)

    actions.finish_handover(by=world.administrator, handover=handover)

    made.refresh_from_db()
    assert made.withdrawn_at is not None


# The pages


def test_the_page_passes_on_finishes_and_shows_how_far_it_is(client, world: World, draft, opinion, successor) -> None:
    Communicator.objects.create(
        full_name="Lê Thị Đào", person=world.officer, place=world.son_kim, duty=CommunicatorDuty.VILLAGE_HEAD,
        decision="Số 1", decided_on=clock.today(),
    )  # fmt: skip
    client.force_login(world.administrator)
    answer = client.post(
        reverse("organizations:begin-handover", args=[world.officer.pk]), {"last_day": f"{clock.today():%Y-%m-%d}"}
    )
    page = client.get(answer["Location"]).content.decode()
    assert "0/2" in page
    assert "Vẫn còn trong mạng lưới" in page
    assert "Kết thúc và đóng tài khoản" not in page

    address = answer["Location"]
    nobody = client.post(f"{address}giao/", {"ref": f"bulletin:{draft.pk}", "to": ""})
    assert (nobody.status_code, "Hãy chọn người nhận." in nobody.content.decode()) == (422, True)
    one = client.post(f"{address}giao/", {"ref": f"bulletin:{draft.pk}", "to": successor.pk}, follow=True)
    assert "Hà Thị Cúc đã nhận việc này." in one.content.decode()
    assert "1/2" in one.content.decode()
    rest = client.post(f"{address}giao-het/", {"to": successor.pk}, follow=True).content.decode()
    assert "Không còn việc nào mở: có thể kết thúc bàn giao ngay." in rest
    done = client.post(f"{address}ket-thuc/", follow=True).content.decode()
    assert "Đã kết thúc bàn giao; tài khoản của Lê Thị Đào đã đóng." in done
    assert not Person.objects.get(pk=world.officer.pk).is_active


def test_his_own_page_says_what_is_open_and_that_it_was_begun(client, world: World, draft: Bulletin) -> None:
    _begin(world, days=5)
    client.force_login(world.officer)

    page = client.get(reverse("organizations:me")).content.decode()

    assert "Bùi Thị Yến đã bắt đầu việc bàn giao của bạn" in page
    assert "“Lịch tiêm chủng”" in page


def test_outside_the_scope_a_handover_does_not_exist(client, world: World) -> None:
    handover = _begin(world)
    local = person("quantri.thachha", "Cao Thị Liên", Role.ADMINISTRATOR, world.thach_ha)
    client.force_login(local)

    addresses = ["", "giao/", "giao-het/", "ket-thuc/", "huy/"]
    page = reverse("organizations:handover", args=[handover.pk])
    assert client.get(page).status_code == 404
    assert [client.post(page + end).status_code for end in addresses[1:]] == [404] * 4
    assert "Lê Thị Đào" not in client.get(reverse("organizations:handovers")).content.decode()


def test_who_manages_one_of_two_posts_is_not_told_what_is_in_hand_at_the_other(client, world: World, draft) -> None:
    actions.give_post(by=world.administrator, person=world.officer, role=Role.COMMUNICATOR, place=world.thach_ha)
    handover = _begin(world)
    client.force_login(person("quantri.thachha", "Cao Thị Liên", Role.ADMINISTRATOR, world.thach_ha))

    page = client.get(reverse("organizations:handover", args=[handover.pk]))

    assert page.status_code == 200
    assert draft.title not in page.content.decode()
    assert page.context["may_finish"] is False


def test_the_list_of_handovers_asks_no_more_for_many(client, world: World, django_assert_max_num_queries) -> None:
    for number in range(12):
        leaving = person(f"roi{number}", f"Người Thứ {number}", Role.COMMUNE_OFFICER, world.son_kim)
        actions.begin_handover(by=world.administrator, person=leaving, last_day=clock.today())
    client.force_login(world.administrator)

    with django_assert_max_num_queries(14):
        page = client.get(reverse("organizations:handovers"), {"q": "nguoi thu"}).content.decode()

    assert page.count("Người Thứ") == 12
    assert "12 việc bàn giao đang thực hiện." in page


def test_the_page_of_a_handover_asks_no_more_for_many_duties(client, world: World, successor) -> None:
    def count(bulletins: int) -> int:
        for number in range(bulletins):
            newsroom.write_bulletin(
                by=world.officer, title=f"Tin {number}", body="Nội dung.", rank="normal", areas=[world.son_kim]
            )
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("organizations:handover", args=[handover.pk]))
        assert page.status_code == 200
        return len(asked)

    handover = _begin(world)
    client.force_login(world.administrator)
    client.get(reverse("organizations:handover", args=[handover.pk]))

    few, many = count(1), count(20)

    assert many == few
