"""A database for benches: the embedded server in `var`, migrated, one for each size."""

from config import env
from config.machine import databases, kinds, migrations, place, privileges
from config.machine.postgres import OWNER, Postgres


def server() -> Postgres:
    """The benches' own server, started; it stays between runs so that data is made once."""
    user = privileges.service_user()
    data = place.choose("bench-pg", None, user)
    place.make_private(data, user)
    postgres = Postgres(data)
    postgres.start(with_parent=True)
    databases.make_roles(postgres)
    return postgres


def fresh(postgres: Postgres, name: str) -> str:
    """A new, migrated, empty database; gives the owner's address."""
    databases.drop_database(postgres, name)
    databases.make_database(postgres, name, mark=kinds.DEMO)
    migrations.migrate(postgres.url(OWNER, name))
    return postgres.url(OWNER, name)


def data_folder() -> str:
    """Where the benches' processes keep their files."""
    return str(env.ROOT / "var" / "bench-data")
