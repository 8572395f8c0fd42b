"""What came with a message, and the mail of machines beside it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

ONE_SCHOOL = """
ALTER TABLE conversations_aside ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON conversations_aside
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON conversations_aside;
ALTER TABLE conversations_aside DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0005_answers_to_many"),
        ("people", "0008_household_address"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="original",
            field=models.ForeignKey(
                help_text="As it came.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="school.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="sender_check",
            field=models.CharField(
                blank=True, help_text="Of email: passed, failed or unknown.", max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="channel",
            field=models.CharField(
                choices=[
                    ("portal", "Portal"),
                    ("email", "Email"),
                    ("text", "Text"),
                    ("voicemail", "Voicemail"),
                    ("call", "Call"),
                    ("visit", "Visit"),
                    ("letter", "Letter"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Aside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("body", models.TextField(blank=True)),
                (
                    "back_on",
                    models.DateField(help_text="The day of return that it names.", null=True),
                ),
                ("at", models.DateTimeField()),
                (
                    "carer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.carer",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asides",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.storedfile",
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
                "ordering": ["at", "id"],
            },
        ),
        migrations.RunSQL(ONE_SCHOOL, UNDONE),
    ]
