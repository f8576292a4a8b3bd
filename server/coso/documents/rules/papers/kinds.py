"""What each kind of paper has and lacks (Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KindRule:
    """One kind: how it is named, shortened and built."""

    code: str
    name: str
    """As the paper prints it; a letter prints none."""
    short: str
    """What its symbol begins with (Phụ lục III); empty for a letter, whose symbol begins with its author."""
    said: str
    """Its name inside a sentence."""
    has_addressees: bool = False
    """Whether "Kính gửi:" stands above the text."""
    resolves: str = ""
    """What stands between the bases and the articles: "QUYẾT ĐỊNH:"."""
    has_secretary: bool = False
    """Whether who wrote it signs at the left (Phụ lục III, mẫu biên bản)."""
    has_articles: bool = False
    italic_bases: bool = False


KINDS: dict[str, KindRule] = {
    rule.code: rule
    for rule in (
        KindRule("letter", "", "", "Công văn", has_addressees=True),
        KindRule("plan", "KẾ HOẠCH", "KH", "Kế hoạch"),
        KindRule("report", "BÁO CÁO", "BC", "Báo cáo", has_addressees=True),
        KindRule(
            "decision",
            "QUYẾT ĐỊNH",
            "QĐ",
            "Quyết định",
            resolves="QUYẾT ĐỊNH:",
            has_articles=True,
            italic_bases=True,
        ),
        KindRule("minutes", "BIÊN BẢN", "BB", "Biên bản", has_secretary=True),
        KindRule("submission", "TỜ TRÌNH", "TTr", "Tờ trình", has_addressees=True),
        KindRule("scheme", "ĐỀ ÁN", "ĐA", "Đề án"),
        KindRule("notification", "THÔNG BÁO", "TB", "Thông báo"),
        KindRule("directive", "CHỈ THỊ", "CT", "Chỉ thị"),
    )
}
