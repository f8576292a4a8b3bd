"""Dates, months, quarters and times of day."""

import re

from coso.newsroom.rules.speech.numbers import read_counted, read_integer, read_number, roman_value
from coso.newsroom.rules.speech.scan import Kind, Rule, Said, Scan

_FREE = r"(?![\d])(?![.,/:-]\d)"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
# After these words a bare "5/9" needs the word "ngày" to be understood by ear.
_NEEDS_DAY = frozenset(["từ", "đến", "tới", "trước", "sau", "vào", "hết", "kể"])
_SAYS_DAY = (
    frozenset(["ngày", "mùng", "mồng", "hôm", "sáng", "trưa", "chiều", "tối", "đêm", "lễ", "dịp", "rằm", "nay", "cn"])
    | _NEEDS_DAY
)
# Days of the year known by their number: holidays and anniversaries of the country.
_KNOWN_DAYS = frozenset(
    [(2, 9), (30, 4), (1, 5), (8, 3), (20, 11), (27, 7), (22, 12), (10, 3), (20, 10), (26, 3), (3, 2), (19, 5),
     (19, 8), (1, 6), (21, 6), (27, 2), (9, 1), (15, 10), (13, 10), (28, 6), (1, 1), (9, 11), (18, 11), (10, 10)]
)  # fmt: skip
_NUMBERED = frozenset(
    ["số", "định", "tư", "luật", "quyết", "thị", "hoạch", "văn", "báo", "trình", "lệnh",
     "hd", "nđ", "tt", "qđ", "nq", "ct", "kh", "cv", "bc"]
)  # fmt: skip
_ORDERED = frozenset(["quý", "kỳ", "kì", "đợt", "lần", "tập", "khóa", "khoá"])
_PARTS = frozenset(["diện", "số", "dân", "quân", "thời", "tổng", "chiều"])
# After a date the sentence goes on with these; after a fraction comes what is counted.
_AFTER_DATE = frozenset(
    ["có", "đến", "tới", "tại", "này", "và", "vừa", "sẽ", "là", "hằng", "hàng", "năm", "trở", "ở", "do", "để",
     "nhằm", "cho", "thì", "với", "sáng", "chiều", "tối", "âm", "dương", "lịch", "được", "đã"]
)  # fmt: skip


def _month(written: str) -> str:
    return "tư" if int(written) == 4 else read_counted(written)


