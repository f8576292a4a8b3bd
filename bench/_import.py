"""Bring a file of villages in, in a process of its own: seconds, and the most memory that it took."""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HEADERS = ["Mã thôn", "Tên thôn", "Xã", "Mã xã", "Dân số", "Số hộ", "Vĩ độ", "Kinh độ"]


def write(path: Path, communes: list[Any], rows: int) -> None:
    """Write the file: villages of the communes of today, by turns."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Thôn")
    sheet.append(HEADERS)
    for i in range(rows):
        commune = communes[i % len(communes)]
        spot = [18.3 + i % 100 / 1000, 105.5 + i % 100 / 1000]
        sheet.append([f"{commune.code}-{i:05d}", f"Thôn {i}", commune.name, commune.code, 300 + i % 700, 90, *spot])
    book.save(path)


def floor(path: Path) -> float:
    """Read the file with openpyxl and write its bare rows into a table of their own; give the seconds."""
    import openpyxl
    from django.db import connection, transaction

    began = time.perf_counter()
    sheet = openpyxl.load_workbook(path, read_only=True).active
    assert sheet is not None
    rows = [[str(value) for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bare (a text, b text, c text, d text, e text, f text, g text, h text)")
        cursor.executemany("INSERT INTO bare VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", rows)
    return time.perf_counter() - began


def main(rows: int) -> dict[str, Any]:
    """Check, bring in and take back the file; give the figures. AssertionError when a row is missing or left."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from coso.kit import clock
    from coso.places import queries
    from coso.places.actions import load_hatinh
    from coso.places.models import Level, Place
    from coso.registers import actions
    from coso.registers.models import ImportState

    load_hatinh()
    villages = Place.objects.filter(level=Level.VILLAGE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "thon.xlsx"
        write(path, list(queries.communes()), rows)
        data, low = path.read_bytes(), floor(path)
    began = time.perf_counter()
    run = actions.start_import(kind="thon", data=data, file_name="t.xlsx", by="system", day=clock.today(), wait=True)
    checked = time.perf_counter()
    assert (run.state, run.rows_new, run.rows_wrong) == (ImportState.CHECKED, rows, 0), (run.state, run.errors[:3])
    actions.commit_import(import_id=run.pk, by="system")
    done = time.perf_counter()
    assert villages.count() == rows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    actions.undo_import(import_id=run.pk, by="system")
    assert not villages.exists()
    return {
        "rows": rows,
        "check_s": round(checked - began, 1),
        "commit_s": round(done - checked, 1),
        "check_and_commit_s": round(done - began, 1),
        "undo_s": round(time.perf_counter() - done, 1),
        "peak_memory_mb": peak,
        "floor_s": round(low, 1),
        "ratio": round((done - began) / low, 1),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))) + "\n")
