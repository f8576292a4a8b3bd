"""Time phrases: when something is due, or how often it comes back."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass

from .passages import Passage, derived
from .spans import Found


@dataclass(frozen=True)
class Time:
    """What a time phrase says; `due` is ISO at the precision given (2017-06, 2027-Q2, 2030, 2025-12-15)."""

    text: Found[str]
    due: Found[str] | None
    recurrence: Found[str] | None
    starts: Found[str] | None = None

    @property
    def is_understood(self) -> bool:
        """Tell whether the phrase gave a date, a beginning or a recurrence."""
        return self.due is not None or self.recurrence is not None or self.starts is not None


_ROMAN_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_EVERY = r"(?:hang|hằng|moi|tung|dinh ky(?: hang| moi)?)"

# All patterns run on folded text. The first one to appear in the phrase counts; on a draw the earlier row.
_RECURRENCES: list[tuple[str, re.Pattern[str]]] = [
    ("half_yearly", re.compile(r"\b(?:dinh ky|hang|moi|theo) (?:0?6|sau) thang\b|\b(?:hang|moi) nua nam\b")),
    ("half_yearly", re.compile(r"\b0?6 thang(?:/lan| mot lan| 1 lan|, (?:hang )?nam| va (?:hang )?nam)\b")),
    ("half_yearly", re.compile(r"\b(?:0?2|hai) lan ?(?:/|moi|trong) ?(?:0?1 |mot )?nam\b")),
    ("annual", re.compile(r"\b(?:0?1|mot) lan ?(?:/|moi|trong) ?(?:0?1 |mot )?nam\b")),
    ("quarterly", re.compile(r"\b(?:0?1|mot) lan ?(?:/|moi|trong) ?(?:0?1 |mot )?quy\b")),
    ("monthly", re.compile(r"\b(?:0?1|mot) lan ?(?:/|moi|trong) ?(?:0?1 |mot )?thang\b")),
    ("quarterly", re.compile(rf"\b{_EVERY} quy\b|\b(?:0?3|ba) thang(?:/lan| mot lan| 1 lan)")),
    ("monthly", re.compile(rf"\b{_EVERY} thang\b|\bthang mot lan\b")),
    ("weekly", re.compile(rf"\b{_EVERY} tuan\b")),
    ("daily", re.compile(rf"\b{_EVERY} ngay\b")),
    ("annual", re.compile(rf"\b{_EVERY} nam\b|\bthuong nien\b|\bcac nam trong\b")),
    ("continuous", re.compile(r"\bthuong xuyen\b|\blien tuc\b|\bxuyen suot\b|\btrong suot\b")),
]

# A scan gives l, 1 or ! for the I of "quý II".
_Q = r"[il1!]v|[il!]{1,3}|[1-4]"
_YEAR = r"(?P<y>(?:19|20)\d{2})"
_DASH = r"\s*[-–—]\s*"
_DATES: list[tuple[re.Pattern[str], Callable[[re.Match[str], int | None], str | None]]] = [
    (
        re.compile(r"thang (?:\d{1,2}\s*(?:,|va|-|–)\s*(?:thang )?)+(?P<m>\d{1,2})\s*(?:/|-|nam)\s*" + _YEAR),
        lambda m, _: _month(int(m["y"]), int(m["m"])),
    ),
    (
        re.compile(r"(?<!\d)(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})\s*[/.\-]\s*" + _YEAR + r"\b"),
        lambda m, _: iso_day(int(m["y"]), int(m["m"]), int(m["d"])),
    ),
    (
        re.compile(r"ngay (?P<d>\d{1,2}) ?thang (?P<m>\d{1,2}) nam " + _YEAR),
        lambda m, _: iso_day(int(m["y"]), int(m["m"]), int(m["d"])),
    ),
    (
        re.compile(r"ngay (?P<d>\d{1,2})(?:/| ?thang )(?P<m>\d{1,2})\b(?!\s*[/\d]| nam)"),
        lambda m, year: iso_day(year, int(m["m"]), int(m["d"])) if year else None,
    ),
    (
        re.compile(
            rf"quy (?:(?:{_Q})\s*(?:,|va|-|–)\s*(?:quy )?)+(?P<q>{_Q})\b\s*(?:/|-|"
            r"nam)?\s*" + _YEAR
        ),
        lambda m, _: _quarter(int(m["y"]), m["q"]),
    ),
    (
        re.compile(r"\b(?:truoc|den|het|vao|nhat|tu|la) (?P<d>\d{1,2})/(?P<m>\d{1,2})\b(?![/\d])"),
        lambda m, year: iso_day(year, int(m["m"]), int(m["d"])) if year else None,
    ),
    (
        re.compile(rf"quy (?P<q>{_Q})\b(?:\s*(?:/|-|nam)\s*|\s+nam\s+|\s+)?" + _YEAR),
        lambda m, _: _quarter(int(m["y"]), m["q"]),
    ),
    (
        re.compile(rf"quy (?P<q>{_Q})\b(?! (?:19|20)\d)"),
        lambda m, year: _quarter(year, m["q"]) if year else None,
    ),
    (
        re.compile(r"thang (?P<m>\d{1,2})\s*(?:/|-|nam|,? nam)\s*" + _YEAR),
        lambda m, _: _month(int(m["y"]), int(m["m"])),
    ),
    (
        re.compile(r"thang (?P<m>\d{1,2})\b(?!\s*[/\-]?\s*\d)"),
        lambda m, year: _month(year, int(m["m"])) if year else None,
    ),
    (re.compile(r"(?:nam )?(?P<from>(?:19|20)\d{2})" + _DASH + _YEAR), lambda m, _: m["y"]),
    (re.compile(r"\A(?:hoan thanh )?trong nam\Z"), lambda _, year: str(year) if year else None),
    (re.compile(r"\b(?:nam|den|het|truoc) (?:nam )?" + _YEAR), lambda m, _: m["y"]),
    (re.compile(r"(?<![\d/.\-])" + _YEAR + r"\b(?![/.\-]\d)"), lambda m, _: m["y"]),
]
# What opens a deadline is not part of what must be delivered by then.
_OPENERS = re.compile(
    r"(?:\b(?:cham nhat|xong|hoan thanh|trong|truoc|vao|den het|den|het|khoang|la|ke tu|tu|muon nhat|ngay|"
    r"thoi gian)\b|[,;(\-–])\s*\Z"
)


_OPEN_ENDED = re.compile(
    r"\b(?:va|den) (?:nhung|cac) nam (?:tiep theo|sau|toi)|\btro di\b|\btu\b.*\bden khi\b|"
    r"\Atu (?:nam|thang|quy|ngay)?\s*[\w/]+(?:/\d{4}| nam \d{4})?\Z"
)
_FROM = re.compile(r"tu\b")


def iso_day(year: int | None, month: int, day: int) -> str | None:
    """Give a day in ISO; None when the calendar has no such day."""
    if year is None or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _month(year: int, month: int) -> str | None:
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None


def _quarter(year: int, quarter: str) -> str:
    roman = re.sub("[l!]", "i", quarter.replace("1v", "iv"))
    return f"{year:04d}-Q{_ROMAN_QUARTERS.get(roman) or int(quarter)}"


def find_recurrence(passage: Passage) -> Found[str] | None:
    """Find how often something comes back: the first recurrence named."""
    found = [
        (match.start(), row, name, match)
        for row, (name, pattern) in enumerate(_RECURRENCES)
        if (match := pattern.search(passage.folded))
    ]
    if not found:
        return None
    _, _, name, match = min(found, key=lambda hit: hit[:2])
    return derived(name, passage.group(match))


def find_dates(passage: Passage, year: int | None) -> list[tuple[str, Passage]]:
    """Find the dates in a phrase, in reading order; `year` completes those that name none."""
    taken: list[tuple[int, int]] = []
    dates: list[tuple[int, str, Passage]] = []
    for pattern, give in _DATES:
        for match in pattern.finditer(passage.folded):
            if any(match.start() < end and begin < match.end() for begin, end in taken):
                continue
            taken.append(match.span())
            value = give(match, year)
            if value is not None:
                dates.append((match.start(), value, passage.group(match)))
    return [(value, where) for _, value, where in sorted(dates, key=lambda date: date[0])]


def read_time(passage: Passage, *, year: int | None) -> Time:
    """Read a time phrase; `year` is the document's, for "trong quý II" and the like.

    A span of time (2025 - 2030) starts at its first date and is due at its last. A recurrence with a
    day in it ("hàng năm, trước ngày 15/12") has no single due date.
    """
    kept = passage.strip(" .;,")
    recurrence = find_recurrence(kept)
    dates = find_dates(kept, None if recurrence else year)
    due = derived(*dates[-1]) if dates else None
    starts = None
    if dates and _OPEN_ENDED.search(kept.folded):
        return Time(kept.found(), None, recurrence, derived(*dates[0]))
    if len(dates) > 1 and _FROM.match(kept.folded):
        starts = derived(*dates[0])
    ranged = re.search(r"(?:19|20)\d{2}" + _DASH + r"(?:19|20)\d{2}", kept.text)
    if ranged is not None:
        starts = derived(ranged.group()[:4], kept[ranged.start() : ranged.start() + 4])
    return Time(kept.found(), due, recurrence, starts)


def before_deadline(passage: Passage, *, year: int | None) -> Passage | None:
    """Give what a time phrase says before its date: the thing to deliver; None when it names none."""
    dates = find_dates(passage, year)
    if not dates:
        return None
    head = passage[: passage.starts.index(dates[0][1].starts[0])].rstrip()
    while (opener := _OPENERS.search(head.folded)) is not None:
        head = head[: opener.start()].rstrip()
    return head if len(head.text.split()) >= 2 else None


# A deadline in running text needs a word that makes it one: dates of cited papers are no deadlines.
_DEADLINE = re.compile(
    r"(?:thoi (?:gian|han)(?: thuc hien| hoan thanh| trien khai)?\s*:?\s*(?:xong|hoan thanh)?|hoan thanh(?: xong|"
    r" viec nay| cong viec)?|\bxong|"
    r"gui (?:ve|bao cao|ket qua)[^.;]{0,80}?|bao cao[^.;]{0,80}?|trinh[^.;]{0,60}?|ban hanh[^.;]{0,40}?)\s*"
    r"(?:truoc|trong|cham nhat(?: la)?(?: vao| truoc)?|den het|vao|tu)\s+(?:cuoi |het |thoi diem )?"
    r"(?:ngay|thang|quy|nam|(?=\d{1,2}/))[^.;()]{0,40}"
)
_PERIOD = re.compile(r"(?:trong|nam)\s+(?:nam\s+)?(?:19|20)\d{2}(?P<open>\s+va (?:nhung|cac) nam tiep theo)?")


def find_deadline(passage: Passage, year: int | None) -> Time | None:
    """Find a deadline that running text states: "hoàn thành trước ngày 15/12/2025"; None where it states none."""
    for match in _DEADLINE.finditer(passage.folded):
        said = passage.group(match).strip(" ,:")
        if find_dates(said, year):
            return read_time(said, year=year)
    return None


def find_period(passage: Passage) -> Time | None:
    """Find the year that an order is for: "Trong năm 2018, …"; "và những năm tiếp theo" has no end."""
    match = _PERIOD.search(passage.folded)
    if match is None:
        return None
    said = passage.group(match)
    read = read_time(said, year=None)
    return Time(said.found(), None, None, read.due) if match["open"] else read
