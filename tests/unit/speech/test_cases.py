"""Each row of cases.tsv is written so and read so."""

import csv
from pathlib import Path

import pytest

from coso.newsroom.rules.speech import speak_text

_LINES = Path(__file__).with_name("cases.tsv").read_text(encoding="utf-8").splitlines()
CASES = list(csv.DictReader(_LINES, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", CASES, ids=[f"{c['about']}: {c['written']}" for c in CASES])
def test_what_is_written_is_read_as_people_say_it(case):
    spoken = speak_text(case["written"])

    assert spoken.text == case["spoken"]
