"""What is painted on poles and stuck on doors: the codes of clusters and facilities."""

import re

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,29}")
_BY_NUMBER = re.compile(r"TC([1-9][0-9]{0,17})")


def is_cluster_code(text: str) -> bool:
    """Tell whether a code of a cluster is 3 to 30 of A–Z, 0–9 and hyphen, as painted on the pole ('18196-C01')."""
    return _CODE.fullmatch(text) is not None


def is_facility_code(text: str) -> bool:
    """Tell whether a facility may have a code: as a cluster's, but not what labels make of a number ('TC17')."""
    return is_cluster_code(text) and _BY_NUMBER.fullmatch(text) is None


def code_on_label(code: str, number: int) -> str:
    """Give the code that a facility's label shows: its own, or one made of its number when it has none."""
    return code or f"TC{number}"


def number_on_label(code: str) -> int:
    """Read the number of a facility off such a code; 0, which no record has, when it is none."""
    found = _BY_NUMBER.fullmatch(code)
    return int(found[1]) if found else 0
