"""A report from a task: written by one, approved by another, issued, and then the task's evidence."""

import pytest

from tests.journeys.given import DESK

pytestmark = pytest.mark.journey


def test_a_report_is_written_approved_issued_and_shows_that_the_task_was_done(visit, given):
    task = given.task()
    writer = visit("paper", as_="bientap")

    writer.open(task)
    writer.press("Soạn văn bản")
    writer.sees("Soạn: Báo cáo", "Soạn cho", "Kết quả thực hiện")
    writer.look("begun")
    writer.fill("Họ tên người ký", "Nguyễn Văn An")
    parts = writer.page.get_by_role("group", name="Phần ")
    count = parts.count()
    writer.press("Thêm một phần ở cuối")
    writer.sees("Soạn: Báo cáo")
    assert parts.count() == count + 1
    assert writer.field("Họ tên người ký").input_value() == "Nguyễn Văn An"
    parts.last.get_by_label("Nội dung").fill("Đề nghị bố trí kinh phí.")
    writer.press("Lưu bản nháp")
    writer.sees("Đã lưu văn bản", "Đang soạn, chưa trình ai")
    writer.page.locator("summary", has_text="Đọc dạng chữ").click()
    writer.sees("Đề nghị bố trí kinh phí./.")
    writer.look("draft")
    paper = writer.page.url
    writer.press("Trình duyệt")
    writer.sees("Chờ duyệt")

    approver = visit("paper-approved", as_="duyet")
    approver.open(paper)
    approver.sees("Chờ bạn duyệt")
    approver.look("waiting")
    approver.press("Duyệt văn bản")
    approver.sees("Văn bản đã được duyệt")

    writer.open(paper)
    writer.press("Phát hành văn bản")
    writer.look("issue")
    writer.fill("Số", "115")
    writer.press("Phát hành")
    writer.sees("Đã phát hành văn bản với số 115/BC-SVHTTDL")
    writer.look("issued")
    with writer.page.expect_download() as word:
        writer.press("Tải tệp Word")
    assert word.value.suggested_filename == "115-BC-SVHTTDL.docx"
    with writer.page.expect_download() as pdf:
        writer.press("Tải tệp PDF")
    assert pdf.value.suggested_filename == "115-BC-SVHTTDL.pdf"

    writer.open(task)
    writer.sees("115/BC-SVHTTDL")
    writer.open(f"{DESK}/van-ban/di/")
    writer.fill("Tìm theo số, ký hiệu hoặc trích yếu", "115")
    writer.press("Tìm")
    writer.sees("115/BC-SVHTTDL")
    writer.look("list")
