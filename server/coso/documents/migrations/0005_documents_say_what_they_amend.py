"""Documents remember that a person said which earlier one they amend, or that they amend none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column."""

    dependencies = [("documents", "0004_copies_name_the_paper_that_answers")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="earlier_decided",
            field=models.BooleanField(
                default=False,
                help_text=("a person said which document this one amends, or that it amends none"),
            ),
        ),
    ]
