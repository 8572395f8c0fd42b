"""What was taken further, whom a thread is about, and which hand-overs a family is to hear of."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0010_spoken_and_awaited"),
        ("delivery", "0011_notes_to_strangers"),
        ("people", "0009_absence"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="about_member",
            field=models.ForeignKey(
                help_text="The colleague whom it is about: never has it, never reads it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="first_owner",
            field=models.ForeignKey(
                help_text="Of what was taken further: who had it before, and stays informed.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="followed_since",
            field=models.DateTimeField(
                help_text="An open issue: the family always knows the next news' moment.", null=True
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Chosen"),
                    ("away", "Away"),
                    ("left", "Left"),
                    ("late", "Late"),
                    ("taken further", "Taken Further"),
                ],
                default="",
                max_length=14,
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="family_told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                condition=models.Q(("because", "late"), ("family_told_at", None)),
                fields=["school", "id"],
                name="hand_over_to_tell_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("about_member", None),
                    ("owner", None),
                    models.Q(("owner", models.F("about_member")), _negated=True),
                    _connector="OR",
                ),
                name="conversation_is_not_with_its_subject",
            ),
        ),
    ]
