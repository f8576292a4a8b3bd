"""The pages of the journal, through their doors: for who supervises, and for nobody else."""

import io
import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.desk.journal import names_of
from coso.journal.actions import record, seal
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.refs import Ref
from coso.newsroom.models import Bulletin
from coso.organizations.actions import close_account, end_post, give_post, name_deputy, open_account
from coso.organizations.rules import Role
from tests.support.world import World, person

pytestmark = pytest.mark.django_db


def _as(client, who):
    client.force_login(who)
    return client


def _page(client, who, name="desk:journal", *args, **asked) -> str:
    answer = _as(client, who).get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def told(world: World) -> World:
    """Give a journal with an opened account, a given post, and a bulletin that a device refused to know."""
    made = open_account(by=world.administrator, username="lan.nguyen", full_name="Nguyễn Thị Lan")
    give_post(by=world.administrator, person=made, role=Role.COMMUNE_OFFICER, place=world.son_kim)
    bulletin = Bulletin.objects.create(title="Tiêm phòng cho trẻ", body="Sáng mai.", author=world.editor)
    record("bulletin.approved", by=world.approver, refs=[Ref("bulletin", str(bulletin.pk))], data={"revision": 1})
    return world


@pytest.mark.parametrize("who", ["auditor", "administrator"])
def test_who_supervises_reads_each_entry_as_a_sentence_with_its_record(client, told: World, who) -> None:
    page = _page(client, getattr(told, who))

    assert "Đã mở tài khoản cho Nguyễn Thị Lan." in page
    assert "Đã giao chức danh cho Nguyễn Thị Lan: Công chức phụ trách thông tin cấp xã, Xã Sơn Kim 1." in page
    assert "Bản tin: Tiêm phòng cho trẻ" in page
    assert "Trần Văn Bình" in page
    assert "3 mục chờ niêm phong." in page
    assert 'type="search" name="q"' in page


@pytest.mark.parametrize("who", ["editor", "approver", "officer", "leader", "communicator"])
def test_nobody_else_reads_the_journal(client, told: World, who) -> None:
    entry = Entry.objects.first()
    _as(client, getattr(told, who))

    statuses = {
        client.get(reverse("desk:journal")).status_code,
        client.get(reverse("desk:journal-entry", args=[entry.pk])).status_code,
        client.post(reverse("desk:journal-verify")).status_code,
    }

    assert statuses == {403}


def test_who_supervises_a_commune_alone_does_not_read_the_journal_of_the_province(client, told: World) -> None:
    local = person("thanhtra.sonkim", "Cao Thị Liên", Role.AUDITOR, told.son_kim)
    _as(client, local)

    assert client.get(reverse("desk:journal")).status_code == 403
    assert client.get(reverse("desk:journal-entry", args=[Entry.objects.first().pk])).status_code == 403
    assert client.post(reverse("desk:journal-verify")).status_code == 403
    assert f'href="{reverse("desk:journal")}"' not in client.get(reverse("desk:today")).content.decode()


@pytest.mark.parametrize(
    ("asked", "verbs"),
    [
        ({"subject": "people"}, {"account.opened", "post.given"}),
        ({"subject": "bulletins"}, {"bulletin.approved"}),
        ({"subject": "feedback"}, set()),
        ({"subject": "khong-co"}, {"account.opened", "post.given", "bulletin.approved"}),
        ({"q": "tiem phong"}, {"bulletin.approved"}),
        ({"q": "nguyen thi lan"}, {"account.opened", "post.given"}),
        ({"q": "bui thi yen"}, {"account.opened", "post.given"}),
        ({"q": "son kim"}, {"post.given"}),
        ({"q": "không có gì như thế"}, set()),
        ({"from": "2026-01-01", "to": "2026-01-31"}, set()),
        ({"from": "hôm qua"}, {"account.opened", "post.given", "bulletin.approved"}),
    ],
)
def test_entries_are_narrowed_by_subject_day_and_record(client, told: World, asked, verbs) -> None:
    answer = _as(client, told.auditor).get(reverse("desk:journal"), asked)

    assert {entry.verb for entry in answer.context["page"]} == verbs


def test_a_day_is_narrowed_as_vietnam_counts_it(client, told: World) -> None:
    # 23:30 on 4 March in Vietnam is 16:30 in UTC; half an hour later it is 5 March.
    late = clock.start_of_day(date(2026, 3, 5)) - timedelta(minutes=30)
    Entry.objects.filter(verb="account.opened").update(at=late)
    Entry.objects.filter(verb="post.given").update(at=late + timedelta(hours=1))

    answer = _as(client, told.auditor).get(reverse("desk:journal"), {"from": "2026-03-04", "to": "2026-03-04"})

    assert [entry.verb for entry in answer.context["page"]] == ["account.opened"]


def test_an_entry_is_found_by_the_record_as_the_journal_writes_it(client, told: World) -> None:
    bulletin = Bulletin.objects.get()

    answer = _as(client, told.auditor).get(reverse("desk:journal"), {"q": f"bulletin:{bulletin.pk}"})

    assert [entry.verb for entry in answer.context["page"]] == ["bulletin.approved"]


