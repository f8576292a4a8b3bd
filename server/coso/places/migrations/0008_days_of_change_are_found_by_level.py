from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0007_the_database_refuses_two_units_of_one_code_on_a_day"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["level", "valid_from"], name="place_level_from"),
        ),
    ]
