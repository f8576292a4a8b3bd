from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0005_the_labels_that_areas_may_carry"),
    ]

    operations = [
        migrations.AddField(
            model_name="place",
            name="figures_estimated",
            field=models.BooleanField(
                default=False,
                help_text="its people were divided by shares when a change was undone, and not counted since",
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rename", "Rename"),
                    ("merge", "Merge"),
                    ("split", "Split"),
                    ("cede", "Give a part to another unit"),
                    ("move", "Move under another unit"),
                    ("abolish", "Abolish a level"),
                ],
                max_length=10,
            ),
        ),
    ]
