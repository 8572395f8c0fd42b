"""What may stop the engine room; the words of each error are the sentence that people read."""

import errno


class MachineError(Exception):
    """Schoolgate can't start, and the sentence says why and what to do."""


class NoPostgresError(MachineError):
    """There is no PostgreSQL on this machine that Schoolgate can use."""


class DatabaseStartError(MachineError):
    """The embedded database did not start."""


class UpgradeError(MachineError):
    """The data was written by another major version of PostgreSQL."""


class RightsError(MachineError):
    """The system does not let Schoolgate take the rights that it needs."""


class WrongRoleError(MachineError):
    """The role in DATABASE_URL may do more than a plain role may."""


class WrongKindError(MachineError):
    """A demo was asked to be a real school, or a real school a demo."""


class TakenError(MachineError):
    """A port or a data folder is already in use."""


def no_room(path: object) -> str:
    """The sentence for a full disk."""
    return f"The disk that holds {path} is full. Free some space and start again; nothing was lost."


def sentence_of(error: OSError) -> str:
    """The sentence for what the system refused."""
    if error.errno == errno.ENOSPC:
        return no_room(error.filename or "the data")
    return f"Schoolgate can't use {error.filename or 'a file'}: {error.strerror}."
