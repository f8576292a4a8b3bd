"""The reminders that go out by themselves, until an owner sets others."""

from django.db import migrations

# Days after the deadline (before it when negative), and who is told: 1 the unit, 2 its leader as well, 3 the owner.
DEFAULTS = ((-7, 1), (0, 1), (3, 2), (7, 3))


def fill(apps, _schema):
    rules = apps.get_model("plans", "ReminderRule")
    if rules.objects.exists():
        return
    for days, level in DEFAULTS:
        rules.objects.create(days=days, level=level)


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_parts_remember_the_names_of_then")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
