"""What is about a child and from no parent is passed to the team alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0007_regrouping"),
        ("inbound", "0003_arrivals"),
        ("people", "0008_household_address"),
        ("response_clock", "0002_one_school"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="trayitem",
            name="tray_item_filed_by_somebody_to_one_place",
        ),
        migrations.AddField(
            model_name="trayitem",
            name="filed_child",
            field=models.ForeignKey(
                help_text="A child whom it is about, for the team alone: no family has it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.pupil",
            ),
        ),
        migrations.AddField(
            model_name="trayitem",
            name="passed_to",
            field=models.ForeignKey(
                help_text="Who has it then; nobody means the office.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddField(
            model_name="trayitem",
            name="seen_at",
            field=models.DateTimeField(
                help_text="When they said that they have seen it.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="trayitem",
            index=models.Index(
                condition=models.Q(("seen_at", None)),
                fields=["passed_to", "id"],
                name="tray_passed_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="trayitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("filed_at", None),
                        ("filed_by", None),
                        ("filed_child", None),
                        ("filed_to", None),
                        ("not_for_us", ""),
                    ),
                    models.Q(
                        ("filed_at__isnull", False),
                        ("filed_by__isnull", False),
                        models.Q(
                            models.Q(
                                ("filed_child", None),
                                ("filed_to__isnull", False),
                                ("not_for_us", ""),
                            ),
                            models.Q(
                                ("filed_child__isnull", False),
                                ("filed_to", None),
                                ("not_for_us", ""),
                            ),
                            models.Q(
                                ("filed_child", None),
                                ("filed_to", None),
                                models.Q(("not_for_us", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="tray_item_filed_by_somebody_to_one_place",
            ),
        ),
    ]
