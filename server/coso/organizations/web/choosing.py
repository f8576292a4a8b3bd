"""What a form's search for a place asks while somebody types."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.organizations.choosing import found_in, offer_of
from coso.organizations.doors import StaffRequest, staff


@require_safe
@staff("desk.use")
def find_place(request: StaffRequest, key: str) -> JsonResponse:
    """Give the first units that a form offers this person for the words in `q`."""
    offer = offer_of(key)
    if offer is None:
        raise NotFound
    policies.require(request.person, offer.right)
    found = found_in(offer.of(request.person, request.GET.get("of", "")), request.GET.get("q", "")[:120])
    options = [{"value": value, "words": words} for value, words in found.options]
    answer = JsonResponse({"options": options, "more": found.more})
    # Whose rights changed must not be shown what was found before.
    answer["Cache-Control"] = "no-store"
    return answer
