"""Work is shared out, reported on with evidence, given more time, and done."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.given import DESK

pytestmark = pytest.mark.journey
PDF = {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF"}


def test_a_task_is_shared_out_reported_on_extended_and_done(visit, given):
    owner = visit("work-owner", as_="duyet")
    owner.open(f"{DESK}/ke-hoach/")
    owner.sees("Nhiệm vụ của các kế hoạch")
    owner.fill("Tìm nhiệm vụ", "tap huan ky nang")
    owner.press("Tìm")
    owner.press("II.2. Tập huấn kỹ năng")
    owner.sees("Ai làm", "các hội, đoàn thể liên quan", "Văn bản viết ở đâu")
    owner.look("task")
    owner.press("Phân công")
    owner.sees("Những tên chưa gắn với đơn vị nào", "Phần việc của các đơn vị")
    owner.look("share-out")
    task = owner.page.url.removesuffix("phan-cong/")
    owner.press("Giao phần việc cho đơn vị")
    owner.field("Cơ quan, đơn vị").select_option(label="UBND xã Thạch Hà")
    owner.fill("Phần việc riêng của đơn vị", "Cử hai cán bộ dự tập huấn")
    owner.look("give")
    owner.press("Giao phần việc")
    owner.sees("Đã giao phần việc cho đơn vị", "Cử hai cán bộ dự tập huấn")

    unit = visit("work-unit", as_="canbo.thanhsen")
    unit.open(f"{DESK}/ke-hoach/")
    unit.sees("Việc của đơn vị tôi", "Quá hạn")
    unit.look("mine")
    unit.press("II.2. Tập huấn kỹ năng")
    unit.press("Báo cáo")
    unit.fill("Đã làm được gì?", "Đã cử người, chờ lịch")
    unit.fill("Đạt bao nhiêu phần trăm?", "30")
    unit.look("report")
    unit.press("Gửi báo cáo")
    unit.sees("Đã ghi báo cáo", "Đã cử người, chờ lịch")
    part = unit.page.url
    unit.press("Thêm minh chứng")
    unit.page.locator("input[type=file]").set_input_files(PDF)
    unit.look("evidence")
    unit.press("Nộp tệp")
    unit.sees("Đã nộp tệp", "bien-ban.pdf")
    unit.press("Xin gia hạn")
    unit.page.locator("#id_until").fill("2027-03-31")
    unit.fill("Vì sao cần thêm thời gian?", "Lớp tập huấn dời sang quý I")
    unit.look("extension")
    unit.press("Gửi đề nghị")
    unit.sees("Đã báo cho người phân công")
    unit.look("part")

    owner.open(part)
    owner.press("Trả lời")
    owner.sees("Lớp tập huấn dời sang quý I")
    owner.page.get_by_label("Đồng ý gia hạn", exact=True).check()
    owner.look("answer")
    owner.press("Trả lời")
    owner.sees("Đã báo câu trả lời của bạn cho đơn vị", "31/03/2027")

    unit.open(part)
    unit.press("Báo cáo")
    unit.page.get_by_label("Phần việc này đã xong").check()
    unit.fill("Đạt bao nhiêu phần trăm?", "100")
    unit.press("Gửi báo cáo")
    unit.sees("Đã xong", "bien-ban.pdf")
    unit.look("done")
    owner.open(task)
    expect(owner.page.locator("main")).to_contain_text(re.compile(r"Phần việc đã xong\s*1/4"))
    owner.look("task-after")
