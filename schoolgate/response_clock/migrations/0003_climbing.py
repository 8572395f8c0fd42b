"""How a promise climbs: the moments of its steps, the last one taken, and the next."""

from django.db import migrations, models

# What was open before this page climbs too; the leader's moment by the clock, for once.
STEPS_OF_WHAT_IS_OPEN = """
UPDATE response_clock_promise SET
    cover_at = CASE WHEN kind = 'tray' THEN NULL ELSE due_at END,
    leader_at = CASE WHEN kind = 'tray' THEN due_at ELSE due_at + interval '2 hours' END,
    climbed = CASE WHEN nudged_three_quarters_at IS NOT NULL THEN 2
                   WHEN nudged_half_at IS NOT NULL THEN 1 ELSE 0 END,
    next_step_at = CASE WHEN nudged_three_quarters_at IS NOT NULL THEN due_at
                        WHEN nudged_half_at IS NOT NULL THEN coalesce(three_quarters_at, due_at)
                        ELSE coalesce(half_at, three_quarters_at, due_at) END
WHERE stopped_at IS NULL AND withdrawn_at IS NULL AND due_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("response_clock", "0002_one_school"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="act_by_at",
            field=models.DateTimeField(
                help_text="Of the head's: the last open moment before it is due.", null=True
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="again_due_at",
            field=models.DateTimeField(
                help_text="The new time that a late family was given.", null=True
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="climbed",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="The last step taken: see `climb.Step`."
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="cover_at",
            field=models.DateTimeField(help_text="When it goes to cover.", null=True),
        ),
        migrations.AddField(
            model_name="promise",
            name="leader_at",
            field=models.DateTimeField(help_text="When it goes to the leader.", null=True),
        ),
        migrations.AddField(
            model_name="promise",
            name="next_step_at",
            field=models.DateTimeField(
                help_text="When the next step falls due; nothing once all are taken.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="promise",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reply", "Reply"),
                    ("news", "News"),
                    ("tray", "Tray"),
                    ("leader", "Leader"),
                    ("head", "Head"),
                    ("update", "Update"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunSQL(STEPS_OF_WHAT_IS_OPEN, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="promise",
            name="nudged_half_at",
        ),
        migrations.RemoveField(
            model_name="promise",
            name="nudged_three_quarters_at",
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(
                    ("next_step_at__isnull", False), ("stopped_at", None), ("withdrawn_at", None)
                ),
                fields=["school", "next_step_at"],
                name="promise_next_step",
            ),
        ),
    ]
