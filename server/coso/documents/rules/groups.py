"""Which bodies a collective name means: by level, by the kind of unit, by what the law calls so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .naming import plain_words, without_title

DISTRICTS = ("huyện", "thành phố", "thị xã", "quận")
COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_UNITS = (*DISTRICTS, *COMMUNES, "tỉnh")

_UNIT = r"(?:huyện|thành phố|thị xã|quận|xã|phường|thị trấn|đặc khu|tỉnh)"
_SEPARATOR = r"(?:,| và|, và|;|/| -)\s*(?:các\s+)?"
_COMMITTEES = re.compile(
    rf"\A(?:(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+)?(?P<all>(?:tất cả\s+)?các\s+)?"
    rf"(?P<units>{_UNIT}\b(?:{_SEPARATOR}{_UNIT}\b)*)(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_LEVEL = re.compile(
    r"\A(?:(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+|các\s+)?(?:các\s+)?(?:cấp|"
    r"địa phương cấp)\s+(?P<level>huyện|xã)\b",
    re.IGNORECASE,
)
_SECTORS = re.compile(r"\A(?:các\s+)?sở\s*:\s*(?P<names>.+)\Z", re.IGNORECASE | re.DOTALL)
_DEPARTMENTS = re.compile(
    r"\A(?:tất cả\s+)?(?:các\s+)?(?:ban\W+)?sở\b\W*(?P<more>(?:và|ban|ngành|đơn vị|cơ quan|đoàn thể|khác)\b.*)?\Z", re.I
)
_PRESS = re.compile(
    r"\A(?:các\s+)(?:cơ quan\s+)?(?:(?:thông tấn|truyền thông|báo chí|báo|đài)\b\W*(?:và\s+)?)+", re.IGNORECASE
)
_MASS = re.compile(
    r"\A(?:các\s+)(?:hội\W+)?(?:tổ chức|"
    r"đoàn thể)\s*(?:chính trị\s*[-–]\s*xã hội)?(?:\s+(?:cấp\s+)?tỉnh)?\Z",
    re.IGNORECASE,
)
# Which of a group is left open: whoever leads asks those whom it needs.
_OPEN = re.compile(r"\b(?:có\s+)?liên quan\b|\bkhác\b", re.IGNORECASE)
# The socio-political organizations of Hiến pháp 2013, Điều 9, beside the Front; how their names begin, folded.
MASS_ORGANIZATIONS = (
    ("cong", "doan"),
    ("lien", "doan", "lao", "dong"),
    ("hoi", "nong", "dan"),
    ("doan", "thanh", "nien"),
    ("tinh", "doan"),
    ("hoi", "lien", "hiep", "phu", "nu"),
    ("hoi", "lhpn"),
    ("hoi", "cuu", "chien", "binh"),
    ("hoi", "ccb"),
)


@dataclass(frozen=True)
class Group:
    """The bodies that a collective name means."""

    kinds: tuple[str, ...] = ()
    """Kinds of bodies (`organizations.models.BODY_KINDS`)."""
    units: tuple[str, ...] = ()
    """Kinds of units, folded ('thi xa'), whose committees are meant; empty: of all."""
    places: tuple[str, ...] = ()
    """Names of units, folded, where the name spells them out."""
    beginnings: tuple[tuple[str, ...], ...] = ()
    """How the names of the bodies begin, in plain words."""
    sectors: tuple[str, ...] = ()
    """The parts of a spelled list of departments, as written."""
    is_open: bool = False
    """The name leaves open which of them ('liên quan')."""


def group_of(name: str) -> Group | None:
    """Read a collective name; None when it names a single body."""
    said = without_title(" ".join(name.split()))
    level = _LEVEL.match(said)
    if level:
        return Group(kinds=("district_authority" if level["level"].lower() == "huyện" else "commune_authority",))
    committees = _COMMITTEES.match(said)
    if committees:
        return _committees(committees)
    sectors = _SECTORS.match(said)
    if sectors:
        return Group(kinds=("provincial_department",), sectors=tuple(re.split(r",\s*", sectors["names"].strip(" .;"))))
    is_open = _OPEN.search(said) is not None
    if _MASS.match(said):
        return Group(beginnings=MASS_ORGANIZATIONS)
    if _PRESS.match(said):
        return Group(kinds=("press",), is_open=is_open)
    departments = _DEPARTMENTS.match(said)
    if departments and (said[:3].lower() in ("các", "tất") or departments["more"]):
        more = (departments["more"] or "").lower()
        offices = ("provincial_office",) if "ban" in more or "ngành" in more else ()
        return Group(kinds=("provincial_department", *offices), is_open=is_open)
    return None


def _committees(found: re.Match[str]) -> Group | None:
    units = [one.lower() for one in re.findall(_UNIT, found["units"], re.IGNORECASE)]
    rest = found["rest"].strip(" ,.;:")
    named = _places(rest)
    if found["all"] is None and (len(units) < 2 or named):
        # "UBND huyện Can Lộc": one committee.
        return None
    kinds = []
    if "tỉnh" in units:
        # "các tỉnh, thành phố trực thuộc Trung ương": a city beside provinces is one of them.
        kinds.append("provincial_authority")
    elif any(unit in DISTRICTS for unit in units):
        kinds.append("district_authority")
    if any(unit in COMMUNES for unit in units):
        kinds.append("commune_authority")
    folded = tuple(" ".join(plain_words(unit)) for unit in units)
    return Group(
        kinds=tuple(kinds),
        units=() if "tỉnh" in units else folded,
        places=named,
        is_open=_OPEN.search(rest) is not None,
    )


def _places(rest: str) -> tuple[str, ...]:
    """Give the names that follow the kinds of units: 'Hương Sơn, Vũ Quang và Đức Thọ'."""
    parts = [part.strip() for part in re.split(r",|;|\bvà\b", rest) if part.strip()]
    if not parts or not all(part[0].isupper() or part[0].isdigit() for part in parts):
        return ()
    return tuple(" ".join(plain_words(part)) for part in parts)
