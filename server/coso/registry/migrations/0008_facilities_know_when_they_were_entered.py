"""Keep the day on which a facility is entered, so that a new one is not called unused at once."""

from django.db import migrations, models

from coso.kit import clock

HELP = "the day it was entered; empty for those entered before this was kept"


class Migration(migrations.Migration):
    """Those that stand already keep no day: they are judged as before."""

    dependencies = [("registry", "0007_inspections_outside_rounds_are_found_by_time")]

    operations = [
        migrations.AddField("facility", "registered_on", models.DateField(null=True, editable=False, help_text=HELP)),
        migrations.AlterField(
            "facility",
            "registered_on",
            models.DateField(null=True, default=clock.today, editable=False, help_text=HELP),
        ),
    ]
