from django.db import migrations, models

import coso.registry.models.facilities


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0001_the_beginning'),
        ('broadcast', '0004_officers_state_what_stations_played'),
    ]

    operations = [
        migrations.RenameModel('Station', 'Facility'),
        migrations.AddField(
            model_name='facility',
            name='kind',
            field=models.CharField(choices=coso.registry.models.facilities.kind_choices, db_index=True, default='commune_station', max_length=30),
        ),
        migrations.CreateModel(
            name='Station',
            fields=[],
            options={'proxy': True, 'indexes': [], 'constraints': []},
            bases=('registry.facility',),
        ),
    ]
