"""Kinds of official documents and their abbreviations (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""

from __future__ import annotations

from .passages import fold

# name: abbreviations in the symbol
KINDS: dict[str, tuple[str, ...]] = {
    "Nghị quyết": ("NQ",),
    "Quyết định": ("QĐ",),
    "Chỉ thị": ("CT",),
    "Quy chế": ("QC",),
    "Quy định": ("QyĐ", "QĐi"),
    "Thông cáo": ("TC",),
    "Thông báo": ("TB",),
    "Thông tư": ("TT",),
    "Hướng dẫn": ("HD",),
    "Chương trình hành động": ("CTr", "CTHĐ"),
    "Chương trình": ("CTr",),
    "Kế hoạch": ("KH",),
    "Phương án": ("PA",),
    "Đề án": ("ĐA",),
    "Dự án": ("DA",),
    "Báo cáo": ("BC",),
    "Biên bản": ("BB",),
    "Tờ trình": ("TTr",),
    "Công điện": ("CĐ",),
    "Kết luận": ("KL",),
    "Chiến lược": ("CL",),
    "Nghị định": ("NĐ",),
    "Luật": (),
    "Pháp lệnh": ("PL",),
    "Hiến pháp": (),
    "Công văn": (),
}
LETTER = "Công văn"

_BY_FOLDED = {fold(name): name for name in KINDS}
_BY_ABBREVIATION = {
    fold(abbreviation): name for name, abbreviations in reversed(KINDS.items()) for abbreviation in abbreviations
}


def kind_of_line(line: str) -> str | None:
    """Give the kind that a heading line names ("KẾ HOẠCH"); None for any other line."""
    return _BY_FOLDED.get(fold(line.strip(" .:")))


def kind_of_symbol(symbol: str) -> str | None:
    """Give the kind that a symbol names (`KH-UBND`); None for a letter, whose symbol begins with its author."""
    return _BY_ABBREVIATION.get(fold(symbol.replace("/", "-").split("-")[0]))
