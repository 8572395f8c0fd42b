"""The first rows of this room."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("delivery", "0004_the_post_room"),
        ("people", "0007_phases_and_classes"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("asked", "asked"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("scheduled", "scheduled"),
                            ("sending", "sending"),
                            ("published", "published"),
                            ("corrected", "corrected"),
                            ("taken back", "taken back"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("service", "service"), ("news", "news")],
                        default="service",
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                (
                    "level",
                    models.SmallIntegerField(
                        choices=[(0, "Nothing"), (1, "General"), (2, "Progress")], default=1
                    ),
                ),
                ("is_urgent", models.BooleanField(default=False)),
                (
                    "is_safety",
                    models.BooleanField(
                        default=False,
                        help_text="Closure, transport, evacuation: goes whatever is held back.",
                    ),
                ),
                ("by_text", models.BooleanField(default=False)),
                ("by_letter", models.BooleanField(default=False)),
                (
                    "asks",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nothing"),
                            ("confirm", "Confirm"),
                            ("yes or no", "Yes Or No"),
                            ("consent", "Consent"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "answer_by",
                    models.DateTimeField(
                        help_text="Until when an answer can be changed.", null=True
                    ),
                ),
                (
                    "chase_at",
                    models.DateTimeField(
                        help_text="When those who said nothing are asked.", null=True
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "sent_from",
                    models.CharField(
                        blank=True, help_text="The state before sending.", max_length=12
                    ),
                ),
                ("publish_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("what_was_wrong", models.CharField(blank=True, max_length=300)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "content",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcement",
                        to="delivery.content",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="announcements.announcement",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "says",
                    models.CharField(
                        choices=[("confirmed", "Confirmed"), ("yes", "Yes"), ("no", "No")],
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("link", "Link"), ("portal", "Portal"), ("phone", "Phone")],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "replaced_at",
                    models.DateTimeField(help_text="When they answered otherwise.", null=True),
                ),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="announcements.announcement",
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
                    "pupil",
                    models.ForeignKey(
                        null=True,
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
                    "written_down_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="announcements.announcement",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.teammember",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "children",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("no route", "No Route"),
                            ("failing", "Failing"),
                            ("nothing is safe", "Nothing Is Safe"),
                            ("not allowed", "Not Allowed"),
                            ("all failed", "All Failed"),
                            ("not confirmed", "Not Confirmed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("put_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="announcements.announcement",
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
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="school.school"
                    ),
                ),
            ],
            options={
                "ordering": ["put_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CallTry",
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
                            ("engaged", "Engaged"),
                            ("wrong number", "Wrong Number"),
                        ],
                        max_length=14,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tries",
                        to="announcements.call",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OtherWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_words",
                        to="announcements.announcement",
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
                "ordering": ["language"],
            },
        ),
        migrations.CreateModel(
            name="PupilList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("trip", "Trip"), ("meeting", "Meeting"), ("other", "Other")],
                        default="other",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            },
        ),
        migrations.CreateModel(
            name="ListedPupil",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
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
                    "pupil_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pupils",
                        to="announcements.pupillist",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AudiencePart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("school", "School"),
                            ("phase", "Phase"),
                            ("group", "Group"),
                            ("child", "Child"),
                            ("list", "List"),
                        ],
                        max_length=10,
                    ),
                ),
                ("phase", models.CharField(blank=True, max_length=60)),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="announcements.announcement",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.group",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
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
                    "pupil_list",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="announcements.pupillist",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="announcement",
            index=models.Index(
                condition=models.Q(("state__in", ["scheduled", "sending"])),
                fields=["school", "publish_at"],
                name="announcement_to_publish",
            ),
        ),
        migrations.AddIndex(
            model_name="announcement",
            index=models.Index(
                condition=models.Q(("chase_at__isnull", False), ("state", "published")),
                fields=["school", "chase_at"],
                name="announcement_to_chase",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["published", "corrected"]), _negated=True),
                    models.Q(
                        ("content__isnull", False),
                        ("published_at__isnull", False),
                        ("sender__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="what_is_published_has_content_and_sender",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["scheduled", "sending"]), _negated=True),
                    models.Q(("publish_at__isnull", False), ("sender__isnull", False)),
                    _connector="OR",
                ),
                name="what_goes_has_a_time_and_a_sender",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)),
                fields=("announcement", "carer", "pupil"),
                name="one_answer_at_a_time",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)),
                fields=("announcement",),
                name="asked_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved", None), ("decided_at", None), ("decided_by", None)),
                    models.Q(
                        ("approved", True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    models.Q(
                        ("approved", False),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="declined_with_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["school", "put_at"],
                name="call_to_make",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                fields=("announcement", "carer"), name="rung_once_about_it"
            ),
        ),
        migrations.AddConstraint(
            model_name="otherwords",
            constraint=models.UniqueConstraint(
                fields=("announcement", "language"), name="announced_once_a_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="listedpupil",
            constraint=models.UniqueConstraint(fields=("pupil_list", "pupil"), name="listed_once"),
        ),
        migrations.AddConstraint(
            model_name="audiencepart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("group", None),
                        ("kind", "school"),
                        ("phase", ""),
                        ("pupil", None),
                        ("pupil_list", None),
                    ),
                    models.Q(
                        ("group", None),
                        ("kind", "phase"),
                        ("pupil", None),
                        ("pupil_list", None),
                        models.Q(("phase", ""), _negated=True),
                    ),
                    models.Q(
                        ("group__isnull", False),
                        ("kind", "group"),
                        ("phase", ""),
                        ("pupil", None),
                        ("pupil_list", None),
                    ),
                    models.Q(
                        ("group", None),
                        ("kind", "child"),
                        ("phase", ""),
                        ("pupil__isnull", False),
                        ("pupil_list", None),
                    ),
                    models.Q(
                        ("group", None),
                        ("kind", "list"),
                        ("phase", ""),
                        ("pupil", None),
                        ("pupil_list__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="audience_part_is_one_thing",
            ),
        ),
    ]
