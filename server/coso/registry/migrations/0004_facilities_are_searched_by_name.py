from django.db import migrations

from coso.kit import text


def index(apps, schema_editor):
    """Set the searched form and the order of the stations that became facilities."""
    Facility = apps.get_model('registry', 'Facility')
    changed = []
    for facility in Facility.objects.filter(sort_key=''):
        facility.folded = text.fold(f'{facility.code} {facility.name}'.strip())
        facility.sort_key = text.sort_key(facility.name)[:600]
        changed.append(facility)
    Facility.objects.bulk_update(changed, ['folded', 'sort_key'], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0003_facilities_equipment_use_and_inspections'),
    ]

    operations = [
        migrations.RunPython(index, migrations.RunPython.noop, elidable=True),
    ]
