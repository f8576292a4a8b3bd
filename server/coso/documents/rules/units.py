"""Names of bodies: where a name begins, where it ends, and lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .letters import UPPER
from .passages import Passage

# What a name can open with. Proper names open with a capital; groups with "các".
_PROPER_HEADS = (
    r"Sở(?! hữu)|Ban(?! hành| đầu| đêm| ngày)|Bộ(?! phận| tiêu chí| chỉ số| thủ tục| máy| sách| luật| dữ liệu|"
    r" tài liệu)|"
    r"UBND|HĐND|UBMTTQ|UBMT|MTTQ|BCH|BHXH|Ủy ban|Uỷ ban|Hội(?! nghị| thảo| thi| nhập| chợ| họp| đàm| trường| diễn)|"
    r"Đoàn(?! kết| thể)|Liên đoàn|Liên hiệp|Liên minh|Hiệp hội|Hợp tác xã|Văn phòng|Báo(?! cáo| động| hiệu| chí)|"
    r"Báo chí|"
    r"Đài|Cổng|Công [Aa]n(?! toàn)|Biên phòng|Bưu điện|Điện lực|Trung tâm|Cục|Chi cục|Tổng cục|Vụ(?! án| việc|"
    r" mùa| đông| hè| xuân)|"
    r"Tòa án|Toà án|Viện(?! trợ)|Trường(?! hợp)|Thanh tra|"
    r"Kho bạc|Ngân hàng|Công ty|Tổng công ty|Tập đoàn|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Đảng ủy|Đảng uỷ|"
    r"Mặt trận|Hội đồng|Thường trực|Quân khu|Cảng vụ|Hải quan|Kiểm lâm|Hạt Kiểm lâm|Tổ công tác|Tổ giúp việc|"
    r"Tiểu ban|Ngành|"
    r"Cơ quan|Thuế (?=tỉnh|thành|cơ sở)|Bảo hiểm xã hội|Thư viện|Bảo tàng|Học viện|Bệnh viện|Trạm|Quỹ(?! đất)|"
    r"Chính phủ|"
    r"Phòng(?= [^\W\d_a-z]\w)|VP(?= )|Bộ đội|Thủ trưởng|Chủ tịch|Phó Chủ tịch|Giám đốc|Chánh|Trưởng|Viện trưởng|"
    r"Cục trưởng|"
    r"Bí thư|Người đứng đầu|Người dân|Thành viên|Lực lượng|Đồng chí|Đảng bộ|Chi bộ|Thôn|Tổ dân phố|Hộ gia đình|"
    r"Nhà trường|"
    r"Chính quyền(?! điện tử| số)|Phó Trưởng [Bb]an|Ủy viên|Nhà thầu|Doanh nghiệp|Đơn vị|Chủ (?=các|đầu tư|"
    r"cơ sở)|Tất cả (?=các|cơ quan|đơn vị|lực lượng)|"
    r"[Hh]ệ thống (?=truyền thanh|thông tin cơ sở)"
)
_GROUPED = (
    r"sở|ban|ngành|đơn vị|cơ quan|tổ chức|đoàn thể|địa phương|huyện|thành phố|thị xã|xã|phường|hội|trường|"
    r"doanh nghiệp|phòng|cấp|lực lượng|thành viên|bộ|hãng|công ty|cơ sở(?! dữ liệu| vật chất)|trung tâm|thôn|"
    r"chủ đầu tư|"
    r"hiệp hội|hợp tác xã|trạm|khối|viện|học viện|ngân hàng|nhà trường|nhà mạng|cá nhân|bệnh viện|phòng khám|"
    r"chi bộ|đảng bộ|chi cục|ban quản lý|đặc khu|tỉnh|đồng chí|quận"
)
_HEAD = (
    rf"(?:(?:{_PROPER_HEADS})\b|[Cc]ác (?i:{_GROUPED})\b|(?:Lãnh đạo|lãnh đạo|Toàn thể) |"
    r"(?:Đề nghị|đề nghị|Giao|giao) (?=\w))"
)
_REQUEST = re.compile(r"(?:(?:và|,)\s+)?(?P<asked>[Đđ]ề nghị|[Kk]ính đề nghị)\s+|(?:[Gg]iao|[Yy]êu cầu)\s+(?:cho\s+)?")
_BEGINS = re.compile(_HEAD)
# "Viện, Trường" is one group: a head that stands bare names no body of its own.
_BARE = r"(?:Viện|Trường|Ban|Bộ|Hội|Đoàn|Đài|Báo|Cục|Phòng|Trạm|Ngành)\s*(?:[,;.]|\Z)"
_LIST_BREAK = re.compile(rf"\s*(?:[,;]|[,;]?\s+và|[,;]?\s+cùng|\s&)\s+(?={_HEAD})(?!{_BARE})")

# Small words after which a name is over: what the body does, or on what ground.
_NEVER_IN_NAMES = (
    "chủ trì|chủ động|phối hợp|hướng dẫn|tham mưu|chỉ đạo|giám sát|lồng ghép|tuyên truyền|định hướng|theo dõi|"
    "đôn đốc|báo cáo|bố trí|cân đối|thẩm định|tổng hợp|rà soát|ban hành|cung cấp|bảo đảm|đảm bảo|tăng cường|"
    "đẩy mạnh|đăng tải|phổ biến|vận động|đề xuất|quán triệt|cập nhật|tiếp tục|căn cứ|có trách nhiệm|"
    "chịu trách nhiệm|trong phạm vi|trong việc|theo chức năng|trên cơ sở|tùy theo|để|nhằm|định kỳ|thường xuyên|"
    "nâng cao|huy động|tập trung|xem xét|làm đầu mối|là cơ quan|là đơn vị|được giao|kịp thời|tham gia|quan tâm|"
    "chuẩn bị|phát động|duy trì|tiếp nhận|yêu cầu|thông báo|phân công|ưu tiên|kiện toàn|củng cố|biên soạn|"
    "sơ kết|tổng kết|phê duyệt|giao(?! thông| dịch| lưu)|(?<!ương )(?<!ông )(?<!uy )trình|phải|cần|bằng|hoàn thành|"
    "khẩn trương|nghiêm túc|tô chức|chấp hành|gửi|lập|thống nhất|giúp|cho ý kiến|hằng năm|hàng năm|hằng quý|hàng quý|"
    "hằng tháng|hàng tháng|dự báo|trước ngày|trong quá trình|trong tháng|trong quý|trong năm|phát huy|nghiêm cấm|tự|"
    "tăng|mở|dành|đưa|đăng|viết|phát sóng|nêu cao|gương mẫu|tiến hành|cử|thành lập|công khai|tích cực|bám sát|"
    "sẵn sàng|"
    "nắm|giữ|chăm lo|cam kết"
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
# "Hội đồng phối hợp …", "Đoàn kiểm tra …": a verb right behind such a head belongs to the name.
_BARE_HEAD = re.compile(
    r"(?:Hội đồng|Ban|Tổ|Đoàn|Trung tâm|Quỹ|Hội)\s(?=(?:phối hợp|tư vấn|kiểm tra|quản lý|giám sát|hỗ trợ|"
    r"thẩm định)\s)\w+"
)
# No list of names is longer: what stands behind is not looked at for them.
NAMES_WITHIN = 1_500
# "Các Sở: Kế hoạch và Đầu tư, Tài chính: …", "UBND các xã: An Bình, An Hòa".
_SPELLS = re.compile(r"(?:(?P<sectors>[Cc]ác [Ss]ở)|\bcác (?:xã|phường|huyện|thành phố|thị xã|quận|tỉnh)[\w, ]*)\Z")
_PLACE_NAME = rf"[{UPPER}][\w-]*(?: (?:[{UPPER}\d][\w-]*))*"
_PLACES_SPELLED = re.compile(
    rf":\s*(?P<names>{_PLACE_NAME}(?:(?:, | và |, và ){_PLACE_NAME})*)(?=\s*(?:[:.(;]|\Z)|"
    rf",?\s+(?:{_NEVER_IN_NAMES})\b)"
)
_SECTORS_SPELLED = re.compile(
    rf":\s*(?!(?i:{_NEVER_IN_NAMES}|{_SELDOM_IN_NAMES})\b)(?P<names>[{UPPER}][\w-]*(?:,? (?:và )?[\w&-]+)*?)"
    rf"(?=\s*(?:[:.(;]|\Z)|,?\s+(?:{_NEVER_IN_NAMES})\b)"
)
_BETWEEN_SECTORS = re.compile(rf",\s+(?!Thể thao|Gia đình|Du lịch|Khoa học|Kỹ thuật)(?=[{UPPER}])")
_SUBTITLE = re.compile(r"\s[-–]\s(?=(?:[Cc]ơ quan|[Đđ]ơn vị) (?:thường trực|chủ trì|đầu mối|tham mưu))")


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
    asks = bool(asked and asked["asked"])
    head = _SPELLS.search(body.text[:end]) if body.text[end : end + 1] == ":" else None
    spelled = (_SECTORS_SPELLED if head["sectors"] else _PLACES_SPELLED).match(body.text, end) if head else None
    if head is not None and spelled is not None:
        whole = body[: spelled.end("names")]
        rest = body[spelled.end() :].lstrip(" ,;:")
        if head["sectors"]:
            # "các Sở: Nội vụ, Tài chính" names several bodies, "các xã: An Bình, An Hòa" one group.
            return UnitList(_sectors(body, end, spelled), rest, whole, is_request=asks)
        named = split_units(body[:end])
        last = body[end - len(named[-1]) : spelled.end("names")]
        return UnitList([*named[:-1], last], rest, whole, is_request=asks)
    whole = body[:end].strip(" ,;:.")
    if not whole or len(whole) > _LONGEST_NAME:
        return nothing
    rest = body[end:].lstrip(" ,;:")
    if rest.text[:1] in ("-", "–"):
        # "Sở A - Cơ quan thường trực": a title, not an order.
        colon = rest.text.find(":")
        rest = rest[colon + 1 :].lstrip() if colon >= 0 else rest[:0]
    return UnitList(split_units(whole), rest, whole, is_request=asks)


def _sectors(body: Passage, end: int, spelled: re.Match[str]) -> list[Passage]:
    before = split_units(body[:end])[:-1]
    names = body[spelled.start("names") : spelled.end("names")]
    return [*before, *(part.strip(" ,;:.") for part in names.split(_BETWEEN_SECTORS))]


def split_units(passage: Passage) -> list[Passage]:
    """Split a list of names: a comma or "và" parts two names only where a new name opens."""
    parts = []
    for part in passage.split(_LIST_BREAK):
        asked = _REQUEST.match(part.text)
        kept = part[asked.end() :] if asked else part
        parts.append(kept.strip(" ,;:."))
    return [part for part in parts if part]


def _end_of_names(body: Passage) -> int:
    bare = _BARE_HEAD.match(body.text)
    begin = bare.end() if bare else 0
    if bare and not _CLAUSE_END.search(body.text[:NAMES_WITHIN]) and _NAME_END.search(body.text):
        return len(body)
    text = body.text[:NAMES_WITHIN]
    stop = _SUBTITLE.search(text[:_LONGEST_NAME]) or _CLAUSE_END.search(text)
    limit = stop.start() if stop else len(text)
    before_colon = stop is None or body.text[stop.end() - 1] == ":"
    if before_colon and limit <= _LONGEST_NAME and _NAME_END.search(body.text[:limit]):
        # A heading that ends like a name may hold a verb: "… xây dựng Nông thôn mới tỉnh:".
        verb = _SURELY_ENDS.search(body.text, begin, limit)
    else:
        verb = _ENDS.search(body.text, begin, limit)
    return verb.start() if verb else limit


def names_a_body(name: str) -> bool:
    """Tell whether a name opens like a body's, in capitals or small letters."""
    return _BEGINS.match(name) is not None or _BEGINS.match(name[:1].upper() + name[1:]) is not None