def test_a_page_of_the_journal_asks_a_settled_number_of_questions(
    client, told: World, django_assert_max_num_queries
) -> None:
    for number in range(20):
        made = open_account(by=told.administrator, username=f"nguoi.{number}", full_name=f"Người {number}")
        post = give_post(by=told.administrator, person=made, role=Role.COMMUNE_OFFICER, place=told.son_kim)
        end_post(by=told.administrator, post=post)
    _as(client, told.auditor)

    with django_assert_max_num_queries(25):
        answer = client.get(reverse("desk:journal"))

    assert answer.context["found"] == 63


def test_an_opinion_is_never_named_in_the_journal(client, told: World) -> None:
    record("feedback.received", by="resident", refs=[Ref("feedback", str(uuid4()))])

    page = _page(client, told.auditor, subject="feedback")

    assert "người dân" in page
    assert ">Ý kiến<" in page


def test_the_file_of_the_journal_holds_what_the_chain_holds(client, told: World) -> None:
    seal()

    answer = _as(client, told.auditor).get(reverse("desk:journal"), {"export": "xlsx"})

    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))
    told_rows = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [row["Số"] for row in told_rows] == [3, 2, 1]
    assert told_rows[0]["Loại việc"] == "bulletin.approved"
    assert told_rows[2]["Việc đã xảy ra"] == "Đã mở tài khoản cho Nguyễn Thị Lan."
    assert told_rows[2]["Mã băm"] == Entry.objects.get(number=1).hash


def test_an_entry_shows_its_reason_its_records_and_its_hash(client, told: World) -> None:
    close_account(by=told.administrator, person=told.officer, reason="Nghỉ hưu theo quyết định 12")
    seal()
    entry = Entry.objects.get(verb="account.closed")

    audited = _page(client, told.auditor, "desk:journal-entry", entry.pk)
    managed = _page(client, told.administrator, "desk:journal-entry", entry.pk)

    assert "Nghỉ hưu theo quyết định 12" in audited
    assert entry.hash in audited
    assert "Lê Thị Đào" in audited
    # The auditor may not open accounts, so that the name is no link for him.
    assert reverse("organizations:account", args=[told.officer.pk]) not in audited
    assert reverse("organizations:account", args=[told.officer.pk]) in managed
    assert client.get(reverse("desk:journal-entry", args=[uuid4()])).status_code == 404


def test_a_whole_chain_is_said_to_be_whole(client, told: World) -> None:
    seal()
    record("journal.reason_erased", by="system", refs=[Ref("entry", str(uuid4()))])

    page = _as(client, told.auditor).post(reverse("desk:journal-verify")).content.decode()

    assert "Nhật ký nguyên vẹn" in page
    assert "Đã tính lại 3 mục đã niêm phong." in page
    assert "1 mục chờ niêm phong" in page


def test_a_changed_entry_is_named(client, told: World) -> None:
    seal()
    Entry.objects.filter(number=2).update(data=json.loads('{"role": "administrator"}'))

    page = _as(client, told.auditor).post(reverse("desk:journal-verify")).content.decode()

    assert "Nhật ký không còn nguyên vẹn" in page
    assert "Mục số 2 bị sửa sau khi niêm phong." in page


def test_a_removed_entry_is_noticed(client, told: World) -> None:
    seal()
    Entry.objects.filter(number=2).delete()

    page = _as(client, told.auditor).post(reverse("desk:journal-verify")).content.decode()

    assert "Mục số 3 đứng ở chỗ của một mục đã mất." in page
    assert "Mục số 3 không nối tiếp mục liền trước." in page


def test_records_that_are_gone_or_oddly_written_have_no_name(told: World) -> None:
    odd = [
        Ref("place", "không"),
        Ref("place", "9" * 40),
        Ref("bulletin", "12"),
        Ref("place", str(uuid4())),
        Ref("?", "1"),
    ]

    assert names_of([*odd, Ref("place", str(told.son_kim.pk))]) == {f"place:{told.son_kim.pk}": "Xã Sơn Kim 1"}


def test_the_journal_says_for_whom_a_deputy_acted(client, world: World) -> None:
    today = clock.today()
    name_deputy(
        by=world.administrator,
        post=world.administrator.posts.get(),
        person=world.editor,
        from_on=today,
        to_on=today + timedelta(days=3),
    )
    made = open_account(by=world.editor, full_name="Hà Thị Cúc", username="ha.thi.cuc")
    give_post(by=world.editor, person=made, role=Role.COMMUNE_OFFICER, place=world.son_kim)
    entry = Entry.objects.get(verb="post.given")
    client.force_login(world.auditor)

    listed = client.get(reverse("desk:journal")).content.decode()
    shown = client.get(reverse("desk:journal-entry", args=[entry.pk])).content.decode()

    words = f"{world.editor.full_name}, thay {world.administrator.full_name}"
    assert words in listed
    assert words in shown
    assert entry.actor == f"person:{world.editor.pk}"
