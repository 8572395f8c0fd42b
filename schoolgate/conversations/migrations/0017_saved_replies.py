"""Words to answer with, one's own and the school's."""

import django.db.models.deletion
from django.db import migrations, models

HERE = "school_id = nullif(current_setting('schoolgate.school', true), '')::int"
ONE_SCHOOL = f"""
ALTER TABLE conversations_savedreply ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON conversations_savedreply USING ({HERE}) WITH CHECK ({HERE});
"""
UNDONE = """
DROP POLICY one_school ON conversations_savedreply;
ALTER TABLE conversations_savedreply DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0016_answered"),
        ("people", "0011_site_bars"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("words", models.TextField()),
                ("saved_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        help_text="Nothing where it is the school's.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_replies",
                        to="people.teammember",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("words", ""), _negated=True),
                        ),
                        name="saved_reply_says_something",
                    )
                ],
            },
        ),
        migrations.RunSQL(ONE_SCHOOL, UNDONE),
    ]
