"""The embedded database looks at its indexes, so that it chooses well among them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coso.kit import database, periodic
from tests.support.world import World

pytestmark = pytest.mark.django_db


def test_after_the_daily_job_sqlite_knows_its_indexes_and_postgresql_is_left_alone(world: World) -> None:
    job = next(job for job in periodic.jobs() if job.name == "database.statistics")

    with CaptureQueriesContext(connection) as asked:
        job.run()

    assert len(asked) == (0 if database.is_postgres() else 2)
    if not database.is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = %s", ["places_place"])
            assert cursor.fetchone()[0] > 0