def _valid(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _year(written: str) -> str:
    return read_integer(written) if len(written) == 4 else read_counted(written)


def _lead(scan: Scan) -> str:
    return "ngày " if scan.word_before() in _NEEDS_DAY else ""


def _full_date(scan: Scan, m: re.Match[str]) -> Said | None:
    day, month, year = m["day"], m["month"], m["year"]
    if not _valid(day, month):
        return None
    if len(year) == 2 and scan.word_before() not in _SAYS_DAY:
        return None
    said = f"{read_counted(day)} tháng {_month(month)} năm {_year(year)}"
    return Said(_lead(scan) + said, Kind.DATE)


def _iso_date(scan: Scan, m: re.Match[str]) -> Said | None:
    if not _valid(m["day"], m["month"]):
        return None
    lead = "" if scan.word_before() in _SAYS_DAY - _NEEDS_DAY else "ngày "
    return Said(f"{lead}{read_counted(m['day'])} tháng {_month(m['month'])} năm {read_integer(m['year'])}", Kind.DATE)


def _days_of_month(scan: Scan, m: re.Match[str]) -> Said | None:
    if not (_valid(m["first"], m["month"]) and _valid(m["day"], m["month"])):
        return None
    if not m["year"] and not _speaks_of_days(scan):
        return None
    said = f"{read_counted(m['first'])} đến {read_counted(m['day'])} tháng {_month(m['month'])}"
    return Said(_lead(scan) + said + (f" năm {read_integer(m['year'])}" if m["year"] else ""), Kind.DATE)


def _speaks_of_days(scan: Scan) -> bool:
    return scan.word_before() in _SAYS_DAY or "ngày" in scan.words_before(5)


def _of(part: str, whole: str) -> str:
    return f"{read_counted(part)} trên {read_counted(whole)}"


def _day_of_month(scan: Scan, m: re.Match[str]) -> Said | None:
    day, month = m["day"], m["month"]
    if not _valid(day, month):
        return None
    date = f"{_lead(scan)}{read_counted(day)} tháng {_month(month)}"
    padded = day[0] == "0" or month[0] == "0"
    if padded or scan.just_said(Kind.DAY, gap=3) or _speaks_of_days(scan):
        return Said(date, Kind.DAY)
    if (int(day), int(month)) in _KNOWN_DAYS:
        return Said(date, Kind.DAY)
    following = re.match(r" ([^\W\d_]+)", scan.text[m.end() : m.end() + 20])
    if following and following[1] in _PARTS and int(day) < int(month):
        return Said(f"{read_counted(day)} phần {_month(month)}", Kind.NUMBER)
    if (int(day), int(month)) == (24, 7):
        return Said(_of(day, month), Kind.NUMBER)
    if following and following[1].islower() and following[1] not in _AFTER_DATE:
        return Said(_of(day, month), Kind.NUMBER, readings=(_of(day, month), date))
    return Said(date, Kind.DAY, readings=(date, _of(day, month)))


def _month_of_year(scan: Scan, m: re.Match[str]) -> Said | None:
    month, year = m["month"], m["year"]
    before = scan.words_before(1)
    if scan.word_before() in _NUMBERED | _ORDERED or not 1 <= int(month) <= 12:
        return Said(f"{read_integer(month)} năm {read_integer(year)}", Kind.NUMBER)
    named = scan.word_before() == "tháng" or (before and before[-1] == "tháng")
    return Said(f"{'' if named else 'tháng '}{_month(month)} năm {read_integer(year)}", Kind.DATE)


def _numbered_year(scan: Scan, m: re.Match[str]) -> Said | None:
    return Said(f"{read_integer(m['number'])} năm {read_integer(m['year'])}", Kind.NUMBER)


def _quarter(scan: Scan, m: re.Match[str]) -> Said | None:
    value = roman_value(m["roman"])
    return Said(f"{read_number(str(value))} năm {read_integer(m['year'])}", Kind.DATE) if value else None


def _clock(scan: Scan, m: re.Match[str]) -> Said | None:
    hour, minute = m["hour"], m["minute"]
    if int(hour) > 24 or (minute and int(minute) > 59):
        return None
    words = scan.words_before(2)
    if ":" in m.group() and ((words[-1:] and words[-1] in ("lệ", "đồ", "số")) or "tỷ" in words or "tỉ" in words):
        return None
    said = f"{read_counted(hour)} giờ"
    if minute and int(minute):
        said += f" {read_counted(minute)}"
        # "mười bảy giờ năm" is heard as an hour of five; the unit is needed below ten.
        if int(minute) < 10 or m["sign"]:
            said += " phút"
    second = m.groupdict().get("second")
    if second:
        said += f"{'' if said.endswith('phút') else ' phút'} {read_counted(second)} giây"
    return Said(said, Kind.TIME)


RULES: list[Rule] = [
    (re.compile(rf"(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d){_FREE}"), _iso_date),
    (re.compile(rf"{_DAY} ?/ ?{_MONTH} ?/ ?(?P<year>\d{{4}}|\d\d){_FREE}"), _full_date),
    (re.compile(rf"{_DAY}(?P<sep>[-.]){_MONTH}(?P=sep)(?P<year>(?:19|20)\d\d){_FREE}"), _full_date),
    (re.compile(rf"(?P<first>\d{{1,2}}) ?[-–] ?{_DAY}/{_MONTH}(?:/(?P<year>\d{{4}}))?{_FREE}"), _days_of_month),
    (re.compile(rf"{_MONTH} ?/ ?(?P<year>(?:19|20)\d\d){_FREE}"), _month_of_year),
    (re.compile(rf"(?P<number>\d{{1,6}})/(?P<year>(?:19|20)\d\d){_FREE}"), _numbered_year),
    (re.compile(rf"{_DAY}/{_MONTH}(?!\d)(?!/\d)"), _day_of_month),
    (re.compile(r"(?P<roman>[IVX]{1,5}) ?/ ?(?P<year>(?:19|20)\d\d)(?![\d/])"), _quarter),
    (
        re.compile(
            r"(?P<hour>\d{1,2}) ?(?:h|H|g|G)(?P<minute>\d\d)(?!\d)(?P<sign> ?(?:['’]|phút\b|ph\b|p\b))?(?![^\W_])"
        ),
        _clock,
    ),
    (re.compile(r"(?P<hour>\d{1,2})(?:h|H)(?P<minute>)(?P<sign>)(?![^\W_])"), _clock),
    (re.compile(r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?P<sign>)(?![\d:])"), _clock),
]
