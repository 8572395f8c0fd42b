"""A file is held until it was looked through."""

import django.db.models.deletion
from django.db import migrations, models

# What came before was looked through when it came.
JUDGED_ALREADY = """
UPDATE conversations_attachment a SET looked_at = m.at
FROM conversations_message m WHERE m.id = a.message_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0007_regrouping"),
        ("people", "0008_household_address"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="looked_at",
            field=models.DateTimeField(help_text="Nobody has it before.", null=True),
        ),
        migrations.AddField(
            model_name="attachment",
            name="released_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="thumbnail",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="school.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="virus",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.RunSQL(JUDGED_ALREADY, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("looked_at", None)),
                fields=["school", "id"],
                name="file_to_look_through",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("looked_at__isnull", False),
                    models.Q(("held_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="file_held_until_it_was_looked_through",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("virus", ""), models.Q(("held_because", ""), _negated=True), _connector="OR"
                ),
                name="file_with_a_virus_stays_held",
            ),
        ),
    ]
