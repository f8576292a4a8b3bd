"""What is true of stations and clusters without a database."""

import re


def is_cluster_code(text: str) -> bool:
    """Tell whether a code of a cluster is 3 to 30 of A–Z, 0–9 and hyphen, as painted on the pole ('18196-C01')."""
    return re.fullmatch(r"[A-Z0-9][A-Z0-9-]{2,29}", text) is not None
