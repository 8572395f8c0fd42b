"""When a young person of 16 or over was asked who receives what, and by whom."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0002_one_school")]

    operations = [
        migrations.AddField(
            model_name="pupil",
            name="rights_reviewed_at",
            field=models.DateTimeField(
                help_text="When they said, at 16 or over, who receives what (decision 19).",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="pupil",
            name="rights_reviewed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddConstraint(
            model_name="pupil",
            constraint=models.CheckConstraint(
                condition=Q(rights_reviewed_at=None, rights_reviewed_by=None)
                | Q(rights_reviewed_at__isnull=False, rights_reviewed_by__isnull=False),
                name="rights_reviewed_by_somebody",
            ),
        ),
    ]
