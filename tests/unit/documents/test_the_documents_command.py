"""`coso documents read`: a promise to scripts."""

import json

from click.testing import CliRunner, Result

from coso.documents.commands import commands
from coso.documents.rules import read_document, to_gold

from .files import docx_of
from .texts import NEWS, PLAN


def run(*words: object) -> Result:
    return CliRunner().invoke(commands[0], ["read", *map(str, words)])


def test_json_is_one_list_with_the_base_names(tmp_path):
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(docx_of(PLAN))

    result = run(tmp_path / "a.txt", tmp_path / "b.docx", "--json")

    read = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [one["file"] for one in read] == ["a.txt", "b.docx"]
    assert read[0] == {"file": "a.txt", **json.loads(json.dumps(to_gold(read_document(PLAN))))}
    assert result.stdout.startswith('[\n {\n  "file": "a.txt",\n  "doc_type": "Kế hoạch"')


def test_one_bad_file_does_not_hold_up_the_others(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "b.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"")

    result = run(tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.pdf", tmp_path / "d.txt", "--json")

    assert result.exit_code == 1
    assert [one["file"] for one in json.loads(result.stdout)] == ["b.txt"]
    assert [line.split(".")[0] + line[line.index(":") :].split(".")[0] for line in result.stderr.splitlines()] == [
        "a: Không tìm thấy kế hoạch, quyết định hay chỉ thị nào trong tệp này",
        "c: Tệp trống, không có nội dung",
        "d: không có tệp này hoặc không mở được",
    ]


def test_without_json_a_person_reads_a_summary(tmp_path):
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")

    result = run(tmp_path / "a.txt")

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "a.txt: Kế hoạch 15/KH-UBND",
        "  Cơ quan ban hành: Ủy ban nhân dân tỉnh Bình Minh",
        "  Ngày ban hành: 03/04/2024",
        "  Trích yếu: Nâng cao chất lượng đọc sách ở cơ sở",
        "  Người ký: Trần Thị Bình An",
        "  Căn cứ: 2; nhiệm vụ: 2; nhiệm vụ theo đơn vị: 2; nơi nhận: 3; chỗ cần xem lại: 0",
        "  - II.1: Bổ sung sách cho các xã miền núi (Sở Văn hóa, Thể thao và Du lịch; 15/12/2025)",
        "  - II.2: Tập huấn người trông coi tủ sách (Thư viện tỉnh; quý II/2024)",
    ]


def test_wrong_usage_is_told_apart():
    assert run().exit_code == 2
    assert run("--yaml").exit_code == 2
