"""What the file said last, so that what the office corrects since then is not undone by it."""

from django.db import migrations, models

IN_FILE = "What the file said last, by column: what differs here the office has changed."


class Migration(migrations.Migration):
    dependencies = [("people", "0013_the_adult_and_the_child")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="in_file",
                field=models.JSONField(default=dict, help_text=IN_FILE),
            )
            for name in ("pupil", "carer", "link", "teammember")
        ),
        migrations.AddField(
            model_name="link",
            name="ended_by_file",
            field=models.BooleanField(
                default=False, help_text="It stood in the file no more; nobody here ended it."
            ),
        ),
        migrations.AddField(
            model_name="pupil",
            name="left_by_file",
            field=models.BooleanField(
                default=False,
                help_text="They stood in the file no more; nobody here wrote a last day.",
            ),
        ),
    ]
