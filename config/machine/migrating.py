"""`python -m config.machine.migrating`: Django's migrate, quietly, with a named point in it."""

import os
from typing import Any

import django
from django.core.management import call_command
from django.core.management.commands import migrate

from schoolgate.school.named_points import reached


class Migrate(migrate.Command):
    """As Django has it; each migration is a transaction of its own, so a kill falls between two."""

    def migration_progress_callback(
        self, action: str, migration: Any = None, fake: bool = False
    ) -> None:
        """Called before and after each migration."""
        super().migration_progress_callback(action, migration, fake)
        if action == "apply_success":
            reached("during migrate")


def main() -> None:
    """Bring the tables up to date; Django's own words if that fails."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command(Migrate(), interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