def opens_with_unit(passage: Passage) -> bool:
    """Tell whether a passage opens with a body, asked or ordered."""
    return bool(take_units(passage).units)


# A verb that tells a body from its like, in a heading.
_QUALIFIES = re.compile(
    r"(?:tham mưu|quản lý|được|sử dụng|tham gia|thực hiện|xây dựng|hỗ trợ|đào tạo|khai thác|"
    r"nghiên cứu)\s[^:.;]{0,90}\Z"
)
# "Trách nhiệm của …" names who has the duties that follow, whatever they are called.
_DUTY_OF = re.compile(r"(?:(?:Trách nhiệm|Nhiệm vụ)(?: cụ thể)? của|Đối với|Riêng)\s+")
# A clause that says on what ground or when may stand before the name.
_GROUND = re.compile(
    r"(?:Căn cứ|Trên cơ sở|Theo|Trong|Hằng|Hàng|Định kỳ|Từ|Sau khi|Ngoài|Bên cạnh|Chậm nhất|Trước)"
    r"\s[^,;.:()]{2,140}[,;]\s+"
)


# Where an order to a body may open inside running text.
_ORDER_OPENS = re.compile(r"\A|(?<=[.;(:])\s*|\b(?:[Gg]iao|do|[Yy]êu cầu|[Đđ]ề nghị)\s+(?:cho\s+)?")
_LEADS = re.compile(r"(?:làm\s+)?(?:đầu mối\s+)?chủ trì\b|làm đầu mối\b|là (?:cơ quan|đơn vị) (?:chủ trì|đầu mối)\b")


