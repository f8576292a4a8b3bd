"""Print what `make slow` tried, as a page: `python scripts/make_slow_table.py RESULTS.xml > docs/reference/slow.md`."""

import sys
from datetime import date

from defusedxml import ElementTree

from coso.kit import clock

WORDS = {"failure": "failed", "error": "failed", "skipped": "left out"}


def page(file: str, day: date) -> str:
    """Give the page of the results that pytest wrote as JUnit XML."""
    rows = []
    for case in ElementTree.parse(file).iter("testcase"):
        result = next((word for tag, word in WORDS.items() if case.find(tag) is not None), "held")
        figures = "; ".join(f"{one.get('name')}: {one.get('value')}" for one in case.iter("property"))
        name = (case.get("name") or "").removeprefix("test_").replace("_", " ")
        rows.append(f"| {name} | {result} | {float(case.get('time') or 0):.1f} | {figures} |")
    lines = "\n".join(sorted(rows))
    return (
        "# The long tests\n\nSoak, faults and made-up input: the last run of `make slow`, "
        f"{day:%d/%m/%Y}, on 2 cores. Printed by `make slow`.\n\n"
        f"| what was tried | result | seconds | figures |\n|---|---|---|---|\n{lines}\n"
    )


if __name__ == "__main__":
    print(page(sys.argv[1], clock.today()), end="")
