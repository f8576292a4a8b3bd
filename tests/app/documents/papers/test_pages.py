"""The pages of papers: who may open them, and an editor that loses nothing and works without a script."""

import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.documents import actions
from coso.documents.adapters import writer
from coso.documents.models import Paper, PaperState, PaperTemplate

pytestmark = pytest.mark.django_db


def _at(name, *args):
    return reverse(f"documents:{name}", args=args)


def _sent(**more):
    """Give what the editor's form sends."""
    return {
        "title": "Kế hoạch mẫu",
        "place_name": "Sơn Kim 1",
        "signing_mode": "",
        "signer_position": "Chủ tịch",
        "signer_name": "Nguyễn Văn An",
        "bases": "Căn cứ A\nCăn cứ B",
        "body-0-style": "part",
        "body-0-text": "Mục đích",
        "body-1-style": "dash",
        "body-1-text": "Đúng hạn.",
        "recipients-0-name": "Sở X",
        "recipients-0-purpose": "report",
        "recipients-0-form": "paper",
        "annexes-0-title": "Bảng",
        "annexes-0-text": "",
        "annexes-0-table": "TT | Việc\n1 | Phát loa",
        **more,
    }


@pytest.fixture
def officer(client, world, committee):
    client.force_login(world.officer)
    return client


def test_a_paper_is_written_on_the_page(officer, committee):
    answer = officer.post(f"{_at('new-paper')}?kind=plan", _sent(organization=committee.pk, do="save"))

    paper = Paper.objects.get()
    assert answer.status_code == 302
    assert answer.url == _at("paper", paper.pk)
    assert paper.content["bases"] == ["Căn cứ A", "Căn cứ B"]
    assert [part["text"] for part in paper.content["body"]] == ["Mục đích", "Đúng hạn."]
    assert paper.content["recipients"] == [{"name": "Sở X", "purpose": "report", "form": "paper"}]
    assert paper.content["annexes"][0]["rows"] == [["TT", "Việc"], ["1", "Phát loa"]]


@pytest.mark.parametrize(
    ("do", "texts"),
    [
        ("add-body-1", ["Mục đích", "", "Đúng hạn."]),
        ("down-body-0", ["Đúng hạn.", "Mục đích"]),
        ("up-body-1", ["Đúng hạn.", "Mục đích"]),
        ("up-body-0", ["Mục đích", "Đúng hạn."]),
        ("drop-body-0", ["Đúng hạn."]),
        ("paste", ["Mục đích", "Đúng hạn.", "Dán một", "Dán hai"]),
    ],
)
def test_a_button_moves_rows_and_loses_nothing_that_was_typed(officer, committee, do, texts):
    sent = _sent(organization=committee.pk, do=do, title="Chưa lưu đâu", pasted="1. Dán một\n- Dán hai")

    answer = officer.post(f"{_at('new-paper')}?kind=plan", sent)

    assert answer.status_code == 200
    assert [form["text"].value() for form in answer.context["parts"]] == texts
    assert answer.context["form"]["title"].value() == "Chưa lưu đâu"
    assert [form["name"].value() for form in answer.context["recipients"]] == ["Sở X"]
    assert not Paper.objects.exists()


def test_a_text_of_several_lines_in_one_row_is_cut_by_its_numbering(officer, committee):
    sent = _sent(organization=committee.pk, do="save", **{"body-1-text": "Mở đầu\n1. Việc một\na) Việc nhỏ"})

    officer.post(f"{_at('new-paper')}?kind=plan", sent)

    body = Paper.objects.get().content["body"]
    assert [(part["style"], part["text"]) for part in body[1:]] == [
        ("dash", "Mở đầu"),
        ("section", "Việc một"),
        ("item", "Việc nhỏ"),
    ]


def test_who_saves_over_anothers_change_is_told_and_keeps_what_he_typed(officer, world, draft):
    actions.change_paper(paper_id=draft.pk, by=world.officer, version=1, title="Người khác sửa")

    answer = officer.post(_at("edit-paper", draft.pk), _sent(do="save", version=1, title="Tôi sửa"))

    assert answer.status_code == 422
    assert answer.context["form"]["title"].value() == "Tôi sửa"
    assert [form["text"].value() for form in answer.context["parts"]] == ["Mục đích", "Đúng hạn."]
    draft.refresh_from_db()
    assert draft.title == "Người khác sửa"


def test_an_empty_title_is_refused_beside_its_field(officer, committee):
    answer = officer.post(f"{_at('new-paper')}?kind=plan", _sent(organization=committee.pk, do="save", title=""))

    assert answer.status_code == 422
    assert "title" in answer.context["form"].errors
    assert not Paper.objects.exists()


