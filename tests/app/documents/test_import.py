"""A document comes in, is looked through, corrected, confirmed; then its tasks are work."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coso.documents import actions, queries
from coso.documents.models import Document, DocumentState
from coso.journal.models import Entry
from coso.kit import blobs
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.plans.models import Task, TaskKind

pytestmark = pytest.mark.django_db

SEED = (Path(__file__).parents[2] / "support" / "data" / "seed.txt").read_bytes()


@pytest.fixture
def seed(world):
    return actions.import_document(data=SEED, file_name="ke-hoach-82.txt", by=world.editor)


def test_the_seed_plan_is_read_and_kept_with_its_file(seed):
    assert (seed.number, seed.symbol, seed.kind) == ("82", "KH-UBND", "Kế hoạch")
    assert seed.title == "Công tác thông tin cơ sở trong tình hình mới"
    assert [task["ref"] for task in seed.structure["tasks"]] == [f"II.{i}" for i in range(1, 9)]
    assert blobs.path_of(seed.file_sha256).read_bytes() == SEED
    assert Entry.objects.get().verb == "document.imported"


def test_each_value_remembers_the_place_in_the_text_it_came_from(seed):
    spans = seed.found["spans"]

    assert [seed.text[a:b] for a, b in spans["number"]] == ["82"]
    assert [seed.text[a:b] for a, b in spans["tasks.2.lead.0"]] == ["Sở Văn hóa, Thể thao và Du lịch"]
    lit = "".join(piece.text for piece in queries.lit_text(seed))
    assert lit == seed.text


def test_a_date_before_the_document_it_cites_is_doubted(seed):
    assert "cited_later_than_document" in {warning["code"] for warning in seed.found["warnings"]}


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.docx", "trống"),
        ("Hôm nay trời đẹp, tôi đi chợ mua rau và cá.".encode(), "a.txt", "không tìm thấy"),
        (bytes(range(256)) * 40, "a.pdf", "không phải là văn bản"),
        (b"PK\x03\x04" + b"\0" * 500, "a.docx", "hỏng"),
        (b"x" * (26 * 1024 * 1024), "a.txt", "quá lớn"),
    ],
    ids=["empty", "no plan", "binary", "broken", "too large"],
)
def test_what_cannot_be_read_is_refused_in_words_and_no_document_is_made(world, data, name, words):
    with pytest.raises(BadInput) as refused:
        actions.import_document(data=data, file_name=name, by=world.editor)

    assert words in refused.value.fields["file"][0].lower()
    assert not Document.objects.exists()
    assert not Entry.objects.exclude(verb="document.upload_kept").exists()


def test_the_same_file_is_not_imported_twice(seed, world):
    with pytest.raises(BadInput, match="82/KH-UBND"):
        actions.import_document(data=SEED, file_name="lan-hai.txt", by=world.editor)

    assert Document.objects.count() == 1


def test_only_who_may_import_imports(world):
    with pytest.raises(NotAllowed):
        actions.import_document(data=SEED, file_name="a.txt", by=world.officer)

    assert not Document.objects.exists()


def test_nothing_is_work_before_a_person_confirms(seed, world):
    assert not Task.objects.exists()

    actions.confirm_document(document_id=seed.pk, by=world.approver)

    seed.refresh_from_db()
    assert (seed.state, seed.confirmed_by) == (DocumentState.CONFIRMED, world.approver)
    assert Task.objects.filter(kind=TaskKind.TASK).count() == 8
    assert Task.objects.filter(kind=TaskKind.DUTY).count() == 7
    third = Task.objects.get(ref="II.3")
    assert [unit.name for unit in third.units.filter(role="lead")] == [
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Thông tin và Truyền thông",
    ]
    assert third.units.first().organization == world.department
    assert third.units.first().text.startswith("Rà soát, chấn chỉnh")
    sixth = Task.objects.get(ref="II.6")
    assert (sixth.due, str(sixth.due_on)) == ("2017-06", "2017-06-30")


def test_a_confirmed_document_is_not_confirmed_or_corrected_again(seed, world):
    actions.confirm_document(document_id=seed.pk, by=world.approver)

    with pytest.raises(WrongState):
        actions.confirm_document(document_id=seed.pk, by=world.approver)
    with pytest.raises(WrongState):
        actions.correct_document(document_id=seed.pk, by=world.editor, structure={})

    assert Task.objects.count() == 15


def test_who_only_reads_does_not_see_it_before_it_is_confirmed(seed, world):
    with pytest.raises(NotFound):
        queries.get_visible(world.officer, seed.pk)

    actions.confirm_document(document_id=seed.pk, by=world.approver)

    assert queries.get_visible(world.officer, seed.pk) == seed


@pytest.mark.parametrize(
    ("change", "way"),
    [
        ({"issued_on": "32/13/2017"}, "issued_on"),
        ({"tasks": [{"ref": "II.1", "title": ""}]}, "tasks.0.title"),
        ({"tasks": [{"ref": "II.1", "title": "a", "due": "mai"}]}, "tasks.0.due"),
        ({"tasks": [{"ref": "II.1", "title": "a"}, {"ref": "II.1", "title": "b"}]}, "tasks.1.ref"),
        ({"tasks": [{"ref": "II.1", "title": "a", "recurrence": "đôi khi"}]}, "tasks.0.recurrence"),
    ],
)
def test_a_wrong_correction_is_refused_and_changes_nothing(seed, world, change, way):
    before = seed.structure

    with pytest.raises(BadInput) as refused:
        actions.correct_document(document_id=seed.pk, by=world.editor, structure={**seed.structure, **change})

    assert list(refused.value.fields) == [way]
    seed.refresh_from_db()
    assert seed.structure == before


def test_the_page_imports_shows_corrects_and_confirms(client, world):
    client.force_login(world.editor)
    file = SimpleUploadedFile("ke-hoach-82.txt", SEED, content_type="text/plain")

    answer = client.post(reverse("documents:import"), {"file": file}, follow=True)

    page = answer.content.decode()
    document = Document.objects.get()
    assert "Kế hoạch 82/KH-UBND" in page
    assert 'data-span="' in page
    assert document.file_sha256 == hashlib.sha256(SEED).hexdigest()
    form = _fields(answer.context)
    form["tasks-5-due"] = "7/2017"
    form["tasks-0-DELETE"] = "on"

    answer = client.post(reverse("documents:document", args=[document.pk]), form, follow=True)

    assert answer.status_code == 200
    document.refresh_from_db()
    assert [task["ref"] for task in document.structure["tasks"]] == [f"II.{i}" for i in range(2, 9)]
    assert document.structure["tasks"][4]["due"] == "2017-07"
    assert document.structure["tasks"][1]["sub_leads"], "what no form shows stays"
    assert document.found["values"]["tasks"][5]["due"] == "2017-06", "the reading itself is kept"
    assert [entry.verb for entry in Entry.objects.order_by("at", "id")] == ["document.imported", "document.corrected"]


def test_a_wrong_field_is_named_on_the_page_and_nothing_typed_is_lost(client, world, seed):
    client.force_login(world.editor)
    form = _fields(client.get(reverse("documents:document", args=[seed.pk])).context)
    form["tasks-0-due"] = "tháng sáu"
    form["head-title"] = "Tên sửa lại"

    answer = client.post(reverse("documents:document", args=[seed.pk]), form)

    assert answer.status_code == 422
    assert "tháng sáu" in answer.content.decode()
    assert "Tên sửa lại" in answer.content.decode()
    seed.refresh_from_db()
    assert seed.title == "Công tác thông tin cơ sở trong tình hình mới"


def test_a_page_that_was_overtaken_mixes_no_rows_and_loses_nothing_typed(client, world, seed):
    client.force_login(world.editor)
    address = reverse("documents:document", args=[seed.pk])
    first = _fields(client.get(address).context)
    second = {**first, "tasks-5-title": "Gõ ở cửa sổ thứ hai"}
    client.post(address, {**first, "tasks-0-DELETE": "on"})
    seed.refresh_from_db()
    stands = seed.structure

    answer = client.post(address, second)

    page = answer.content.decode()
    seed.refresh_from_db()
    assert answer.status_code == 422
    assert "Gõ ở cửa sổ thứ hai" in page
    assert "đã được sửa ở một cửa sổ khác" in page
    assert seed.structure == stands
    assert len(stands["tasks"]) == 7


def test_nobody_confirms_what_he_has_not_read(client, world, seed):
    client.force_login(world.editor)
    over = client.get(reverse("documents:document", args=[seed.pk])).context["over"]
    change = {**seed.structure, "tasks": seed.structure["tasks"][1:]}
    actions.correct_document(document_id=seed.pk, by=world.approver, structure=change)

    client.post(reverse("documents:confirm", args=[seed.pk]), {"over": over})

    seed.refresh_from_db()
    assert seed.state == DocumentState.READ
    client.post(reverse("documents:confirm", args=[seed.pk]), {"over": queries.stand_of(seed)})
    seed.refresh_from_db()
    assert seed.state == DocumentState.CONFIRMED


def test_confirming_keeps_what_was_typed_and_not_saved(client, world, seed):
    client.force_login(world.approver)
    page = client.get(reverse("documents:document", args=[seed.pk]))
    form = _fields(page.context) | {"head-issuer": "Ủy ban nhân dân tỉnh", "confirm": "1"}

    answer = client.post(reverse("documents:document", args=[seed.pk]), form)

    seed.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, reverse("plans:tasks"))
    assert (seed.state, seed.structure["issuer"]) == (DocumentState.CONFIRMED, "Ủy ban nhân dân tỉnh")
    assert b'form="structure" name="confirm"' in page.content


def test_what_cannot_be_confirmed_comes_back_as_it_was_typed(client, world, seed):
    client.force_login(world.approver)
    address = reverse("documents:document", args=[seed.pk])
    form = _fields(client.get(address).context) | {"head-issuer": "", "head-title": "Kế hoạch mới", "confirm": "1"}

    answer = client.post(address, form)

    seed.refresh_from_db()
    assert answer.status_code == 422
    assert answer.context["correction"].head["title"].value() == "Kế hoạch mới"
    assert seed.state == DocumentState.READ
    assert seed.title != "Kế hoạch mới"
    assert not Task.objects.exists()


def test_a_head_longer_than_a_name_is_kept_whole_and_named_short(seed, world):
    change = {"issuer": "Ủ" * 250, "symbol": "KH-" * 30}

    document = actions.correct_document(document_id=seed.pk, by=world.editor, structure={**seed.structure, **change})

    document.refresh_from_db()
    assert (document.issuer, document.symbol) == ("Ủ" * 200, "KH-" * 20)
    assert document.structure["issuer"] == "Ủ" * 250


@pytest.mark.parametrize(
    ("change", "way"),
    [({"time_text": "n" * 301}, "tasks.0.time_text"), ({"lead": ["Sở", "S" * 301]}, "tasks.0.lead")],
    ids=["time", "unit"],
)
def test_a_value_longer_than_a_task_takes_is_said_before_it_becomes_work(world, seed, change, way):
    first, *rest = seed.structure["tasks"]
    Document.objects.filter(pk=seed.pk).update(structure={**seed.structure, "tasks": [{**first, **change}, *rest]})

    with pytest.raises(BadInput) as refused:
        actions.confirm_document(document_id=seed.pk, by=world.approver)

    assert list(refused.value.fields) == [way]
    assert "II.1" in str(refused.value)
    assert not Task.objects.exists()


def _fields(page):
    """Give what a browser would send back unchanged."""
    correction, sent = page["correction"], {"over": page["over"]}
    for form in [correction.head, *correction.tasks.forms, *correction.duties.forms]:
        for field in form:
            value = field.field.prepare_value(field.value()) if hasattr(field.field, "prepare_value") else field.value()
            if value not in (None, False):
                sent[field.html_name] = value
    for formset in (correction.tasks, correction.duties):
        sent |= {field.html_name: field.value() for field in formset.management_form}
    return sent
