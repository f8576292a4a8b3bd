"""Sample papers: a report of the department that was issued, a letter that waits, a plan that is being written."""

from coso.documents import actions
from coso.documents.models import Paper
from coso.kit import clock
from coso.organizations.models import Organization, Person

SAMPLE = "(mẫu)"
_SECTION, _DASH = "section", "dash"


def load_papers() -> None:
    """Write them through the actions, once."""
    if Paper.objects.exists():
        return
    people = {person.username: person for person in Person.objects.filter(username__in=["bientap", "duyet"])}
    body = Organization.objects.filter(code="so-vhttdl", valid_to=None).first()
    if body is None or len(people) < 2:
        return
    writer, approver = people["bientap"], people["duyet"]
    report = _write(writer, body, "report", f"Kết quả công tác thông tin cơ sở tháng 10 {SAMPLE}", [
        ("part", "Kết quả thực hiện"), (_DASH, "Đã phát 124 bản tin tới các đài truyền thanh cấp xã."),
        ("part", "Đề xuất, kiến nghị"), (_DASH, "Bố trí kinh phí sửa chữa các cụm loa hư hỏng."),
    ], ["Ủy ban nhân dân tỉnh Hà Tĩnh"])  # fmt: skip
    letter = _write(writer, body, "letter", f"rà soát cụm loa truyền thanh năm 2026 {SAMPLE}", [
        (_SECTION, "Rà soát số cụm loa còn hoạt động trên địa bàn."), (_SECTION, "Gửi kết quả về Sở trước ngày 15/12."),
    ], ["Ủy ban nhân dân các xã, phường"])  # fmt: skip
    _write(writer, body, "plan", f"Tuyên truyền phòng, chống thiên tai năm 2027 {SAMPLE}", [
        ("part", "Mục đích, yêu cầu"), (_DASH, "Người dân biết cách phòng, chống thiên tai."), ("part", "Nhiệm vụ"),
    ], [])  # fmt: skip
    for paper in (report, letter):
        actions.submit_paper(paper_id=paper.pk, by=writer)
    actions.approve_paper(paper_id=report.pk, by=approver)
    actions.issue_paper(paper_id=report.pk, by=writer, day=clock.today())


def _write(
    by: Person, body: Organization, kind: str, title: str, parts: list[tuple[str, str]], addressees: list[str]
) -> Paper:
    return actions.write_paper(
        by=by,
        kind=kind,
        organization_id=body.pk,
        title=title,
        place_name="Hà Tĩnh",
        signer_position="Giám đốc",
        signer_name="Nguyễn Văn Mẫu",
        content={
            "parent_body": "Ủy ban nhân dân tỉnh Hà Tĩnh",
            "addressees": addressees,
            "body": [{"style": style, "text": text} for style, text in parts],
            "recipients": [{"name": "Lưu: VT, QLTT", "purpose": "file", "form": "paper"}],
        },
    )
