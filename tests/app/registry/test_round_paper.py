"""The report about an inspection round begins with what was looked at and what was found."""

import pytest
from django.urls import reverse

from coso.documents.ports import begin_paper
from coso.registry.models import Defect
from tests.app.registry.inspecting import BAD, filled, opened

pytestmark = pytest.mark.django_db


def test_the_report_tells_counts_by_commune_and_each_defect(world):
    round_ = opened(world)
    filled(world, round_, BAD)

    begun = begin_paper("inspection_round", world.editor, str(round_.pk))

    tables = [block.rows for block in begun.content.body if block.rows]
    assert begun.kind == "report"
    assert begun.title == "Kết quả rà soát thiết chế năm 2026"
    assert [line[1] for line in tables[0][1:]] == ["Xã Sơn Kim 1"]
    assert tables[0][1][2:] == ["1", "1", "0", str(Defect.objects.count())]
    assert "Chưa khắc phục" in tables[1][1]


def test_a_round_of_other_places_begins_nothing(world):
    round_ = opened(world, place=world.son_kim)

    assert begin_paper("inspection_round", world.other_officer, str(round_.pk)) is None
    assert begin_paper("inspection_round", world.officer, "x") is None


def test_the_result_offers_the_report_to_who_writes_papers(client, world):
    round_ = opened(world)
    address = reverse("registry:results", args=[round_.pk])
    client.force_login(world.editor)
    assert f"about=inspection_round:{round_.pk}" in client.get(address).content.decode()

    client.force_login(world.auditor)
    assert f"about=inspection_round:{round_.pk}" not in client.get(address).content.decode()
