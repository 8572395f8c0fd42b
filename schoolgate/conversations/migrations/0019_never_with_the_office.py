"""A complaint is not with the office, and what is about the office is known as such."""

from django.db import migrations, models

# What fell to the office when nobody else was there goes to the school's leaders, who read it.
TO_THE_LEADERS = """
UPDATE conversations_conversation SET queue = 'complaints'
WHERE kind = 'complaint' AND queue = 'office';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0018_words_taken_back"),
        ("delivery", "0001_first_rows"),
        ("people", "0001_first_rows"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="about_office",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="It is about the office: nobody of the office has it or reads it.",
            ),
        ),
        # Whoever goes back leaves it with the leaders: the office was never to have it.
        migrations.RunSQL(TO_THE_LEADERS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("queue", "office"), _negated=True),
                    models.Q(
                        models.Q(("kind", "complaint"), _negated=True), ("about_office", False)
                    ),
                    _connector="OR",
                ),
                name="complaint_is_not_with_the_office",
            ),
        ),
    ]
