"""Two people issue at the same moment: each paper has a number of its own."""

import threading
from datetime import date

import pytest
from django.db import connection

from coso.documents import actions
from coso.documents.models import Paper
from coso.kit.errors import BadInput, CosoError
from coso.organizations.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

DAY = date(2026, 11, 20)


def _approved(world, committee, told, many):
    papers = []
    for _at in range(many):
        paper = actions.write_paper(by=world.officer, kind="report", organization_id=committee.pk, **told)
        actions.submit_paper(paper_id=paper.pk, by=world.officer)
        papers.append(actions.approve_paper(paper_id=paper.pk, by=world.leader))
    return papers


def _at_once(calls):
    outcomes = []
    gate = threading.Barrier(len(calls))

    def run(call):
        try:
            gate.wait(10)
            outcomes.append(call(Person.objects.get(username="canbo")))
        except CosoError as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def test_numbers_of_a_series_are_given_once_each(world, committee, told):
    papers = _approved(world, committee, told, 6)

    _at_once([lambda by, paper=paper: actions.issue_paper(paper_id=paper.pk, by=by, day=DAY) for paper in papers])

    numbers = sorted(Paper.objects.values_list("number", flat=True))
    assert numbers == ["01", "02", "03", "04", "05", "06"]


def test_one_number_entered_twice_at_once_is_taken_once(world, committee, told):
    papers = _approved(world, committee, told, 2)

    outcomes = _at_once(
        [lambda by, paper=paper: actions.issue_paper(paper_id=paper.pk, by=by, day=DAY, number="7") for paper in papers]
    )

    assert {type(one) for one in outcomes} == {BadInput, Paper}
    assert list(Paper.objects.exclude(number="").values_list("number", flat=True)) == ["07"]


def test_one_paper_issued_twice_at_once_is_issued_once(world, committee, told):
    (paper,) = _approved(world, committee, told, 1)

    _at_once([lambda by: actions.issue_paper(paper_id=paper.pk, by=by, day=DAY)] * 2)

    paper.refresh_from_db()
    assert paper.number == "01"
    assert paper.document is not None
