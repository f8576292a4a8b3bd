"""The plan that the whole system grew from, as its scan was read, against what a person read in it."""

import json
from pathlib import Path

import pytest

from coso.documents.rules import OfficialDocument, plain, read_document, to_gold

DATA = Path(__file__).parents[2] / "support" / "data"
TEXT = (DATA / "seed.txt").read_text(encoding="utf-8")
GOLD = json.loads((DATA / "seed.gold.json").read_text(encoding="utf-8"))
SAID_BY_THE_GOLD = ("title", "lead", "coordinating", "time_text", "due", "recurrence")


@pytest.fixture(scope="module")
def document() -> OfficialDocument:
    return read_document(TEXT)


@pytest.mark.parametrize(
    "key",
    [
        "doc_type", "number", "symbol", "issued_on", "place", "issuer", "title", "bases", "duties", "funding",
        "recipients", "delivery", "signer", "signer_role", "sections", "cited_documents",
    ],
)  # fmt: skip
def test_every_part_is_what_a_person_read(document, key):
    read = to_gold(document)[key]

    without_notes = GOLD[key]
    if key == "duties":
        without_notes = [{k: v for k, v in duty.items() if k != "note"} for duty in GOLD[key]]
    assert read == without_notes


def test_all_eight_tasks_are_what_a_person_read(document):
    read = to_gold(document)["tasks"]

    assert [task["ref"] for task in read] == [task["ref"] for task in GOLD["tasks"]]
    for task, gold in zip(read, GOLD["tasks"], strict=True):
        assert {key: task[key] for key in SAID_BY_THE_GOLD} == {key: gold[key] for key in SAID_BY_THE_GOLD}


def test_two_leads_of_one_task_keep_their_own_parts(document):
    task = next(task for task in to_gold(document)["tasks"] if task["ref"] == "II.3")

    assert task["sub_leads"] == GOLD["tasks"][2]["sub_leads"]


def test_roles_requests_and_deliverables_are_kept(document):
    tasks = {task["ref"]: task for task in to_gold(document)["tasks"]}

    assert tasks["II.1"]["unit_roles"] == GOLD["tasks"][0]["unit_roles"]
    assert [ref for ref, task in tasks.items() if task.get("lead_is_request")] == ["II.4"]
    assert tasks["II.6"]["deliverable"] == "Báo cáo phương án triển khai cho UBND tỉnh"


def test_the_stamp_of_the_receiving_office_is_not_the_head(document):
    stamp = [found.value for found in document.header.incoming_stamp]

    assert stamp == ["Số: 573", "Ngày: 15/1/13/2017", "Chuyên: Đ/c Trần Văn...", "Lưu hồ sơ số:", "ĐẾN"]


def test_a_basis_dated_after_the_plan_is_doubted(document):
    doubts = {warning.code: warning for warning in document.warnings}

    assert set(doubts) == {"issuer_inferred", "cited_later_than_document"}
    assert doubts["cited_later_than_document"].parameters == {
        "document": "Kế hoạch số 55-KH/TU",
        "dated": "2017-02-15",
        "issued_on": "2017-02-13",
    }
    places = [plain(TEXT[start:end]) for start, end in doubts["cited_later_than_document"].spans]
    assert places == ["Kế hoạch số 55-KH/TU ngày 15/02/2017", "ngày 13 tháng 2 năm 2017"]


def test_a_sentence_broken_over_a_page_has_two_halves_and_one_value(document):
    duty = next(duty for duty in document.duties if duty.ref == "IV.1")
    broken = duty.items[3].sub_items[1].text

    assert broken.value.endswith("chính sách pháp luật của Nhà nước trên địa bàn.")
    assert plain(" ".join(TEXT[start:end] for start, end in broken.spans)) == broken.value
