"""A sample plan of our own, shared out, with some progress: the real plan is for the visitor to import first."""

from datetime import timedelta

from coso.documents import actions as documents
from coso.documents.models import Document
from coso.kit import clock
from coso.organizations.models import Person
from coso.plans import actions, queries
from coso.plans.models import Part, Task

NAME = "ke-hoach-mau.txt"
PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH

Số: 999/KH-UBND
Hà Tĩnh, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Nâng cao chất lượng truyền thanh cơ sở năm 2026 (mẫu)

I. MỤC ĐÍCH
Mọi thôn, tổ dân phố nghe rõ thông tin cần thiết.

II. NHIỆM VỤ
1. Rà soát cụm loa, báo cáo kết quả sửa chữa.
- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Đơn vị phối hợp: UBND xã Sơn Kim 1, UBND phường Thành Sen.
- Thời gian thực hiện: Hằng quý.
2. Tập huấn kỹ năng viết tin cho cán bộ truyền thanh.
- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Đơn vị phối hợp: UBND xã Sơn Kim 1, UBND phường Thành Sen, các hội, đoàn thể liên quan.
- Thời gian thực hiện: Tháng 9/2026.
3. Tuyên truyền phòng, chống thiên tai tới từng hộ dân.
- Đơn vị chủ trì: UBND xã Sơn Kim 1, UBND phường Thành Sen.
- Thời gian thực hiện: Thường xuyên.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn Mẫu
"""


def load_work() -> None:
    """Import, confirm and share the sample plan out, and report on it; once."""
    if Document.objects.filter(file_name=NAME).exists():
        return
    people = {person.username: person for person in Person.objects.filter(is_active=True)}
    if not {"bientap", "duyet", "canbo.sonkim1", "canbo.thanhsen"} <= set(people):
        return
    editor, owner = people["bientap"], people["duyet"]
    document = documents.import_document(data=PLAN.encode(), file_name=NAME, by=editor)
    documents.confirm_document(document_id=document.pk, by=owner)
    always = Task.objects.filter(document=document, recurrence="continuous").first()
    if always is not None:
        actions.set_rhythm(task_id=always.pk, by=owner, rhythm="monthly", from_on=clock.today())
    _report(people["canbo.sonkim1"], people["canbo.thanhsen"], owner)


def _report(first: Person, second: Person, owner: Person) -> None:
    """Let two communes say how their present parts stand: under way, done, in the way, more time asked for."""
    here, there = _parts(first), _parts(second)
    if len(here) > 1:
        actions.report_part(part_id=here[0].pk, by=first, words="Đã rà soát 6/9 cụm loa (mẫu)", percent=65)
        actions.raise_blocker(part_id=here[1].pk, by=first, words="Chưa có giảng viên (mẫu)", asked=None)
        until = max(here[1].deadline or clock.today(), clock.today()) + timedelta(days=21)
        actions.ask_extension(part_id=here[1].pk, by=first, until=until, reason="Chờ xong mùa mưa lũ (mẫu)")
    if there:
        actions.report_part(
            part_id=there[0].pk, by=second, words="Đã sửa xong, biên bản lưu ở phường (mẫu)", percent=100, done=True
        )
    if len(there) > 1:
        actions.change_part(part_id=there[1].pk, by=owner, text="Cử 02 cán bộ dự tập huấn (mẫu)", due_on=None)


def _parts(person: Person) -> list[Part]:
    """Give a person's parts that have begun, in the order of the plan."""
    begun = queries.parts_of(person).filter(
        occurrence__period_from__lte=clock.today(), occurrence__task__document__file_name=NAME
    )
    return list(begun.order_by("occurrence__task__position", "pk"))
