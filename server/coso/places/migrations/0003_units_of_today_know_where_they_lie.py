from django.db import migrations


def stand(apps, schema_editor):
    """Set where each unit lies today; what followed the ended ones is traced when the system next starts."""
    Place = apps.get_model('places', 'Place')
    changed = []
    paths = {}
    # Parents come first: an id stands in the path of all that is under it.
    for place in sorted(Place.objects.all(), key=lambda place: place.path.count('/')):
        if place.valid_to is None:
            place.current_id, place.current_path = place.pk, place.path
        else:
            place.current_path = f"{paths.get(place.parent_id, '/')}{place.pk}/"
        paths[place.pk] = place.current_path
        changed.append(place)
    Place.objects.bulk_update(changed, ['current', 'current_path'], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0002_labels_changes_and_where_units_lie_today'),
    ]

    operations = [
        migrations.RunPython(stand, migrations.RunPython.noop, elidable=True),
    ]
