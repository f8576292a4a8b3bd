"""Let a line of a repair log have no writer: an old list brought in from a terminal has none."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Lines that stand keep whoever wrote them."""

    dependencies = [("registry", "0009_files_nobody_keeps_are_noted")]

    operations = [
        migrations.AlterField(
            "repairentry",
            "by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                null=True,
                blank=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                help_text="nobody: a file brought in",
            ),
        )
    ]
