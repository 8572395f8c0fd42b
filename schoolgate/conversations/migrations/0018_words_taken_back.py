"""That an answer was none can be taken back, like thanks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0017_saved_replies"),
        ("response_clock", "0004_written_by_the_thousand"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="familyword",
            name="family_word_runs_again_or_thanks",
        ),
        migrations.AlterField(
            model_name="familyword",
            name="withdrawn_at",
            field=models.DateTimeField(help_text="When it was taken back.", null=True),
        ),
        migrations.AddConstraint(
            model_name="familyword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("again__isnull", False), ("verdict", "did not answer")),
                    models.Q(("again", None), ("first", None), ("verdict", "helped")),
                    _connector="OR",
                ),
                name="family_word_runs_again_or_thanks",
            ),
        ),
    ]