def leads_in(passage: Passage) -> Iterator[tuple[int, UnitList]]:
    """Find who is told to lead in running text: "Giao Sở A chủ trì, …", "(Sở A chủ trì)"; each with its place."""
    if "chu tri" not in passage.folded and "dau moi" not in passage.folded:
        return
    for opening in _ORDER_OPENS.finditer(passage.text):
        named = take_units(passage[opening.end() : opening.end() + NAMES_WITHIN])
        if named.units and _LEADS.match(named.rest.text):
            yield opening.start(), named


def take_body(passage: Passage, *, heads: bool = False) -> UnitList:
    """Take who must act from the head of an order, also behind "Trách nhiệm của" or "Căn cứ Kế hoạch này,".

    `heads` says that the passage only heads what stands below: then a verb may be part of the name
    ("Các cơ quan quản lý ngành"), unless the verb is one that orders.
    """
    named = _take_heading(passage, heads=heads)
    if named.units:
        return named
    of = _DUTY_OF.match(passage.text)
    if of is not None:
        inner = _take_heading(passage[of.end() :], heads=heads)
        if inner.units or of.group().startswith(("Đối", "Riêng")):
            return inner
        stop = _CLAUSE_END.search(passage.text, of.end())
        whole = passage[of.end() : stop.start() if stop else len(passage)].strip(" ,;:.")
        if whole and len(whole) <= _LONGEST_NAME:
            rest = passage[stop.start() :].lstrip(" ,;:.") if stop else passage[:0]
            return UnitList([whole], rest, whole)
        return named
    ground = _GROUND.match(passage.text)
    if ground is not None:
        inner = take_units(passage[ground.end() :])
        if inner.units and inner.rest:
            return inner
    return named


def _take_heading(passage: Passage, *, heads: bool) -> UnitList:
    named = take_units(passage)
    if named.units and heads and named.rest and _QUALIFIES.match(_CLAUSE_END.split(named.rest.text)[0]):
        stop = _CLAUSE_END.search(passage.text)
        whole = passage[: stop.start() if stop else len(passage)]
        asked = _REQUEST.match(whole.text)
        whole = (whole[asked.end() :] if asked else whole).strip(" ,;:.")
        if len(whole) <= _LONGEST_NAME:
            return UnitList(split_units(whole), passage[:0], whole, is_request=named.is_request)
    return named
