"""What is for today, collections, registers."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.today.states

TABLES = ("today_matter", "today_collection", "today_register", "today_missing", "today_try")
ONE_SCHOOL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON {table}
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conversations", "0015_written_by_the_thousand"),
        ("people", "0011_site_bars"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("absence", "absence"),
                            ("collection", "collection"),
                            ("transport", "transport"),
                            ("health", "health"),
                            ("other", "other"),
                            ("urgent", "urgent"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "chosen",
                    models.CharField(
                        choices=[
                            ("family", "family"),
                            ("wording", "wording"),
                            ("person", "person"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "tray",
                    models.UUIDField(help_text="The item of the tray; no key upward.", null=True),
                ),
                ("channel", models.CharField(max_length=10)),
                ("day", models.DateField(help_text="The school day that it is for.")),
                ("came_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "head_at",
                    models.DateTimeField(
                        help_text="When the head is alarmed if nobody has seen it."
                    ),
                ),
                (
                    "alarmed",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="1 the next person, 2 the head."
                    ),
                ),
                ("next_alarm_at", models.DateTimeField(null=True)),
                (
                    "told_at",
                    models.DateTimeField(
                        help_text="When tutor and desks were told of it.", null=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("seen", "seen"),
                            ("not for today", "not for today"),
                            ("taken back", "taken back"),
                        ],
                        default=schoolgate.today.states.State["WAITING"],
                        max_length=14,
                    ),
                ),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "carer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="people.carer",
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="conversations.message",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
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
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("who", models.CharField(max_length=120)),
                ("relationship", models.CharField(blank=True, max_length=80)),
                (
                    "at",
                    models.TimeField(
                        help_text="By the school's clock; home time if not said.", null=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("confirmed", "confirmed"),
                            ("refused", "refused"),
                            ("taken back", "taken back"),
                        ],
                        default=schoolgate.today.states.Collecting["WAITING"],
                        max_length=10,
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        help_text="When the question left for that route.", null=True
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "refused",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not Refused"),
                            ("check", "Check"),
                            ("may not come", "May Not Come"),
                        ],
                        max_length=12,
                    ),
                ),
                ("refused_at", models.DateTimeField(null=True)),
                ("decided_because", models.CharField(blank=True, max_length=300)),
                (
                    "asked_route",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.contactroute",
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
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "confirmed_by_route",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.contactroute",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collection",
                        to="today.matter",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Missing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("marked_at", models.DateTimeField()),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[("", "Open"), ("here", "Here"), ("explained", "Explained")],
                        max_length=9,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("words", models.CharField(blank=True, help_text="What was said.", max_length=300)),
                (
                    "alarmed_at",
                    models.DateTimeField(help_text="When head and DSL were told.", null=True),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Register",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("taken_at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.group",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Try",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("spoke", "Spoke"),
                            ("voicemail", "Voicemail"),
                            ("no answer", "No Answer"),
                            ("wrong number", "Wrong Number"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
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
                    "missing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tries",
                        to="today.missing",
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
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["school", "due_at"],
                name="for_today_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("next_alarm_at__isnull", False), ("state", "waiting")),
                fields=["school", "next_alarm_at"],
                name="for_today_to_alarm",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("told_at", None)),
                fields=["school", "id"],
                name="for_today_to_tell",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["school", "day"], name="for_today_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                fields=("message", "kind"), name="for_today_once_a_message"
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                fields=("tray", "kind"), name="for_today_once_in_the_tray"
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seen_at", None), ("seen_by", None)),
                    models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                    _connector="OR",
                ),
                name="for_today_was_seen_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting"), _negated=True),
                    ("seen_at", None),
                    _connector="OR",
                ),
                name="for_today_waits_until_seen",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message__isnull", False), ("tray", None)),
                    models.Q(("message", None), ("tray__isnull", False)),
                    _connector="OR",
                ),
                name="for_today_came_from_somewhere",
            ),
        ),
        migrations.AddIndex(
            model_name="collection",
            index=models.Index(fields=["school", "day"], name="collections_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(
                        ("confirmed_at__isnull", False), ("confirmed_by_route__isnull", False)
                    ),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                        models.Q(("decided_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="collection_confirmed_by_a_known_route_or_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(
                        models.Q(("refused", ""), _negated=True), ("refused_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="collection_refused_for_something",
            ),
        ),
        migrations.AddIndex(
            model_name="missing",
            index=models.Index(
                condition=models.Q(("ended", "")), fields=["school", "day"], name="missing_to_ring"
            ),
        ),
        migrations.AddConstraint(
            model_name="missing",
            constraint=models.UniqueConstraint(fields=("pupil", "day"), name="missing_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="missing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended", ""), ("ended_at", None)),
                    models.Q(models.Q(("ended", ""), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="missing_ends_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="register",
            constraint=models.UniqueConstraint(fields=("group", "day"), name="register_once_a_day"),
        ),
        *(
            migrations.RunSQL(ONE_SCHOOL.format(table=table), UNDONE.format(table=table))
            for table in TABLES
        ),
    ]
