import csv
from pathlib import Path

from django.db import migrations

LABELS = Path(__file__).parents[1] / 'data' / 'labels.csv'


def add(apps, schema_editor):
    """Add the kinds of labels that are missing; what an office changed stays."""
    LabelKind = apps.get_model('places', 'LabelKind')
    with LABELS.open(encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            told = {'family': row['family'], 'name': row['name'], 'source': row['source']}
            told |= {'is_verified': row['is_verified'] == '1', 'order': int(row['order'])}
            LabelKind.objects.get_or_create(code=row['code'], defaults=told)


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0004_links_and_codes_are_held_by_constraints'),
    ]

    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
