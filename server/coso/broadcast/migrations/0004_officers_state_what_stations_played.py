"""Keep an officer's word that a station without networked devices has played a bulletin."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coso.kit.clock


class Migration(migrations.Migration):
    dependencies = [
        ("broadcast", "0003_manifest_tells_its_quiet_hours"),
        ("newsroom", "0001_the_beginning"),
        ("registry", "0001_the_beginning"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StatedPlay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stated_at", models.DateTimeField(default=coso.kit.clock.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("bulletin", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="stated_plays", to="newsroom.bulletin")),
                ("stated_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("station", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="stated_plays", to="registry.station")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("withdrawn_at", None)), fields=("bulletin", "station"), name="stated_play_once")
                ],
            },
        ),
    ]
