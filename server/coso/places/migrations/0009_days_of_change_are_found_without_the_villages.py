from django.db import migrations, models


class Migration(migrations.Migration):
    """Without statistics SQLite takes an index that begins with the level for the best way to a province's villages."""

    dependencies = [
        ("places", "0008_days_of_change_are_found_by_level"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="place", name="place_level_from"),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(
                fields=["valid_from"],
                condition=models.Q(("level__in", ["district", "commune"])),
                name="place_above_villages_from",
            ),
        ),
    ]
