"""A row of the record says that a message's text was sealed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("safeguarding", "0003_the_whole_record"),
    ]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="kind",
            field=models.CharField(
                choices=[
                    ("discussion", "Discussion"),
                    ("decision", "Decision"),
                    ("triage", "Triage"),
                    ("action", "Action"),
                    ("done", "Done"),
                    ("outcome", "Outcome"),
                    ("amendment", "Amendment"),
                    ("review", "Review"),
                    ("closing", "Closing"),
                    ("agreed", "Agreed"),
                    ("disagreed", "Disagreed"),
                    ("reopened", "Reopened"),
                    ("passed", "Passed"),
                    ("kept from", "Kept From"),
                    ("told lado", "Told Lado"),
                    ("text sealed", "Text Sealed"),
                    ("words given", "Words Given"),
                    ("held back", "Held Back"),
                    ("handed over", "Handed Over"),
                ],
                max_length=14,
            ),
        ),
    ]