def test_the_page_shows_the_paper_its_pictures_and_its_files(officer, draft):
    page = officer.get(_at("paper", draft.pk))
    picture = officer.get(_at("paper-page", draft.pk, 1))
    word = officer.get(_at("download-paper", draft.pk, "docx"))
    pdf = officer.get(_at("download-paper", draft.pk, "pdf"))

    assert page.status_code == 200
    assert "Bản tin &amp; &lt;tin&gt;" in page.content.decode()
    assert picture.content.startswith(b"\x89PNG")
    assert word.content.startswith(b"PK")
    assert pdf.content.startswith(b"%PDF")
    assert officer.get(_at("paper-page", draft.pk, 99)).status_code == 404
    assert officer.get(_at("download-paper", draft.pk, "exe")).status_code == 404


@pytest.mark.parametrize("name", ["paper", "edit-paper", "withdraw-paper", "issue-paper"])
def test_a_paper_of_another_place_is_not_there(client, world, draft, name):
    client.force_login(world.other_officer)

    assert client.get(_at(name, draft.pk)).status_code == 404
    assert client.get(_at("download-paper", draft.pk, "pdf")).status_code == 404
    assert client.get(_at("paper-page", draft.pk, 1)).status_code == 404


def test_the_whole_way_by_pages(client, world, draft):
    client.force_login(world.officer)
    client.post(_at("submit-paper", draft.pk))
    assert client.post(_at("approve-paper", draft.pk)).status_code == 403
    client.force_login(world.leader)
    client.post(_at("approve-paper", draft.pk), {"version": 1})
    client.force_login(world.officer)
    assert client.get(_at("issue-paper", draft.pk)).context["form"]["symbol"].value() == "BC-UBND"
    bad = client.post(_at("issue-paper", draft.pk), {"number": "x", "symbol": "BC-UBND", "day": "2026-11-20"})
    good = client.post(_at("issue-paper", draft.pk), {"number": "15", "symbol": "BC-UBND", "day": "2026-11-20"})

    draft.refresh_from_db()
    assert (bad.status_code, good.status_code) == (422, 302)
    assert (draft.state, draft.number) == (PaperState.ISSUED, "15")
    assert client.get(_at("edit-paper", draft.pk)).status_code == 409


def test_a_leader_returns_a_paper_on_its_page(client, world, submitted):
    client.force_login(world.leader)

    client.post(_at("return-paper", submitted.pk), {"words": "Thiếu số liệu."})

    submitted.refresh_from_db()
    assert (submitted.state, submitted.words) == (PaperState.RETURNED, "Thiếu số liệu.")


def test_templates_are_changed_and_dropped_by_who_looks_after_them(client, world):
    client.force_login(world.administrator)
    data = writer.shipped_template("plan")
    address = _at("paper-template", "plan")

    bad = client.post(address, {"file": SimpleUploadedFile("mau.docx", b"khong phai word")})
    good = client.post(address, {"file": SimpleUploadedFile("mau.docx", data)})

    assert (bad.status_code, good.status_code) == (422, 302)
    assert PaperTemplate.objects.get().file_name == "mau.docx"
    assert client.get(_at("download-paper-template", "plan", "dang-dung")).content == data
    assert client.post(_at("drop-paper-template", "plan")).status_code == 302
    assert PaperTemplate.objects.get().ended_at is not None
    earlier = client.get(_at("download-paper-template", "plan", PaperTemplate.objects.get().pk))
    assert earlier.content == data
    assert client.get(_at("paper-template", "khong-co")).status_code == 404


def test_who_writes_papers_does_not_change_templates(officer):
    assert officer.get(_at("paper-templates")).status_code == 403
    assert officer.post(_at("drop-paper-template", "plan")).status_code == 403


def test_the_list_asks_the_database_as_often_for_many_papers_as_for_one(officer, world, committee, told, draft):
    cache.clear()
    officer.get(_at("papers"))
    with CaptureQueriesContext(connection) as few:
        officer.get(_at("papers"))

    for _number in range(20):
        actions.write_paper(by=world.officer, kind="letter", organization_id=committee.pk, **told)
    with CaptureQueriesContext(connection) as many:
        page = officer.get(_at("papers"))

    assert page.status_code == 200
    assert len(many) == len(few)


def test_the_list_is_searched_without_accents_and_exported(officer, draft):
    found = officer.get(_at("papers"), {"q": "thong tin co so"})
    other = officer.get(_at("papers"), {"q": "khong co gi"})
    export = officer.get(_at("papers"), {"export": "xlsx"})

    assert draft.title in found.content.decode()
    assert draft.title not in other.content.decode()
    assert io.BytesIO(b"".join(export.streaming_content)).read(2) == b"PK"


@pytest.mark.parametrize("about", ["task:abc", "plan:abc", "document:abc", "paper:abc", "bulletin:abc", "part:abc"])
def test_a_paper_about_something_whose_number_makes_no_sense_is_not_found(world, client, about):
    client.force_login(world.officer)

    assert client.get(reverse("documents:new-paper"), {"about": about}).status_code == 404
