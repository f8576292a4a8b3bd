"""What a label may say: of an area, never of people by religion or ethnicity, and never how many."""

import re

# Folded words that name people by religion or ethnicity. The one class of the plan that stands near it ("vùng có đông
# đồng bào theo đạo", IV.7) is an area's and comes with the system; a person cannot add another.
_OF_PEOPLE = re.compile(
    r"\b(dan toc|ton giao|dong bao|theo dao|dao phat|phat giao|phat tu|cong giao|thien chua|tin lanh|hoi giao|cao dai"
    r"|hoa hao|giao dan|giao xu|tin do|luong giao|nguoi (chut|lao|thai|muong|tay|nung|hmong|dao|khmer|cham|kinh))\b"
)
_COUNTS = re.compile(r"\d|%|\b(ty le|so nguoi|so ho)\b")


def names_people(folded: str) -> bool:
    """Tell whether a folded name names people by religion or ethnicity."""
    return _OF_PEOPLE.search(folded) is not None


def counts_people(folded: str) -> bool:
    """Tell whether a folded name gives a number or a rate."""
    return _COUNTS.search(folded) is not None


def code_for(folded: str) -> str:
    """Make a code of a folded name: 'tieng-h-re' of 'tieng h re', at most 40 characters."""
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:40].strip("-")
