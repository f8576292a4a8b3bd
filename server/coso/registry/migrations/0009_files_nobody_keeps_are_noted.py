from django.db import migrations, models

import coso.kit.clock


class Migration(migrations.Migration):
    """Files that nobody chose to keep are noted, to be erased some days later."""

    dependencies = [("registry", "0008_facilities_know_when_they_were_entered")]

    operations = [
        migrations.CreateModel(
            name="DroppedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(help_text="the file among the blobs", max_length=64, unique=True)),
                ("dropped_at", models.DateTimeField(db_index=True, default=coso.kit.clock.now)),
            ],
        ),
    ]
