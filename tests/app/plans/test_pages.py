"""The pages of tasks and parts: who opens them, what they take, how often they ask the database."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from coso.kit import clock
from coso.organizations.models import Organization, Post
from coso.plans import actions
from coso.plans.models import Attachment, Evidence, Extension, Part, Task
from tests.app.plans.given import committee, document_of, row, shared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def part(world):
    body = committee(world.son_kim)
    Post.objects.filter(person__in=[world.officer, world.leader]).update(organization=body)
    return shared(world, body.name, source=[[0, 10]])


def answer(client, who, name, *args, data=None, **query):
    client.force_login(who)
    address = reverse(f"plans:{name}", args=args)
    return client.get(address, query) if data is None else client.post(address, data)


def zipped(**entries):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("who", "status"),
    [("editor", 200), ("approver", 200), ("auditor", 200), ("officer", 200), ("leader", 200), ("other_officer", 404),
     ("communicator", 403)],
)  # fmt: skip
def test_who_opens_a_part(client, world, part, who, status):
    assert answer(client, getattr(world, who), "part", part.pk).status_code == status


@pytest.mark.parametrize(
    ("page", "by"),
    [("report", "officer"), ("add-file", "officer"), ("ask-extension", "officer"), ("raise-blocker", "officer"),
     ("change-part", "approver"), ("drop-part", "approver")],
)  # fmt: skip
def test_the_forms_open_to_whose_they_are_and_to_nobody_else(client, world, part, page, by):
    assert answer(client, getattr(world, by), page, part.pk).status_code == 200
    assert answer(client, world.other_officer, page, part.pk).status_code in {403, 404}
    assert answer(client, world.auditor, page, part.pk).status_code == 403
    assert answer(client, world.leader, page, part.pk).status_code == 403


@pytest.mark.parametrize("page", ["share", "give", "rhythm", "period"])
def test_only_the_owner_shares_a_task_out(client, world, part, page):
    task = part.occurrence.task_id

    assert answer(client, world.approver, page, task).status_code == 200
    assert answer(client, world.officer, page, task).status_code == 403


def test_each_comes_to_his_own_list(client, world, part):
    unit = answer(client, world.officer, "start")
    owner = answer(client, world.approver, "start")

    assert (unit.url, owner.url) == (reverse("plans:mine"), reverse("plans:tasks"))
    page = answer(client, world.officer, "mine").content.decode()
    assert "Việc của đơn vị tôi" in page
    assert "1 phần việc chưa xong." in page
    assert "Rà soát loa" not in answer(client, world.other_officer, "mine").content.decode()


def test_the_task_says_where_the_document_says_so_and_whose_the_parts_are(client, world, part):
    page = answer(client, world.officer, "task", part.occurrence.task_id).content.decode()

    assert "Sở Văn hóa chủ trì rà soát loa." in page
    assert reverse("plans:part", args=[part.pk]) in page
    other = answer(client, world.other_officer, "task", part.occurrence.task_id).content.decode()
    assert reverse("plans:part", args=[part.pk]) not in other
    assert "1 phần việc của đơn vị khác không hiện cho bạn." in other


def test_a_unit_reports_on_its_page_and_what_is_wrong_stays_typed(client, world, part):
    wrong = answer(client, world.officer, "report", part.pk, data={"words": "", "percent": "40"})
    refused = answer(client, world.officer, "report", part.pk, data={"words": "Đã xong hai thôn", "percent": "140"})
    taken = answer(client, world.officer, "report", part.pk, data={"words": "Đã xong hai thôn", "percent": "40"})

    assert (wrong.status_code, refused.status_code, taken.status_code) == (422, 422, 302)
    assert "Đã xong hai thôn" in refused.content.decode()
    assert "Hãy ghi phần trăm là một số từ 0 đến 100." in refused.content.decode()
    part.refresh_from_db()
    assert part.percent == 40


def test_an_extension_goes_from_the_unit_to_the_owner(client, world, part):
    answer(client, world.officer, "ask-extension", part.pk, data={"until": "2027-01-15", "reason": "Mưa lũ"})
    extension = Extension.objects.get()
    asking = reverse("plans:ask-extension", args=[part.pk])
    assert asking not in answer(client, world.officer, "part", part.pk).content.decode()

    assert answer(client, world.officer, "answer-extension", extension.pk).status_code == 403
    assert "Mưa lũ" in answer(client, world.approver, "answer-extension", extension.pk).content.decode()
    answer(client, world.approver, "answer-extension", extension.pk, data={"grant": "yes", "answer": ""})
    assert asking in answer(client, world.officer, "part", part.pk).content.decode()

    part.refresh_from_db()
    assert part.due_on == date(2027, 1, 15)


def test_a_blocker_is_raised_and_cleared_on_pages(client, world, part):
    answer(client, world.officer, "raise-blocker", part.pk, data={"words": "Mất điện", "asked": world.department.pk})
    blocker = part.blockers.get()

    assert answer(client, world.other_officer, "clear-blocker", blocker.pk).status_code == 404
    answer(client, world.editor, "clear-blocker", blocker.pk, data={"words": "Đã có điện"})

    blocker.refresh_from_db()
    assert (blocker.asked, blocker.clearing, blocker.cleared_by) == (world.department, "Đã có điện", world.editor)


def test_the_owner_gives_changes_returns_and_takes_away(client, world, part):
    task, approver = part.occurrence.task, world.approver
    other = committee(world.thach_ha)

    answer(client, approver, "give", task.pk, data={"organization": other.pk, "role": "coordinating", "text": "Hỗ trợ"})
    given = Part.objects.filter(organization=other).order_by("occurrence__period_from")[0]
    answer(client, approver, "change-part", given.pk, data={"text": "Khác", "due_on": "2026-12-01"})
    answer(client, approver, "drop-part", given.pk, data={"reason": "Nhầm"})
    actions.report_part(part_id=part.pk, by=world.officer, words="Xong", percent=100, done=True)
    answer(client, approver, "return-part", part.pk, data={"reason": "Thiếu ảnh"})

    given.refresh_from_db()
    part.refresh_from_db()
    assert (given.text, given.due_on, given.dropped_at is None) == ("Khác", date(2026, 12, 1), False)
    assert part.state == "under_way"


def test_a_name_without_a_body_stands_out_and_is_joined(client, world):
    (task,) = actions.make_tasks(
        document=document_of(world, tasks=[row(lead=["Các hội"], recurrence="continuous")]), by=world.approver
    )
    unit = task.units.get()

    page = answer(client, world.approver, "share", task.pk).content.decode()
    rhythm = answer(client, world.approver, "rhythm", task.pk, data={"rhythm": "monthly", "from_on": "2026-11-01"})
    client.post(f"{reverse('plans:give', args=[task.pk])}?don-vi={unit.pk}", {"organization": world.department.pk})

    assert "Các hội" in page
    assert "Đặt nhịp báo cáo" in page
    assert rhythm.status_code == 302
    unit.refresh_from_db()
    assert unit.organization == world.department
    assert Part.objects.filter(organization=world.department).count() == 2
    client.force_login(world.approver)
    assert client.get(f"{reverse('plans:give', args=[task.pk])}?don-vi={unit.pk}").status_code == 404


def test_a_file_is_handed_in_and_saved_by_whoever_reads_the_part(client, world, part):
    taken = answer(
        client, world.officer, "add-file", part.pk, data={"file": SimpleUploadedFile("Biên bản <1>.pdf", PDF)}
    )
    again = answer(client, world.officer, "add-file", part.pk, data={"file": SimpleUploadedFile("b.pdf", PDF)})
    attachment = Attachment.objects.get()

    got = answer(client, world.editor, "file", attachment.pk)

    assert (taken.status_code, again.status_code) == (302, 422)
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]
    assert answer(client, world.other_officer, "file", attachment.pk).status_code == 404
    assert answer(client, world.other_officer, "remove-file", attachment.pk, data={}).status_code == 404
    assert Evidence.objects.get().part == part
    assert attachment.name in answer(client, world.officer, "part", part.pk).content.decode().replace(
        "&lt;", "<"
    ).replace("&gt;", ">")
    answer(client, world.officer, "remove-file", attachment.pk, data={})
    assert not Evidence.objects.exists()


def test_the_evidence_of_what_is_done_stays(client, world, part):
    attachment = actions.add_file(part_id=part.pk, by=world.officer, data=PDF, name="a.pdf")
    actions.report_part(part_id=part.pk, by=world.officer, words="", percent=100, done=True)

    answer(client, world.officer, "remove-file", attachment.pk, data={})

    assert Attachment.objects.exists()


def picture():
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        (PDF, "a.docx", "a.docx.pdf"),
        (picture(), "ảnh.png", "ảnh.png"),
        (zipped(**{"[Content_Types].xml": "", "word/document.xml": ""}), "../../b.docx", "b.docx"),
        (zipped(**{"[Content_Types].xml": "", "xl/workbook.xml": ""}), "c.xlsx", "c.xlsx"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "d.odt", "d.odt"),
    ],
)
def test_a_file_is_what_its_bytes_say(world, part, data, name, kept):
    assert actions.add_file(part_id=part.pk, by=world.officer, data=data, name=name).name == kept


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"PK\x03\x04 broken",
        picture()[:40],
        zipped(**{"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": "x"}),
        zipped(**{"a.txt": "x"}),
        zipped(mimetype="application/epub+zip"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_kept(client, world, part, data):
    got = answer(client, world.officer, "add-file", part.pk, data={"file": SimpleUploadedFile("a.pdf", data)})

    assert got.status_code == 422
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("name", ["tasks", "mine", "parts"])
def test_a_list_asks_as_often_for_many_as_for_few(client, world, part, name):
    client.force_login(world.officer)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"plans:{name}")).status_code == 200
        return len(asked)

    count()
    few = count()
    more = Task.objects.bulk_create(
        Task(document=part.occurrence.task.document, ref=f"V.{i}", position=i, title="Việc", folded="v", due="2017-06")
        for i in range(10, 30)
    )
    for task in more:
        task.units.create(name="UBND", role="lead", organization=part.organization)
    actions.open_due()

    assert Part.objects.count() == 22
    assert count() == few


def test_the_pages_of_a_task_ask_as_often_for_many_parts_as_for_few(client, world, part):
    client.force_login(world.editor)

    def count(name):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"plans:{name}", args=[part.occurrence.task_id])).status_code == 200
        return len(asked)

    few = {name: (count(name), count(name))[1] for name in ("task", "share")}
    for i in range(20):
        body = Organization.objects.create(code=f"c{i}", name=f"Sở {i}", kind="department", place=world.province)
        Part.objects.create(occurrence=part.occurrence, organization=body, role="coordinating")

    assert {name: count(name) for name in few} == few


@pytest.mark.parametrize(
    "query",
    ["late=yes", "unit=x", "assigned=no", "state=done", "period=ahead", "waits=asks", "don-vi=khi-do", "export=xlsx"],
)
def test_the_lists_take_every_filter(client, world, part, query):
    client.force_login(world.editor)

    for name in ("tasks", "mine", "parts"):
        got = client.get(f"{reverse(f'plans:{name}')}?{query}")
        assert got.status_code == 200
        if got.streaming:
            # To the end: the file behind it is closed then.
            assert b"".join(got.streaming_content).startswith(b"PK")


def test_the_list_of_units_is_told_by_those_of_then(client, world):
    old = Organization.objects.create(
        code="so-tttt", name="Sở Thông tin và Truyền thông", kind="department", place=world.province,
        valid_to=date(2025, 2, 28), successor=world.department,
    )  # fmt: skip
    shared(world, old.name)

    now = answer(client, world.editor, "parts").content.decode()
    then = answer(client, world.editor, "parts", **{"don-vi": "khi-do"}).content.decode()

    assert (now.count(f">{old.name}<"), now.count(f">{world.department.name}</a>")) == (0, 1)
    assert then.count(f">{old.name}</a>") == 1
