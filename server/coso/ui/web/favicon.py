"""The icon that browsers, readers of feeds and bookmarks ask for by its old name."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

_MARK = Path(__file__).parent.parent / "static" / "ui" / "mark.svg"
A_DAY_S = 86_400


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Give the mark; a browser goes by the type, not by the ending of the name."""
    answer = HttpResponse(_MARK.read_bytes(), content_type="image/svg+xml")
    answer["Cache-Control"] = f"public, max-age={A_DAY_S}"
    return answer
