"""Keep beside each manifest the quiet hours that it tells, so that a changed setting finds those that tell others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("broadcast", "0002_the_beginning")]

    operations = [
        migrations.AddField(
            model_name="manifest",
            name="quiet_hours",
            field=models.CharField(
                blank=True,
                default="",
                help_text="those it tells; a changed setting shows here",
                max_length=300,
            ),
            preserve_default=False,
        ),
    ]
