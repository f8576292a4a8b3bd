"""Find those made without notice quickly."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Among a million inspections of rounds, those made without notice are found at once."""

    dependencies = [("registry", "0006_checklists_stand")]

    operations = [
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(
                condition=models.Q(("round", None)), fields=["-filled_at", "-id"], name="inspection_outside_rounds"
            ),
        ),
    ]
