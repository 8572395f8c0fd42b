"""`python -m bench.peers.post_office_worker MAILS PROCESSES`: fills its queue, waits, drains it.

Says `ready` when the queue is full, begins at the first line that it hears, and says `done`.
"""

import logging
import os
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.post_office_settings")
django.setup()

from django.core.management import call_command
from post_office import mail
from post_office.models import Email

from bench.peers.letters import letter

AT_A_TIME = 1_000


def main(mails: int, processes: int) -> None:
    """One run on an empty table."""
    logging.getLogger("post_office").setLevel(logging.WARNING)
    call_command("migrate", verbosity=0)
    Email.objects.all().delete()
    for first in range(0, mails, AT_A_TIME):
        last = min(first + AT_A_TIME, mails)
        mail.send_many([letter(number) for number in range(first, last)])
    size = len(Email.objects.latest("pk").prepare_email_message().message().as_bytes())
    print(f"ready {size}", flush=True)
    sys.stdin.readline()
    with tempfile.TemporaryDirectory() as folder:
        mail.send_queued_mail_until_done(str(Path(folder) / "lock"), processes, 0)
    print("done", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
