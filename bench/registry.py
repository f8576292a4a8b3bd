"""Lists, search and coverage over a country's worth of records, on both databases.

3,321 communes, 100,000 devices, 1,000,000 inspections. Each page is asked as a person would, through every middleware;
the floor, by turns with it in the same run, is hand-written SQL that finds the same rows and their number. Two people
ask: one of a single province, one who sees everything.
"""

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from _questions import Question

ROOT = Path(__file__).resolve().parents[1]
COMMUNES, DEVICES, INSPECTIONS = 3_321, 100_000, 1_000_000
ROWS = 20_000
ROUNDS = 15
# Half of the devices were heard after this, the other half before.
LATELY = "'2026-01-01 00:00:00'"
PLACE = "p.current_path"


def run(communes: int = COMMUNES, devices: int = DEVICES, inspections: int = INSPECTIONS) -> dict[str, Any]:
    """Measure on SQLite and on PostgreSQL; give the figures. AssertionError when an answer is wrong."""
    sys.path.insert(0, str(ROOT))
    from tests.support.postgres import server

    sizes = [str(communes), str(devices), str(inspections)]
    figures = {"sqlite": {"import": _measured("_import.py", "", [str(ROWS)]), **_measured("registry.py", "", sizes)}}
    with server() as address:
        brought = _measured("_import.py", address, [str(ROWS)])
    with server() as address:
        figures["postgresql"] = {"import": brought, **_measured("registry.py", address, sizes)}
    return {"communes": communes, "devices": devices, "inspections": inspections, **figures}


def _measured(program: str, database: str, sizes: list[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="coso-bench-") as folder:
        environment = {
            **os.environ,
            "COSO_DATA": folder,
            "COSO_DATABASE_URL": database,
            "COSO_SECRET_KEY": "bench",
            "DJANGO_SETTINGS_MODULE": "coso.site.settings",
        }
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name(program)), *sizes],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            timeout=3000,
            check=False,
        )
    assert done.returncode == 0, f"the measurement failed: {done.stdout[-2000:]}"
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


# --- measuring ----------------------------------------------------------------------------------------


class Clock:
    """Adds up the time that the database takes."""

    def __init__(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Run one statement and add its time."""
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.queries += 1


@contextmanager
def clocked() -> Iterator[Clock]:
    """Measure the database inside."""
    from django.db import connection

    clock = Clock()
    with connection.execute_wrapper(clock):
        yield clock


def percentile(values: list[float], share: float) -> float:
    """Give the value below or at which this share lies."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def floor(question: "Question", scope: str) -> tuple[float, int]:
    """Ask the hand-written SQL; give the seconds and how many rows there are."""
    from django.db import connection

    def filled(sql: str) -> str:
        return sql.replace("{scope}", scope).replace("{lately}", LATELY)

    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(filled(question.count))
        count = cursor.fetchone()[0]
        for sql in question.others:
            cursor.execute(filled(sql))
            cursor.fetchall()
        return time.perf_counter() - began, count


def address_of(question: "Question") -> str:
    """Give the address of a page, with what is typed into its search."""
    from django.urls import reverse

    return reverse(question.url) + (f"?{urlencode({'q': question.typed})}" if question.typed else "")


def check(client: Any, question: "Question", scope: str) -> int:
    """Ask once, and see that the page found as many rows as the floor; give how many."""
    from django.test.utils import setup_test_environment, teardown_test_environment

    _seconds, count = floor(question, scope)
    address = address_of(question)
    # Only so does a page show what it was made of; it costs time, and so stays out of the measurement.
    setup_test_environment()
    try:
        answer = client.get(address)
    finally:
        teardown_test_environment()
    assert answer.status_code == 200, (address, answer.status_code)
    assert answer.context["found"] == count, (question.name, answer.context["found"], count)
    return count


def measure(client: Any, question: "Question", scope: str) -> dict[str, Any]:
    """Ask a page and its floor by turns; give the figures."""
    pages, ours, floors = [], [], []
    address = address_of(question)
    queries = 0
    count = check(client, question, scope)
    for _turn in range(ROUNDS):
        low, _count = floor(question, scope)
        with clocked() as clock:
            began = time.perf_counter()
            client.get(address)
            pages.append(time.perf_counter() - began)
        ours.append(clock.seconds)
        floors.append(low)
        queries = clock.queries
    ratios = [a / b for a, b in zip(ours, floors, strict=True)]
    return {
        "rows": count,
        "page_p95_ms": round(percentile(pages, 0.95) * 1000, 1),
        "page_median_ms": round(statistics.median(pages) * 1000, 1),
        "database_median_ms": round(statistics.median(ours) * 1000, 1),
        "floor_median_ms": round(statistics.median(floors) * 1000, 1),
        "median_ratio": round(statistics.median(ratios), 2),
        "queries": queries,
    }


def main(communes: int, devices: int, inspections: int) -> dict[str, Any]:
    """Do what `run` promises on one database, in a process of its own."""
    import django

    django.setup()
    from _province import Country
    from _questions import questions
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    followed = successors()
    country = Country(communes=communes, devices=devices, inspections=inspections)
    began = time.perf_counter()
    country.build()
    figures: dict[str, Any] = {"built_in_s": round(time.perf_counter() - began, 1), "successors": followed}
    for who, (person, scope) in people(country).items():
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(person)
        figures[who] = {question.name: measure(client, question, scope) for question in questions()}
    return figures


def successors() -> dict[str, Any]:
    """Follow every unit of Hà Tĩnh from 2017 to today; give the best of some turns."""
    from django.db import transaction

    from coso.kit import clock
    from coso.places import queries
    from coso.places.actions import load_hatinh

    took = []
    with transaction.atomic():
        load_hatinh()
        for _turn in range(ROUNDS):
            began = time.perf_counter()
            found = queries.all_successors(clock.today())
            took.append(time.perf_counter() - began)
        transaction.set_rollback(True)
    return {"units": len(found), "median_ms": round(statistics.median(took) * 1000, 1)}


def people(country: Any) -> dict[str, tuple[Any, str]]:
    """Make the two who ask, each with the condition that keeps what is his."""
    from coso.organizations.models import Person, Post
    from coso.organizations.rules import Role
    from coso.places.models import Place

    found = {}
    for who, ids in (("one province", country.province_ids[:1]), ("everything", country.province_ids)):
        person = Person.objects.create_user(f"do-tai-{len(ids)}", None, full_name=who)
        for pk in ids:
            Post.objects.create(person=person, role=Role.ADMINISTRATOR, place=Place.objects.get(pk=pk))
        # What a person writing SQL by hand would do: no condition where everything is meant.
        path = f"/{ids[0]}/"
        scope = f"({PLACE} >= '{path}' AND {PLACE} < '{path[:-1]}0')" if len(ids) == 1 else "1 = 1"
        found[who] = (person, scope)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*(int(word) for word in sys.argv[1:]))) + "\n")
