"""Good news and who heard it: rows of one school."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

HERE = "school_id = nullif(current_setting('schoolgate.school', true), '')::int"
TABLES = ("goodnews", "heard")
ONE_SCHOOL = "".join(
    f"""
ALTER TABLE good_news_{table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON good_news_{table} USING ({HERE}) WITH CHECK ({HERE});
"""
    for table in TABLES
)
ONE_SCHOOL_UNDONE = "".join(
    f"""
DROP POLICY one_school ON good_news_{table};
ALTER TABLE good_news_{table} DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conversations", "0017_saved_replies"),
        ("people", "0011_site_bars"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="GoodNews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.TextField()),
                (
                    "named_because",
                    models.CharField(
                        blank=True,
                        help_text="Why another child is named (decision 17).",
                        max_length=300,
                    ),
                ),
                ("told_at", models.DateTimeField()),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="good_news",
                        to="people.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
            ],
            options={
                "ordering": ["-told_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "news",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heard",
                        to="good_news.goodnews",
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
                "ordering": ["carer__name", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="goodnews",
            index=models.Index(fields=["school", "-told_at"], name="good_news_of_school"),
        ),
        migrations.AddIndex(
            model_name="goodnews",
            index=models.Index(fields=["pupil", "-told_at"], name="good_news_of_child"),
        ),
        migrations.AddConstraint(
            model_name="goodnews",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="good_news_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="heard",
            constraint=models.UniqueConstraint(fields=("news", "carer"), name="heard_once"),
        ),
        migrations.RunSQL(ONE_SCHOOL, ONE_SCHOOL_UNDONE),
    ]
