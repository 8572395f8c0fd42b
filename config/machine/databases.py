"""The roles and databases inside the embedded PostgreSQL, and what each database is for."""

from config.machine.errors import DatabaseStartError, no_room
from config.machine.postgres import ADMIN, OWNER, PLAIN, Postgres

ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role}; END IF;
END $$;
ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION
  PASSWORD '{password}';
"""
DATABASE = """
REVOKE ALL ON DATABASE {name} FROM PUBLIC;
GRANT CONNECT ON DATABASE {name} TO {plain};
"""
CONTENTS = """
CREATE EXTENSION IF NOT EXISTS btree_gin;
ALTER SCHEMA public OWNER TO {owner};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {plain};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {plain};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {plain};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT EXECUTE ON FUNCTIONS TO {plain};
"""


def make_roles(postgres: Postgres) -> None:
    """Make the owner, who migrates, and the plain role, who serves; again is harmless."""
    sql(
        postgres,
        *(ROLE.format(role=role, password=postgres.passwords[role]) for role in (OWNER, PLAIN)),
    )


def make_database(
    postgres: Postgres, name: str = "schoolgate", *, mark: str, template: str | None = None
) -> None:
    """Make a database that belongs to the owner and bears its mark; one that is there stays."""
    if exists(postgres, name):
        return
    unfinished = f"{name}_unfinished"
    drop_database(postgres, unfinished)
    make_bare(postgres, unfinished, mark=mark, template=template or "template0")
    if template is None:
        sql(postgres, CONTENTS.format(owner=OWNER, plain=PLAIN), database=unfinished)
    sql(postgres, f"ALTER DATABASE {unfinished} RENAME TO {name};")


def make_bare(postgres: Postgres, name: str, *, mark: str, template: str = "template0") -> None:
    """Make a database without any rights inside yet: a backup brings its own."""
    sql(
        postgres,
        f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template};",
        f"COMMENT ON DATABASE {name} IS '{mark}';",
        DATABASE.format(name=name, plain=PLAIN),
    )


def drop_database(postgres: Postgres, name: str) -> None:
    """Remove a database and end whoever is still in it."""
    sql(postgres, f"DROP DATABASE IF EXISTS {name} WITH (FORCE);")


def exists(postgres: Postgres, name: str) -> bool:
    """Whether there is a database of this name."""
    return sql(postgres, f"SELECT 1 FROM pg_database WHERE datname = '{name}';") == "1"


def mark(postgres: Postgres, name: str = "schoolgate") -> str:
    """What the database was made for: a demo or a real school."""
    return sql(
        postgres,
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database "
        f"WHERE datname = '{name}';",
    )


def sql(postgres: Postgres, *statements: str, database: str = "postgres") -> str:
    """Run statements as the cluster's administrator, each by itself; return what they print."""
    done = postgres.run(
        "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=terse",
        "-h", str(postgres.socket), "-U", ADMIN, "-d", database, "-f", "-",
        given="\n".join(statements),
    )  # fmt: skip
    if done.returncode:
        words = done.stderr.strip()
        raise DatabaseStartError(
            no_room(postgres.data) if "No space left" in words else f"The database said: {words}"
        )
    return done.stdout.strip()
