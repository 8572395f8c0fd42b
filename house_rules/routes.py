"""Every address of the house, with its name and its access rule, as the resolver knows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from schoolgate.accounts.gates import Rule

# Sign-in pages are allauth's; it decides there, and nothing of a school stands on them.
OTHERS = "account/"


@dataclass(frozen=True)
class Route:
    """One address of ours."""

    name: str
    path: str
    rule: Rule | None
    arguments: tuple[str, ...]


def ours() -> list[Route]:
    """Every route whose view is ours."""
    return [route for route in _walk(get_resolver()) if route is not None]


def _walk(resolver: URLResolver, before: str = "") -> Iterator[Route | None]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path)
        else:
            yield _route(entry, path)


def _route(entry: URLPattern, path: str) -> Route | None:
    module = entry.callback.__module__
    if not module.startswith("schoolgate."):
        return None
    return Route(
        name=entry.name or "",
        path=path,
        rule=getattr(entry.callback, "access_rule", None),
        arguments=tuple(entry.pattern.converters),
    )
