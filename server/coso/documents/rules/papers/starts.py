"""With what an empty paper of each kind begins, and what a body's papers usually say about who issues and signs."""

import re
from dataclasses import dataclass

from coso.documents.rules.papers.content import ARTICLE, PART, SECTION, TEXT, Block, Content

_LEVEL = re.compile(r"\A(?:tỉnh|thành phố|huyện|thị xã|xã|phường|thị trấn|đặc khu)\s+", re.IGNORECASE)
# Headings by custom and by the samples of Phụ lục III; a writer drops what he does not need.
STARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "letter": ((TEXT, ""),),
    "plan": (
        (PART, "Mục đích, yêu cầu"),
        (PART, "Nội dung và giải pháp"),
        (PART, "Kinh phí"),
        (PART, "Tổ chức thực hiện"),
    ),
    "report": (
        (PART, "Kết quả thực hiện"),
        (PART, "Khó khăn, vướng mắc"),
        (PART, "Phương hướng, nhiệm vụ"),
        (PART, "Đề xuất, kiến nghị"),
    ),
    "decision": (
        (ARTICLE, ""),
        (ARTICLE, "Quyết định này có hiệu lực kể từ ngày ký."),
        (ARTICLE, ""),
    ),
    "minutes": (
        (TEXT, "Thời gian bắt đầu:"),
        (TEXT, "Địa điểm:"),
        (TEXT, "Thành phần tham dự:"),
        (TEXT, "Chủ trì (chủ tọa):"),
        (TEXT, "Thư ký (người ghi biên bản):"),
        (TEXT, "Nội dung (theo diễn biến cuộc họp):"),
        (TEXT, "Cuộc họp kết thúc vào"),
    ),
    "submission": (
        (PART, "Sự cần thiết"),
        (PART, "Nội dung trình"),
        (PART, "Kiến nghị"),
    ),
    "scheme": (
        (PART, "Sự cần thiết và cơ sở xây dựng đề án"),
        (PART, "Mục tiêu"),
        (PART, "Nhiệm vụ và giải pháp"),
        (PART, "Kinh phí"),
        (PART, "Tổ chức thực hiện"),
    ),
    "notification": ((TEXT, ""),),
    "directive": ((SECTION, ""), (SECTION, ""), (SECTION, "")),
}


@dataclass(frozen=True)
class House:
    """What papers of a body usually say; a writer may change each."""

    place_name: str
    parent_body: str
    collective: str
    head: str
    position: str


def place_name_of(place: str) -> str:
    """Name the place beside the date: 'Tỉnh Hà Tĩnh' → 'Hà Tĩnh' (a commune's paper names the commune)."""
    return _LEVEL.sub("", place.strip())


def house_of(body: str, place: str, above: str = "") -> House:
    """Say what papers of a body usually say, from its name, its place, and the name of what stands above it."""
    name = body.lower()
    if name.startswith(("ủy ban nhân dân", "uỷ ban nhân dân", "ubnd")):
        return House(place_name_of(place), "", "Ủy ban nhân dân", "Chủ tịch", "Chủ tịch")
    if name.startswith("hội đồng nhân dân"):
        return House(place_name_of(place), "", "Hội đồng nhân dân", "Chủ tịch", "Chủ tịch")
    heads = (("sở ", "Giám đốc"), ("văn phòng", "Chánh Văn phòng"), ("ban ", "Trưởng ban"), ("phòng ", "Trưởng phòng"))
    head = next((title for beginning, title in heads if name.startswith(beginning)), "Giám đốc")
    return House(place_name_of(place), above, "", head, head)


def start_of(kind: str) -> Content:
    """Give the parts with which an empty paper of a kind begins."""
    return Content(body=[Block(style, text) for style, text in STARTS[kind]])
