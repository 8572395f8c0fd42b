"""A user is one school's: who has places at two has one at each, joined by their own agreement.

Where one user stood behind places at several schools, the first school's keep it; the others are
invited again by their own office. Nothing that was released has such a user.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OF_ONE_SCHOOL = """
UPDATE accounts_user u SET address = coalesce(u.email, ''), school_id = (
    SELECT min(p.school_id) FROM (
        SELECT school_id, user_id FROM people_teammember
        UNION ALL SELECT school_id, user_id FROM people_carer
    ) p WHERE p.user_id = u.id
);
UPDATE people_teammember m SET user_id = NULL FROM accounts_user u
    WHERE u.id = m.user_id AND u.school_id <> m.school_id;
UPDATE people_carer c SET user_id = NULL FROM accounts_user u
    WHERE u.id = c.user_id AND u.school_id <> c.school_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_one_school"),
        ("people", "0013_told_the_moment"),
        ("school", "0003_told_the_moment"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="school",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="school.school",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="address",
            field=models.EmailField(
                blank=True,
                db_index=True,
                default="",
                help_text="Theirs by their school's word, also where it signs in a user elsewhere.",
                max_length=254,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="user",
            name="school_acted_at",
            field=models.DateTimeField(
                help_text="When their school last changed how they sign in.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=models.EmailField(
                help_text="The address that signs in this user; in lower case.",
                max_length=254,
                null=True,
                unique=True,
            ),
        ),
        migrations.CreateModel(
            name="JoinedUsers",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agreed_at", models.DateTimeField()),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="joined_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="joined_in_order"
                    ),
                ],
            },
        ),
        migrations.RunSQL(OF_ONE_SCHOOL, migrations.RunSQL.noop),
    ]
