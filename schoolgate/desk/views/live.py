"""Whether a desk looks different now: asked every few seconds by every open desk."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from schoolgate.accounts.asking import who_asks
from schoolgate.accounts.gates import a_team_member, opened_to
from schoolgate.desk.version import version_of


@opened_to(a_team_member)
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Nothing new (304), or the version that there is now; never a word of anybody."""
    tag = f'"{version_of(who_asks(request))}"'
    known = request.headers.get("If-None-Match") == tag
    answer = HttpResponse(status=304) if known else HttpResponse("new\n", content_type="text/plain")
    answer["ETag"] = tag
    answer["Cache-Control"] = "no-store"
    return answer
