"""The pages of copies: who opens them, what their buttons do, how often they ask the database."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.documents import actions, queries
from coso.documents.models import Copy, Document
from coso.kit import ids
from coso.organizations.models import Organization
from tests.app.documents.test_copies import bodies, document, mine  # noqa: F401 fixtures
from tests.support import xlsx

pytestmark = pytest.mark.django_db


def _page(client, person, name, *args):
    client.force_login(person)
    return client.get(reverse(f"documents:{name}", args=args))


def _press(client, person, name, *args, **form):
    client.force_login(person)
    return client.post(reverse(f"documents:{name}", args=args), form, follow=True)


def test_the_sender_s_pages_are_not_there_for_others(client, world, document):  # noqa: F811
    for name in ("recipients", "send", "copies"):
        assert _page(client, world.officer, name, document.pk).status_code == 404
        assert _page(client, world.approver, name, document.pk).status_code == 403
    assert _press(client, world.officer, "send", document.pk).status_code == 404
    assert _press(client, world.officer, "remind-recipients", document.pk).status_code == 404


def test_recipients_are_shown_with_whom_they_mean_then_sent(client, world, document):  # noqa: F811
    page = _page(client, world.editor, "recipients", document.pk).content.decode()
    assert "Ủy ban nhân dân xã Sơn Kim 1; Ủy ban nhân dân xã Thạch Hà" in page
    assert "Không có trên hệ thống này: giao trực tiếp." in page

    page = _page(client, world.editor, "send", document.pk).content.decode()
    assert "Văn bản gửi đến 3 cơ quan, đơn vị. 1 nơi nhận không có trên hệ thống này" in page

    page = _press(client, world.editor, "send", document.pk, answer_due="").content.decode()
    assert "Đã gửi 4 bản." in page
    assert "4 bản đã gửi: 0 đã đến nơi, 0 đã đọc, 4 chưa nhận." in page


def test_a_past_day_comes_back_with_what_was_typed(client, world, document):  # noqa: F811
    answer = _press(client, world.editor, "send", document.pk, answer_due="2020-01-01")

    assert answer.status_code == 422
    assert "Ngày này đã qua." in answer.content.decode()
    assert 'value="2020-01-01"' in answer.content.decode()
    assert not Copy.objects.exists()


def test_changed_lines_are_kept_and_doubles_refused(client, world, document):  # noqa: F811
    form = {"lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0"}
    for at, name in enumerate(["Sở A", "sở a"]):
        form |= {f"lines-{at}-name": name, f"lines-{at}-purpose": "act", f"lines-{at}-form": "paper"}

    answer = _press(client, world.editor, "recipients", document.pk, **form)
    assert answer.status_code == 422
    assert "Hai dòng ghi cùng một nơi nhận" in answer.content.decode()

    form["lines-1-name"] = "Sở B"
    assert "Đã lưu nơi nhận." in _press(client, world.editor, "recipients", document.pk, **form).content.decode()
    assert list(document.recipients.values_list("name", flat=True)) == ["Sở A", "Sở B"]


def test_a_receiver_reads_by_a_button_never_by_looking(client, world, mine):  # noqa: F811
    page = _page(client, world.officer, "copy", mine.pk).content.decode()
    assert "Tôi đã đọc" in page
    mine.refresh_from_db()
    assert mine.read_at is None
    assert _page(client, world.officer, "read-copy", mine.pk).status_code == 405

    page = _press(client, world.officer, "read-copy", mine.pk).content.decode()
    assert "Đã ghi nhận là đã đọc." in page
    page = _press(client, world.leader, "read-copy", mine.pk).content.decode()
    assert "Đồng nghiệp đã đọc văn bản này trước bạn." in page


def test_a_receiver_enters_and_answers_on_the_page(client, world, mine):  # noqa: F811
    page = _press(client, world.officer, "receive-copy", mine.pk, arrival_number="45").content.decode()
    assert "Số đến: 45" in page

    answer = _press(client, world.officer, "answer-copy", mine.pk, words="")
    assert answer.status_code == 422
    page = _press(client, world.officer, "answer-copy", mine.pk, words="Đã rà soát.").content.decode()
    assert "Nội dung trả lời đã chuyển đến người gửi văn bản." in page
    page = _page(client, world.editor, "copies", mine.recipient.document_id).content.decode()
    assert "Đã rà soát." in page
    assert "Còn chờ 2 nơi trả lời." in page


def test_a_copy_of_others_is_not_there(client, world, mine):  # noqa: F811
    for name in ("receive-copy", "read-copy", "answer-copy"):
        assert _press(client, world.other_officer, name, mine.pk).status_code == 404
    assert _page(client, world.other_officer, "copy", mine.pk).status_code == 404
    assert _page(client, world.communicator, "copy", mine.pk).status_code == 403
    assert _press(client, world.officer, "hand-over-copy", mine.pk).status_code == 404


def test_a_paper_copy_is_marked_by_its_button(client, world, mine):  # noqa: F811
    paper = Copy.objects.get(organization=None)

    page = _press(client, world.editor, "hand-over-copy", paper.pk).content.decode()

    assert "Đã ghi nhận là đã giao: Bộ Nội vụ (để báo cáo)." in page
    assert "Cần giao trực tiếp" not in page


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("?state=away", 3),
        ("?state=unread", 3),
        ("?state=late", 0),
        ("?form=paper", 1),
        ("?q=son kim", 1),
        ("?q=noi vu", 1),
    ],
)
def test_who_has_not_is_found_by_filter_and_search(client, world, mine, asked, count):  # noqa: F811
    actions.read_copy(copy_id=mine.pk, by=world.officer)
    client.force_login(world.editor)

    page = client.get(reverse("documents:copies", args=[mine.recipient.document_id]) + asked).content.decode()

    assert f"{count} kết quả" in page or (count == 0 and "kết quả" not in page)


def test_the_book_of_who_has_it_is_exported(client, world, mine):  # noqa: F811
    client.force_login(world.editor)

    answer = client.get(reverse("documents:copies", args=[mine.recipient.document_id]) + "?export=xlsx")

    assert "Ủy ban nhân dân xã Sơn Kim 1" in str(list(xlsx.loaded(answer.getvalue()).active.values))
    answer.close()


def test_reminding_twice_a_day_tells_nobody_again(client, world, mine):  # noqa: F811
    page = _press(client, world.editor, "remind-recipients", mine.recipient.document_id).content.decode()
    assert "Đã nhắc 6 người." in page
    page = _press(client, world.editor, "remind-recipients", mine.recipient.document_id).content.decode()
    assert "Chưa nhắc được ai" in page


def _count(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def _more(world, mine, many):  # noqa: F811
    """Send many more copies, to other bodies and of other documents to this one."""
    lines = mine.recipient
    for at in range(many):
        other = Organization.objects.create(code=f"o{at}", name=f"Cơ quan {at}", kind="press", place=world.province)
        Copy.objects.create(
            recipient=lines, organization=other, form="electronic", sent_by=world.editor, answer_due=mine.answer_due
        )
        document = Document.objects.get(pk=lines.document_id)  # noqa: F811
        document.pk, document.id, document.file_sha256 = None, ids.new_id(), f"{at:064d}"
        document._state.adding = True
        document.save()
        line = document.recipients.create(name="Sở", position=0)
        Copy.objects.create(
            recipient=line, organization=mine.organization, form="electronic", sent_by=world.editor,
            answer_due=mine.answer_due,
        )  # fmt: skip


@pytest.mark.parametrize("name", ["arrived", "copies", "awaited"])
def test_a_list_asks_as_often_for_many_as_for_few(client, world, mine, name):  # noqa: F811
    cache.clear()
    client.force_login(world.officer if name == "arrived" else world.editor)
    address = reverse(f"documents:{name}", args=[mine.recipient.document_id] if name == "copies" else [])
    client.get(address)

    few = _count(client, address)
    _more(world, mine, 20)

    assert _count(client, address) == few


def test_sending_to_many_bodies_asks_for_those_who_receive_once(world, document):  # noqa: F811
    for at in range(20):
        Organization.objects.create(
            code=f"x{at}", name=f"Ủy ban nhân dân xã Mẫu {at}", kind="commune_authority", place=world.son_kim
        )

    with CaptureQueriesContext(connection) as asked:
        actions.send_document(document_id=document.pk, by=world.editor)

    assert queries.copies_of(document).count() == 24
    looked = [one["sql"] for one in asked if 'FROM "organizations_post"' in one["sql"]]
    assert len(looked) <= 4


def _tabs(client, person, name):
    page = _page(client, person, name).content.decode()
    bar = page.partition('<nav class="tabs"')[2].partition("</nav>")[0]
    return re.findall(r'<li><a href="([^"]+)"(?: aria-current="(page)")?>([^<]+)<', bar)


def test_the_lists_of_documents_lead_to_one_another(client, world):
    here = {name: reverse(f"documents:{name}") for name in ("documents", "arrived", "awaited")}
    labels = {"documents": "Văn bản hành chính", "arrived": "Văn bản đến", "awaited": "Văn bản chờ trả lời"}

    for name in ("documents", "awaited"):
        shown = _tabs(client, world.editor, name)
        assert [(url, label) for url, _now, label in shown if url != here["arrived"]] == [
            (here[one], labels[one]) for one in ("documents", "awaited")
        ]
        assert [url for url, now, _label in shown if now] == [here[name]]
    shown = _tabs(client, world.officer, "arrived")
    assert (here["arrived"], "page", labels["arrived"]) in shown


def test_the_numbers_of_papers_are_brought_in_from_their_own_list(client, world):
    register = reverse("desk:register", args=["so-van-ban"])

    assert register in _page(client, world.officer, "papers").content.decode()
    assert register not in _page(client, world.auditor, "papers").content.decode()
