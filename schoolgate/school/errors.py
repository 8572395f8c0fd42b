"""What can be wrong with a school's settings and its files; each class docstring is the sentence."""


class SchoolError(Exception):
    """Something about the school's settings or files is not right."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args)) or (self.__doc__ or "").strip()


class StorageFull(SchoolError):
    """The file could not be kept because the disk took no more; nothing was half kept."""
