"""A copy names the paper with which its body answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column."""

    dependencies = [("documents", "0003_papers_keep_words_and_who_wrote_last")]

    operations = [
        migrations.AddField(
            model_name="copy",
            name="answer_ref",
            field=models.CharField(
                blank=True, help_text="the document that answers, as 'document:<id>'", max_length=120
            ),
        ),
    ]
