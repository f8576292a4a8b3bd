"""The side-by-side page: split, join, accept, the names of units; files kept for another try."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.documents import actions, adapters, queries
from coso.documents.actions.uploads import purge_uploads
from coso.documents.models import Document, Upload
from coso.kit import blobs, clock, keeping
from coso.kit.errors import BadInput, NotAllowed, NotFound
from coso.plans.models import Task

pytestmark = pytest.mark.django_db

SEED = (Path(__file__).parents[2] / "support" / "data" / "seed.txt").read_bytes()
NO_PLAN = "Hôm nay trời đẹp, tôi đi chợ mua rau và cá.".encode()


@pytest.fixture
def seed(world):
    return actions.import_document(data=SEED, file_name="ke-hoach-82.txt", by=world.editor)


def _form(client, document, **changed):
    """Give what a browser would send from the page as it stands."""
    page = client.get(reverse("documents:document", args=[document.pk]))
    correction = page.context["correction"]
    sent = {"over": page.context["over"]}
    for formset in (correction.tasks, correction.duties):
        sent |= {
            f"{formset.prefix}-{name}": formset.management_form[name].value()
            for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        }
    for form in (correction.head, *correction.tasks.forms, *correction.duties.forms):
        for field in form:
            value = form[field.name].value()
            value = field.field.prepare_value(value) if hasattr(field.field, "prepare_value") else value
            if value not in (None, False):
                sent[field.html_name] = value
    return sent | changed


def _send(client, document, **changed):
    return client.post(reverse("documents:document", args=[document.pk]), _form(client, document, **changed))


def test_one_task_is_split_where_a_line_begins_and_each_half_keeps_its_place(client, world, seed):
    client.force_login(world.editor)
    title = seed.structure["tasks"][5]["title"]
    begin = title.index(" ", len(title) // 2)
    words = f"{title[:begin]}\n{title[begin + 1 :]}"

    answer = _send(client, seed, **{"tasks-5-title": words, "split": "tasks-5"})

    assert answer.status_code == 302
    assert answer.url.endswith("?mo=tasks-5#muc-tasks-5")
    seed.refresh_from_db()
    first, second = seed.structure["tasks"][5:7]
    assert (first["title"], second["title"]) == (title[:begin], title[begin + 1 :])
    assert (first["ref"], second["ref"]) == ("II.6", "II.6 (2)")
    assert first["lead"] == second["lead"]
    assert first["source"][-1][1] <= second["source"][0][0]
    assert seed.text[second["source"][0][0] :].split()[:2] == title[begin + 1 :].split()[:2]
    assert len(seed.structure["tasks"]) == 9


def test_a_task_joins_the_next_and_has_the_units_and_places_of_both(client, world, seed):
    client.force_login(world.editor)
    before = seed.structure["tasks"]

    _send(client, seed, join="tasks-3")

    seed.refresh_from_db()
    joined = seed.structure["tasks"][3]
    assert joined["title"] == f"{before[3]['title']} {before[4]['title']}"
    assert joined["lead"] == [*before[3]["lead"], *before[4]["lead"]]
    assert joined["ref"] == "II.4"
    assert [row["ref"] for row in seed.structure["tasks"]][4] == "II.6"
    assert sum(end - start for start, end in joined["source"]) > sum(b - a for a, b in before[3]["source"])


def test_what_cannot_be_split_says_how_and_changes_nothing(client, world, seed):
    client.force_login(world.editor)

    answer = _send(client, seed, **{"tasks-0-title": "Một việc", "split": "tasks-0"})

    assert answer.status_code == 422
    assert "xuống dòng" in answer.content.decode()
    seed.refresh_from_db()
    assert seed.structure["tasks"][0]["title"] != "Một việc"


def test_after_a_task_is_left_out_the_others_still_light_up_where_they_came_from(client, world, seed):
    client.force_login(world.editor)

    _send(client, seed, **{"tasks-0-DELETE": "on"})

    page = client.get(reverse("documents:document", args=[seed.pk]))
    second = next(group for group in page.context["groups"] if group.key == "tasks-0")
    lit = {number for field in second.fields if field.field.name == "lead" for number in field.spans.split()}
    assert second.title == "II.2"
    assert "".join(page.context["pieces"][int(n)].text for n in lit) == "Sở Thông tin và Truyền thông"
    assert {page.context["pieces"][int(n)].start for n in lit} == {
        span[0] for span in seed.found["spans"]["tasks.1.lead.0"]
    }


def test_what_was_looked_at_is_remembered_until_the_tick_is_taken_away(client, world, seed):
    client.force_login(world.editor)

    _send(client, seed, **{"tasks-0-accepted": "on"})
    seed.refresh_from_db()
    assert [row.get("accepted") for row in seed.structure["tasks"][:2]] == [True, None]

    sent = _form(client, seed)
    sent.pop("tasks-0-accepted")
    client.post(reverse("documents:document", args=[seed.pk]), sent)
    seed.refresh_from_db()
    assert "accepted" not in seed.structure["tasks"][0]


def test_each_doubt_leads_to_its_place_in_the_text_and_to_its_field(client, world, seed):
    client.force_login(world.editor)

    page = client.get(reverse("documents:document", args=[seed.pk]))

    html = page.content.decode()
    assert page.context["doubts"]
    for doubt in page.context["doubts"]:
        assert doubt.piece is None or f'id="dau-{doubt.piece}"' in html
        assert not doubt.group or f'id="muc-{doubt.group}"' in html
        assert doubt.unit is None or f'id="don-vi-{doubt.unit}"' in html
    late = [doubt for doubt in page.context["doubts"] if doubt.group in ("tasks-5", "tasks-7")]
    assert len(late) == 2


def test_choosing_a_unit_keeps_what_was_typed_and_a_search_finds_it(client, world, seed):
    client.force_login(world.editor)
    unit = next(unit for unit in queries.units_shown(seed) if unit.name == "Sở Tài chính")

    answer = _send(client, seed, **{"head-title": "Tên đã sửa", "unit": unit.pk})
    assert answer.url == reverse("documents:unit", args=[seed.pk, unit.pk])
    seed.refresh_from_db()
    assert seed.title == "Tên đã sửa"

    found = client.get(reverse("documents:find-body", args=[seed.pk]), {"q": "van hoa"}).json()
    assert [one["words"] for one in found["options"]] == [world.department.name]

    client.post(answer.url, {"body-words": "văn hóa", "body": ""})
    unit.refresh_from_db()
    assert (unit.by_person, unit.organizations.get()) == (True, world.department)


def test_a_unit_is_said_to_be_nobody_here_by_a_button(client, world, seed):
    client.force_login(world.editor)
    unit = queries.units_shown(seed)[0]

    answer = client.post(reverse("documents:unit", args=[seed.pk, unit.pk]), {"outside": "1"})

    assert answer.url.endswith("#don-vi")
    unit.refresh_from_db()
    assert (unit.kind, unit.by_person) == ("outside", True)


def test_nothing_chosen_is_asked_for_again(client, world, seed):
    client.force_login(world.editor)
    unit = next(unit for unit in queries.units_shown(seed) if not unit.organizations.exists())

    for words, status in (("", 422), ("không có đâu", 422)):
        answer = client.post(reverse("documents:unit", args=[seed.pk, unit.pk]), {"body-words": words, "body": ""})
        assert answer.status_code == status

    unit.refresh_from_db()
    assert not unit.by_person


def test_the_pages_of_confirming_are_closed_to_others(client, world, seed):
    unit = queries.units_shown(seed)[0]
    client.force_login(world.officer)

    for address in (
        reverse("documents:unit", args=[seed.pk, unit.pk]),
        reverse("documents:find-body", args=[seed.pk]),
        reverse("documents:uploads"),
    ):
        assert client.get(address).status_code in (403, 404)


def test_the_page_asks_as_often_for_many_units_as_for_few(client, world, seed):
    client.force_login(world.editor)
    address = reverse("documents:document", args=[seed.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    structure = seed.structure
    structure["recipients"] = [f"Sở Văn hóa, Thể thao và Du lịch {i}" for i in range(60)] + structure["recipients"]
    actions.correct_document(document_id=seed.pk, by=world.editor, structure=structure)
    client.get(address)

    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) <= len(few) + 1


def _hand_in(client, data=NO_PLAN, name="thu.txt"):
    return client.post(reverse("documents:import"), {"file": SimpleUploadedFile(name, data)})


def test_a_file_that_cannot_be_read_is_kept_once_and_listed(client, world):
    client.force_login(world.editor)

    assert _hand_in(client).status_code == 422
    _hand_in(client, name="lan-hai.txt")

    kept = Upload.objects.get()
    assert (kept.file_name, kept.problem, kept.document) == ("lan-hai.txt", "not_an_official_document", None)
    assert blobs.path_of(kept.sha256).read_bytes() == NO_PLAN
    assert not Document.objects.exists()
    assert "lan-hai.txt" in client.get(reverse("documents:uploads")).content.decode()


def test_a_kept_file_is_read_again_once_the_cause_is_mended(client, world, monkeypatch):
    client.force_login(world.editor)

    def broken(*args, **kwargs):
        raise adapters.OcrMissing

    with monkeypatch.context() as patched:
        patched.setattr(adapters, "extract_text", broken)
        _hand_in(client, SEED, "ke-hoach-82.txt")
        kept = Upload.objects.get()
        again = client.post(reverse("documents:retry", args=[kept.pk]), follow=True)
        assert "tesseract" in again.content.decode()

    answer = client.post(reverse("documents:retry", args=[kept.pk]))

    document = Document.objects.get()
    assert answer.url == reverse("documents:document", args=[document.pk])
    kept.refresh_from_db()
    assert (kept.document, kept.problem) == (document, "")
    assert not queries.waiting_uploads(world.editor)


def test_what_no_second_try_heals_is_not_kept(client, world):
    client.force_login(world.editor)

    _hand_in(client, b"")

    assert not Upload.objects.exists()


def test_a_dropped_file_is_gone_from_the_list_and_erased_within_hours(client, world, monkeypatch):
    client.force_login(world.editor)
    _hand_in(client)
    kept = Upload.objects.get()
    client.post(reverse("documents:drop-upload", args=[kept.pk]))
    assert not queries.waiting_uploads(world.editor)
    assert purge_uploads() == 0

    later = clock.now() + timedelta(hours=3)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert purge_uploads() == 1
    assert not blobs.has(kept.sha256)
    assert purge_uploads() == 0


def test_a_file_that_waits_in_vain_goes_after_thirty_days_but_never_one_that_became_a_document(world, monkeypatch):
    document = actions.import_document(data=SEED, file_name="a.txt", by=world.editor)
    with pytest.raises(BadInput):
        actions.import_document(data=NO_PLAN, file_name="b.txt", by=world.editor)
    lost = Upload.objects.get().sha256
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=29))
    assert purge_uploads() == 0

    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=31))

    assert purge_uploads() == 1
    assert (blobs.has(lost), blobs.has(document.file_sha256)) == (False, True)
    assert keeping.FRESH == 3600


def test_only_who_imports_has_to_do_with_kept_files(client, world):
    client.force_login(world.editor)
    _hand_in(client)
    kept = Upload.objects.get()

    with pytest.raises(NotAllowed):
        actions.drop_upload(upload_id=kept.pk, by=world.officer)
    with pytest.raises(NotFound):
        actions.retry_upload(upload_id=kept.pk, by=world.officer)

    kept.refresh_from_db()
    assert kept.dropped_at is None
    assert not Task.objects.exists()


def test_the_list_of_files_asks_as_often_for_many_as_for_one(client, world):
    client.force_login(world.editor)
    address = reverse("documents:uploads")
    _hand_in(client)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for i in range(20):
        Upload.objects.create(
            file_name=f"{i}.txt", sha256=f"{i:064d}", size=1, problem="broken", uploaded_by=world.editor
        )

    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)
