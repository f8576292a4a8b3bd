"""Regular jobs come round in time."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from coso.kit.periodic import Job
from coso.site.scheduler import Rounds, do


def test_each_job_comes_round_at_its_own_time():
    quick = Job("seal", timedelta(seconds=2), lambda: None)
    slow = Job("prune", timedelta(seconds=10), lambda: None)
    rounds = Rounds([quick, slow])

    done = {second: [job.name for job in rounds.due(100.0 + second)] for second in range(12)}

    assert [second for second, names in done.items() if "seal" in names] == [0, 2, 4, 6, 8, 10]
    assert [second for second, names in done.items() if "prune" in names] == [0, 10]


def test_a_late_round_is_not_made_up_for():
    rounds = Rounds([Job("seal", timedelta(seconds=2), lambda: None)])
    rounds.due(0.0)

    assert len(rounds.due(61.0)) == 1
    assert rounds.due(62.0) == []


def test_a_job_that_fails_leaves_the_others_alone():
    def fails():
        raise ValueError("hỏng")

    assert do(Job("bad", timedelta(seconds=1), fails)) is False
    assert do(Job("good", timedelta(seconds=1), lambda: None)) is True


def test_a_database_that_is_away_is_no_fault_of_the_job():
    def cut_off():
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        do(Job("seal", timedelta(seconds=1), cut_off))
