"""Who asks, as views read it from a request."""

from django.http import HttpRequest

from schoolgate.people.access import Who


def who_asks(request: HttpRequest) -> Who:
    """The person behind a request, as the middleware found them."""
    who: Who = request.who  # type: ignore[attr-defined]  # set by WhoIsAsking
    return who
