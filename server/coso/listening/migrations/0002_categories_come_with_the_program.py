"""Categories are data: they come with the program and the operator changes them."""

import csv
from pathlib import Path

from django.db import migrations


def load(apps, schema_editor):
    """Add each category that is not there yet; may run twice."""
    Category = apps.get_model("listening", "Category")
    file = Path(__file__).parent.parent / "data" / "categories.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            row["is_verified"] = row["is_verified"] == "1"
            Category.objects.get_or_create(code=row.pop("code"), defaults=row)


class Migration(migrations.Migration):
    dependencies = [("listening", "0001_the_beginning")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
