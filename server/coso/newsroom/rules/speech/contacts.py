"""Telephone numbers, hotlines, numbers of cards and accounts, e-mail and web addresses."""

import re

from coso.newsroom.rules.speech.letters import spell, split_syllables
from coso.newsroom.rules.speech.numbers import read_digits, read_integer
from coso.newsroom.rules.speech.scan import Rule, Said, Scan

_CALLS = re.compile(
    r"\b(?:gọi|điện thoại|hotline|đường dây nóng|tổng đài|liên hệ|đt|sđt|tel|alo|số máy|fax|zalo|gọi số|quay số)\b",
    re.I,
)
# National short numbers: child protection, disaster, police, fire, ambulance and the provinces' 1022.
_SHORT = frozenset(["111", "112", "113", "114", "115", "116", "117", "119", "1022"])
_AFTER_CALL = re.compile(r" ?(?:$|[\n,.;:!?)\-–/]|(?:và|hoặc|hay|để|khi|ngay|nếu|nhé|gặp|từ)\b|\d)")
_CARDS = re.compile(
    r"(?:cccd|cmnd|căn cước|mã số|mã số thuế|tài khoản|mst|số thẻ|mã|stk|seri|số hiệu)(?: số)?:? $", re.I
)

_LABELS = {"vn": "vê en", "gov": "gốp", "com": "com", "net": "nét", "org": "o rờ giê", "edu": "e đu", "info": "in phô",
           "gmail": "gờ meo", "yahoo": "da hu", "facebook": "phây búc", "youtube": "du túp", "zalo": "da lô",
           "html": "hát tê em e lờ", "pdf": "pê đê ép"}  # fmt: skip
_JOINTS = {".": "chấm", "@": "a còng", "-": "gạch ngang", "_": "gạch dưới", "/": "gạch chéo", "?": "hỏi", "=": "bằng",
           "&": "và", "%": "phần trăm", "+": "cộng", ":": "hai chấm", "#": "thăng"}  # fmt: skip


def _groups(digits: str) -> list[str]:
    if len(digits) <= 4:
        return [digits]
    if len(digits) == 7:
        return [digits[:3], digits[3:]]
    if len(digits) == 8:
        return [digits[:4], digits[4:]]
    if len(digits) >= 10:
        return [digits[:4], *_groups(digits[4:])]
    return [digits[:3], *_groups(digits[3:])]


def _phone(scan: Scan, m: re.Match[str]) -> Said | None:
    written = m.group()
    count = sum(c.isdigit() for c in written)
    if not 9 <= count <= 12:
        return None
    groups = [g for part in re.findall(r"\d+", written) for g in _groups(part)]
    lead = "cộng " if written.startswith("+") else ""
    return Said(lead + ", ".join(read_digits(g) for g in groups))


def _service(scan: Scan, m: re.Match[str]) -> Said | None:
    if not 8 <= sum(c.isdigit() for c in m.group()) <= 10:
        return None
    groups = [g for part in re.findall(r"\d+", m.group()) for g in _groups(part)]
    return Said(", ".join(read_digits(g) for g in groups))


def _short(scan: Scan, m: re.Match[str]) -> Said | None:
    clause = re.split(r"[.!?](?: |$)", scan.line_before())[-1][-90:]
    calls = list(_CALLS.finditer(clause)) if m.group() in _SHORT else []
    if not calls:
        return None
    between = clause[calls[-1].end() :]
    listed = re.fullmatch(r"[^\d]{0,40}(?:\d{3,4}[ ,;:/\-–]*(?:(?:và|hoặc|hay) )?(?:số )?)*", between)
    if not listed or not _AFTER_CALL.match(scan.text[m.end() : m.end() + 8]):
        return None
    return Said(read_digits(m.group()))


def _card(scan: Scan, m: re.Match[str]) -> Said | None:
    if not _CARDS.search(scan.line_before()[-30:]):
        return None
    digits = m.group().replace(" ", "")
    return Said(", ".join(read_digits(digits[i : i + 3]) for i in range(0, len(digits), 3)))


def _label(label: str) -> str:
    lowered = label.lower()
    if lowered in _LABELS:
        return _LABELS[lowered]
    if lowered.isdigit():
        return read_digits(lowered) if len(lowered) > 4 else read_integer(lowered)
    syllables = split_syllables(lowered) if lowered.isascii() and len(lowered) > 1 else None
    return " ".join(syllables) if syllables else spell(lowered)


def read_address(address: str) -> str:
    """Read an e-mail or web address: "hatinh.gov.vn" is "ha tinh chấm gốp chấm vê en"."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", address, flags=re.I).rstrip("/")
    said = [
        _JOINTS.get(part, "") if not part[0].isalnum() else _label(part)
        for part in re.findall(r"[^\W\d_]+|\d+|[^\w\s]|_", bare)
    ]
    return " ".join(s for s in said if s)


def _address(scan: Scan, m: re.Match[str]) -> Said | None:
    written = m.group().rstrip(".,;:!?)]}'\"”»…")
    if scan.text[scan.pos - 1 : scan.pos].isalpha():
        return None
    return Said(read_address(written), length=len(written)) if written else None


_HOST = r"(?:[A-Za-z0-9-]+\.)+(?:vn|com|net|org|gov|edu|info)"
RULES: list[Rule] = [
    (re.compile(r"(?:https?://|www\.)(?=[^\W_])[^\s<>()\[\]|,;]+", re.I), _address),
    (re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), _address),
    (re.compile(rf"{_HOST}(?:/[^\s<>()\[\]|,;]*)?(?![^\W\d])"), _address),
    (re.compile(r"\d{6,20}(?!\d|[.,/]\d)|\d{3,4}(?: \d{3,4}){2,5}(?!\d|[.,/]\d)"), _card),
    (re.compile(r"(?:\( ?0[1-9]\d{0,2} ?\)|\+84|0[1-9])[ .\-]{0,2}\d(?:[ .\-]?\d){5,9}(?!\d|[.,/]\d)"), _phone),
    (re.compile(r"1[89]00[ .]?\d{2,6}(?:[ .]\d{2,4})?(?!\d|[.,/]\d)"), _service),
    (re.compile(r"\d{3,4}(?!\d|[.,/:]\d)"), _short),
]
