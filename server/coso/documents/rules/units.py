"""Names of bodies: where a name begins, where it ends, and lists of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .letters import UPPER
from .passages import Passage

# What a name can open with. Proper names open with a capital; groups with "các".
_PROPER_HEADS = (
    r"Sở|Ban|Bộ|UBND|HĐND|UBMTTQ|UBMT|MTTQ|Ủy ban|Uỷ ban|Hội|Đoàn|Liên đoàn|Liên hiệp|Liên minh|Văn phòng|Báo|"
    r"Đài|Công an|Biên phòng|Bưu điện|Trung tâm|Cục|Chi cục|Tổng cục|Vụ|Tòa án|Toà án|Viện|Trường|Thanh tra|"
    r"Kho bạc|Ngân hàng|Công ty|Tổng công ty|Tập đoàn|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Đảng ủy|"
    r"Mặt trận|Hội đồng|Thường trực|Quân khu|Cảng vụ|Hải quan|Kiểm lâm|Hạt Kiểm lâm|Tổ công tác|Ngành|Cơ quan|"
    r"Thuế|Thư viện|Bảo tàng|Học viện|Bệnh viện|Quỹ|Chính phủ|Phòng(?= [^\W\d_a-z]\w)|VP(?= )|Bộ đội|"
    r"Thủ trưởng|Chủ tịch|Giám đốc|Chánh|Trưởng|Người đứng đầu"
)
_GROUPED = (
    r"sở|ban|ngành|đơn vị|cơ quan|tổ chức|đoàn thể|địa phương|huyện|thành phố|thị xã|xã|phường|hội|trường|"
    r"doanh nghiệp|phòng|cấp|lực lượng|thành viên|bộ|hãng|công ty|cơ sở|trung tâm|thôn|chủ đầu tư"
)
_HEAD = (
    rf"(?:(?:{_PROPER_HEADS})\b|[Cc]ác (?i:{_GROUPED})\b|(?:Lãnh đạo|lãnh đạo|Toàn thể) |"
    r"(?:Đề nghị|đề nghị|Giao|giao) (?=\w))"
)
_REQUEST = re.compile(r"(?:(?:và|,)\s+)?(?P<asked>[Đđ]ề nghị|[Kk]ính đề nghị)\s+|(?:[Gg]iao|[Yy]êu cầu)\s+(?:cho\s+)?")
_BEGINS = re.compile(_HEAD)
_LIST_BREAK = re.compile(rf"\s*(?:[,;]|[,;]?\s+và|[,;]?\s+cùng|\s&)\s+(?={_HEAD})")

# Small words after which a name is over: what the body does, or on what ground.
_NEVER_IN_NAMES = (
    "chủ trì|chủ động|phối hợp|hướng dẫn|tham mưu|chỉ đạo|giám sát|lồng ghép|tuyên truyền|định hướng|theo dõi|"
    "đôn đốc|báo cáo|bố trí|cân đối|thẩm định|tổng hợp|rà soát|ban hành|cung cấp|bảo đảm|đảm bảo|tăng cường|"
    "đẩy mạnh|đăng tải|phổ biến|vận động|đề xuất|quán triệt|cập nhật|tiếp tục|căn cứ|có trách nhiệm|"
    "chịu trách nhiệm|trong phạm vi|trong việc|theo chức năng|trên cơ sở|tùy theo|để|nhằm|định kỳ|thường xuyên|"
    "nâng cao|huy động|tập trung|xem xét|làm đầu mối|là cơ quan|là đơn vị|được giao|kịp thời|tham gia|quan tâm|"
    "chuẩn bị|phát động|duy trì|tiếp nhận|yêu cầu|thông báo|phân công|ưu tiên|kiện toàn|củng cố|biên soạn|"
    "sơ kết|tổng kết|phê duyệt|giao(?! thông| dịch| lưu)|(?<!ương )(?<!công )(?<!quy )trình"
)
_SELDOM_IN_NAMES = (
    "xây dựng|triển khai|thực hiện|kiểm tra|nghiên cứu|quản lý|hỗ trợ|sử dụng|khai thác|xử lý|đào tạo|bồi dưỡng|"
    "tập huấn|quy định|(?<!các )(?<!, )(?<!và )tổ chức(?! chính trị| xã hội|,)"
)
_ENDS = re.compile(rf"(?<=\w)[,;]?\s+(?:và\s+)?(?:{_NEVER_IN_NAMES}|{_SELDOM_IN_NAMES})\b")
_SURELY_ENDS = re.compile(rf"(?<=\w)[,;]?\s+(?:và\s+)?(?:{_NEVER_IN_NAMES})\b")
_CLAUSE_END = re.compile(rf"\s*(?:\.(?=\s|\Z)|\(|\[|:|;(?!\s+(?:và\s+)?{_HEAD}))")
# A name in front of a colon may hold such words ("… xây dựng Nông thôn mới tỉnh:") if it ends like a name.
_NAME_END = re.compile(
    rf"(?:\b[{UPPER}][\w.]*|\b(?:tỉnh|huyện|xã|phường|thị trấn|thành phố|thị xã|đặc khu|liên quan|trung ương|"
    r"địa phương|cơ sở|cấp xã|cấp huyện))\Z"
)
_LONGEST_NAME = 240


@dataclass(frozen=True)
class UnitList:
    """Bodies named one after another, and what the sentence goes on to say."""

    units: list[Passage]
    rest: Passage
    whole: Passage
    is_request: bool = False


def take_units(passage: Passage) -> UnitList:
    """Take the list of bodies at the head of a passage; none when it doesn't open with a body."""
    asked = _REQUEST.match(passage.text)
    begin = asked.end() if asked else 0
    body = passage[begin:]
    nothing = UnitList([], passage, passage[:0])
    if not _BEGINS.match(body.text):
        return nothing
    end = _end_of_names(body)
    whole = body[:end].strip(" ,;:.")
    if not whole or len(whole) > _LONGEST_NAME:
        return nothing
    rest = body[end:].lstrip(" ,;:")
    return UnitList(split_units(whole), rest, whole, is_request=bool(asked and asked["asked"]))


def split_units(passage: Passage) -> list[Passage]:
    """Split a list of names: a comma or "và" parts two names only where a new name opens."""
    parts = []
    for part in passage.split(_LIST_BREAK):
        asked = _REQUEST.match(part.text)
        kept = part[asked.end() :] if asked else part
        parts.append(kept.strip(" ,;:."))
    return [part for part in parts if part]


def _end_of_names(body: Passage) -> int:
    stop = _CLAUSE_END.search(body.text)
    limit = stop.start() if stop else len(body)
    before_colon = stop is None or body.text[stop.end() - 1] == ":"
    if before_colon and limit <= _LONGEST_NAME and _NAME_END.search(body.text[:limit]):
        # A heading that ends like a name may hold a verb: "… xây dựng Nông thôn mới tỉnh:".
        verb = _SURELY_ENDS.search(body.text, 0, limit)
    else:
        verb = _ENDS.search(body.text, 0, limit)
    return verb.start() if verb else limit


def opens_with_unit(passage: Passage) -> bool:
    """Tell whether a passage opens with a body, asked or ordered."""
    return bool(take_units(passage).units)
