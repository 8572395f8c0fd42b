"""Mail, texts and voicemail come the same way: each is an arrival."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbound", "0002_one_school")]

    operations = [
        migrations.RenameModel("RawMail", "Arrival"),
        migrations.RenameField("TrayItem", "raw", "arrival"),
        migrations.AddField(
            model_name="arrival",
            name="authentication",
            field=models.CharField(
                choices=[("passed", "passed"), ("failed", "failed"), ("unknown", "unknown")],
                default="unknown",
                help_text="Whether the sender's address is theirs, as far as it could be checked.",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="arrival",
            name="checks",
            field=models.JSONField(default=dict, help_text="SPF, DKIM and DMARC, each in a word."),
        ),
        migrations.AddField(
            model_name="arrival",
            name="way",
            field=models.CharField(
                choices=[("email", "Email"), ("text", "Text"), ("voicemail", "Voicemail")],
                default="email",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="arrival",
            name="back_on",
            field=models.DateField(
                help_text="The day of return that an absence note names.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="arrival",
            name="became",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Nothing"),
                    ("message", "Message"),
                    ("conversation", "Conversation"),
                    ("bounce", "Bounce"),
                    ("complaint", "Complaint"),
                    ("kept", "Kept"),
                    ("tray", "Tray"),
                ],
                max_length=12,
            ),
        ),
    ]
