"""A later document is compared with the one it amends, and only what differs is asked."""

from datetime import date

import pytest
from django.urls import reverse

from coso.documents import actions
from coso.documents.models import Document, DocumentState
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState

pytestmark = pytest.mark.django_db

TITLE = "Phát triển hệ thống thông tin cơ sở trên địa bàn tỉnh năm 2017"


def _document(world, number, sha, tasks, **more):
    told = {"state": DocumentState.READ, "issued_on": date(2017, 2, 13), "text": "x", "title": TITLE, **more}
    return Document.objects.create(
        file_name=f"{number}.txt",
        file_sha256=sha * 64,
        file_format="text",
        kind="Kế hoạch",
        number=number,
        symbol="KH-UBND",
        imported_by=world.editor,
        structure={"tasks": tasks, "duties": [], "title": told["title"], "number": number},
        **told,
    )


def _row(ref, title, **more):
    return {"ref": ref, "title": title, "lead": ["Sở Văn hóa"], **more}


@pytest.fixture
def earlier(world):
    tasks = [
        _row("II.1", "Rà soát hệ thống loa của các xã", due="2017-06"),
        _row("II.2", "Tập huấn cán bộ truyền thanh cấp xã", due="2017-09"),
        _row("II.3", "Mua sắm máy thu thanh cho các hộ nghèo"),
    ]
    return _document(world, "82", "a", tasks, state=DocumentState.CONFIRMED)


@pytest.fixture
def later(world, earlier):
    tasks = [
        _row("II.1", "Rà soát hệ thống loa của các xã", due="2017-06"),
        _row("II.2", "Tập huấn cán bộ truyền thanh cấp xã", due="2017-12"),
        _row("II.3", "Xây dựng trang thông tin điện tử"),
    ]
    return _document(world, "95", "b", tasks, issued_on=date(2017, 8, 1))


def _page(client, document):
    return client.get(reverse("documents:document", args=[document.pk]))


def test_the_likely_earlier_document_is_proposed_and_nothing_is_compared_before_a_person_says_so(
    client, world, earlier, later
):
    client.force_login(world.editor)

    page = _page(client, later)

    assert page.context["earlier"].proposed == earlier
    assert "Đúng, so hai văn bản" in page.content.decode()
    assert [group.change for group in page.context["groups"]] == [None] * 4


def test_each_item_says_what_became_of_it_and_the_walk_passes_over_what_stayed(client, world, earlier, later):
    actions.set_earlier(document_id=later.pk, by=world.editor, earlier_id=earlier.pk)
    client.force_login(world.editor)

    page = _page(client, later)

    html = page.content.decode()
    told = {group.key: group.change for group in page.context["groups"] if group.change}
    assert [str(one.chip) for one in told.values()] == ["Giữ nguyên", "Thay đổi", "Mới"]
    assert [(str(v.label), v.before, v.after) for v in told["tasks-1"].values] == [("Thời hạn", "9/2017", "12/2017")]
    assert page.context["earlier"].gone == ["II.3 Mua sắm máy thu thanh cho các hộ nghèo"]
    assert page.context["begin"] == "tasks-1"
    assert 'id="muc-tasks-0" data-item data-same' in html
    assert html.count("data-same") == 1
    assert "1 mục giữ nguyên, 1 mục thay đổi, 1 mục mới, 1 mục không còn." in html


@pytest.mark.parametrize(("said", "kept"), [("yes", True), ("chosen", True), ("none", False)])
def test_a_person_says_yes_chooses_or_says_none_and_what_was_typed_is_kept(client, world, earlier, later, said, kept):
    client.force_login(world.editor)
    sent = {
        "over": _page(client, later).context["over"],
        "head-title": "Kế hoạch đã sửa",
        "head-number": "95",
        "head-symbol": "KH-UBND",
        "head-issued_on": "01/08/2017",
        "tasks-TOTAL_FORMS": 1,
        "tasks-INITIAL_FORMS": 1,
        "tasks-0-ref": "II.1",
        "tasks-0-title": "Rà soát hệ thống loa của các xã",
        "tasks-0-origin": 0,
        "duties-TOTAL_FORMS": 0,
        "duties-INITIAL_FORMS": 0,
        "earlier": str(earlier.pk) if said == "yes" else said,
        "earlier_chosen": str(earlier.pk),
    }

    answer = client.post(reverse("documents:document", args=[later.pk]), sent)

    assert (answer.status_code, answer.url.endswith("#van-ban-truoc")) == (302, True)
    later.refresh_from_db()
    assert later.title == "Kế hoạch đã sửa"
    assert later.earlier_decided
    assert later.replaces == (earlier if kept else None)
    assert _page(client, later).context["earlier"].proposed is None


def test_what_was_said_stands_in_the_journal_once(world, earlier, later):
    for _time in range(2):
        actions.set_earlier(document_id=later.pk, by=world.editor, earlier_id=earlier.pk)
    actions.set_earlier(document_id=later.pk, by=world.editor, earlier_id=None)

    told = [sentence_of(one) for one in Entry.objects.filter(verb__startswith="document.earlier").order_by("pk")]
    assert told == [
        "Ghi rằng văn bản này sửa đổi, thay thế Kế hoạch 82/KH-UBND.",
        "Ghi rằng văn bản này không sửa đổi, thay thế văn bản nào.",
    ]


def test_itself_a_follower_and_one_unconfirmed_are_refused(world, earlier, later):
    other = _document(world, "99", "c", [])
    Document.objects.filter(pk=earlier.pk).update(replaces=later)

    for wrong in (later.pk, earlier.pk, other.pk, "x"):
        with pytest.raises(BadInput):
            actions.set_earlier(document_id=later.pk, by=world.editor, earlier_id=wrong)

    later.refresh_from_db()
    assert (later.replaces, later.earlier_decided) == (None, False)


def test_only_who_may_confirm_says_it_and_only_before_it_is_confirmed(client, world, earlier, later):
    with pytest.raises(NotFound):
        actions.set_earlier(document_id=later.pk, by=world.officer, earlier_id=earlier.pk)
    client.force_login(world.officer)
    assert client.post(reverse("documents:document", args=[later.pk]), {"earlier": "none"}).status_code == 404
    with pytest.raises(NotAllowed):
        actions.set_earlier(document_id=earlier.pk, by=world.officer, earlier_id=None)
    with pytest.raises(WrongState):
        actions.set_earlier(document_id=earlier.pk, by=world.editor, earlier_id=None)
