"""To whom a document goes, as its list of recipients says: why and in which form; who hears that nothing came back.

The list stands under "Nơi nhận" (Nghị định 30/2020/NĐ-CP, Phụ lục I); which lines go on paper is told by its own
words, such as "Bản giấy: TP không nhận được bản ĐT; Bản điện tử: Các thành phần khác".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from coso.kit.text import fold, squeeze

LONGEST_NAME = 300
_REMARK = re.compile(r"\s*[;,]?\s*\(([^()]*)\)[\s;,.:]*$")
_REPORT = re.compile(r"\b(?:b ?/ ?c(?:ao)?|bao cao)\b")
_ACT = re.compile(r"\b(?:t ?/ ?h(?:ien)?|thuc hien|p(?:h)? ?/ ?h(?:op)?|phoi hop|chi dao)\b")
_EVERYBODY = re.compile(
    r"\b(?:thanh phan|noi nhan|don vi|co quan)?\s*(?:khac|con lai)\b|^(?:tat ca|nhu tren|cac noi nhan)"
)
_CANNOT = re.compile(r"\b(?:khong|chua) (?:nhan|co|the nhan)\b")


@dataclass(frozen=True)
class RecipientLine:
    """One line of the list."""

    name: str
    purpose: str
    """act, report, know or file."""
    form: str
    """paper or electronic."""


def recipient_lines(names: Sequence[str], delivery: Mapping[str, str] | None = None) -> list[RecipientLine]:
    """Say of each line why and in which form it gets the document.

    `delivery`: the document's own words, under "paper" and "electronic". What it does not say goes electronically,
    and what is filed is kept on paper.
    """
    words = {form: fold(said or "") for form, said in (delivery or {}).items()}
    lines = [squeeze(name)[:LONGEST_NAME] for name in names]
    return [
        RecipientLine(name, purpose, _form(name, purpose, words)) for name in lines if (purpose := purpose_of(name))
    ]


def purpose_of(name: str) -> str:
    """Say why a line gets the document; "" for an empty one."""
    folded = fold(name)
    remark = _REMARK.search(squeeze(name))
    said = fold(remark[1]) if remark else ""
    if not folded or folded.startswith("luu"):
        return "file" if folded else ""
    if _REPORT.search(said):
        return "report"
    if _ACT.search(said) or folded.startswith(("nhu tren", "nhu dieu")):
        return "act"
    return "know"


def _form(name: str, purpose: str, words: Mapping[str, str]) -> str:
    if purpose == "file":
        return "paper"
    wanted, paper, electronic = fold(bare(name)), words.get("paper", ""), words.get("electronic", "")
    if wanted and wanted in paper:
        return "paper"
    if (wanted and wanted in electronic) or not paper or _CANNOT.search(paper):
        return "electronic"
    return "paper" if _EVERYBODY.search(paper) else "electronic"


def form_of_copy(form: str, delivery: Mapping[str, str] | None, *, is_reached: bool) -> str:
    """Say in which form one body gets its copy.

    Where the document's words keep paper for those who "không nhận được bản điện tử", whom nobody here can receive for
    gets paper.
    """
    on_paper = fold((delivery or {}).get("paper") or "")
    return "paper" if not is_reached and _CANNOT.search(on_paper) else form


def bare(name: str) -> str:
    """Leave out the remark behind a name: "Bộ Tài chính (để b/c)" gives "Bộ Tài chính"."""
    return _REMARK.sub("", squeeze(name)).strip(" ;,.:")


class Climb(IntEnum):
    """Who was told that an answer did not come."""

    NOBODY = 0
    RECEIVER = 1
    LEADER = 2
    SENDER = 3


CLIMBS = {Climb.RECEIVER: 1, Climb.LEADER: 3, Climb.SENDER: 5}
"""From how many days after the deadline on each level is told."""


def climb_due(answer_due: date, today: date) -> Climb:
    """Give the highest level that must know by now that an answer is missing."""
    late = (today - answer_due).days
    return max((level for level, days in CLIMBS.items() if late >= days), default=Climb.NOBODY)
