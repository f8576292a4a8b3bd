from django.db import migrations, models


class Migration(migrations.Migration):
    """An import keeps what its preview read and who took it back, and is erased after some time."""

    dependencies = [("registers", "0002_imports_keep_their_layout_and_preview")]

    operations = [
        migrations.AddField(
            model_name="import",
            name="preview_sha256",
            field=models.CharField(blank=True, help_text="what the preview read, among the blobs", max_length=64),
        ),
        migrations.AddField(
            model_name="import",
            name="undone_by",
            field=models.CharField(
                blank=True, help_text="who takes or took it back, as the journal writes", max_length=80
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="erased_at",
            field=models.DateTimeField(blank=True, help_text="when the file and its values were erased", null=True),
        ),
    ]
