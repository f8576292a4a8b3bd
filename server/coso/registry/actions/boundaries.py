"""Boundaries as the operator gives them: looked through, kept, withdrawn."""

import json
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit import blobs, clock
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places.models import BoundaryFile, Level, Place
from coso.registry.actions.files import drop_file, take_up_file
from coso.registry.queries import boundaries as queries
from coso.registry.rules import boundaries as rules
from coso.registry.rules.boundaries import Fault

RIGHT = "place.change"


@dataclass(frozen=True)
class Checked:
    """A file of boundaries that may be kept, and what it does not draw."""

    sha256: str
    cleaned: rules.Cleaned
    match: queries.Match


def check_boundaries(*, by: Person, data: bytes, code_property: str, true_on: date) -> Checked:
    """Look through a file and put its cleaned form among the blobs; no map uses it yet, and it is erased unless chosen.

    Raise NotAllowed without `place.change` in the whole province, BadInput with the first thing that is wrong.
    """
    policies.require_throughout(by, RIGHT)
    if true_on > clock.today():
        raise BadInput(fields={"true_on": [_("Give a day that has come.")]})
    if len(data) > rules.MOST_MEGABYTES * 1024 * 1024:
        raise BadInput(fields={"file": [_("At most %(most)s MB are accepted.") % {"most": rules.MOST_MEGABYTES}]})
    try:
        outlines = rules.read(data, squeeze(code_property) or "code")
    except rules.BadBoundaries as bad:
        raise BadInput(fields={"file": [words_of(bad)]}) from bad
    match = queries.match(outlines, true_on)
    if not match.units:
        sentence = _("No code of this file is that of a unit on this day, such as %(code)s.")
        raise BadInput(fields={"file": [sentence % {"code": outlines[0].code}]})
    cleaned = rules.clean([outline for _place, outline in match.units])
    sha256 = blobs.put(rules.write(cleaned.outlines, {place.code: place.name for place, _outline in match.units}))
    _refuse_twin(sha256, true_on)
    if not BoundaryFile.objects.filter(sha256=sha256).exists():
        drop_file(sha256)
    return Checked(sha256, cleaned, match)


@transaction.atomic
def add_boundaries(*, by: Person, sha256: str, name: str, source: str, true_on: date) -> BoundaryFile:
    """Let maps use boundaries that were looked through. Raise BadInput when they are in use already or were lost."""
    policies.require_throughout(by, RIGHT)
    name, source = squeeze(name), squeeze(source)
    wrong: dict[str, list[str]] = {}
    if not name:
        wrong["name"] = [_("Say how this file is called.")]
    if not source:
        wrong["source"] = [_("Say who gave the boundaries and under which licence.")]
    if wrong:
        raise BadInput(fields=wrong)
    if not blobs.has(sha256):
        raise BadInput(_("The file is not kept any more; send it again."))
    # Two people who add the same boundaries at once come one after the other.
    Place.objects.select_for_update(of=("self",)).filter(level=Level.PROVINCE).first()
    _refuse_twin(sha256, true_on)
    with blobs.open_blob(sha256) as file:
        count = len(json.load(file)["features"])
    made = BoundaryFile.objects.create(
        name=name[:160], sha256=sha256, true_on=true_on, units=count, source=source[:200]
    )
    take_up_file(sha256)
    data = {"name": made.name, "units": count, "true_on": true_on.isoformat()}
    record("registry.boundaries_added", by=by, refs=[Ref("boundaries", str(made.pk))], data=data)
    return made


@transaction.atomic
def withdraw_boundaries(*, by: Person, boundaries_id: int) -> BoundaryFile:
    """Take boundaries off the maps; doing it again changes nothing. Raise NotFound, NotAllowed."""
    policies.require_throughout(by, RIGHT)
    found = BoundaryFile.objects.select_for_update().filter(pk=boundaries_id).first()
    if found is None:
        raise NotFound
    if found.withdrawn_at is None:
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at"])
        refs = [Ref("boundaries", str(found.pk))]
        record("registry.boundaries_withdrawn", by=by, refs=refs, data={"name": found.name})
    return found


def _refuse_twin(sha256: str, true_on: date) -> None:
    twin = queries.twin(sha256, true_on)
    if twin is not None:
        sentence = _("The same boundaries are in use already, as “%(name)s”.")
        raise BadInput(fields={"file": [sentence % {"name": twin.name}]})


def words_of(bad: rules.BadBoundaries) -> str:
    """Say what is wrong with a file and where, so that whoever made it can mend it."""
    sentences = {
        Fault.NOT_JSON: _("The file is no GeoJSON: it cannot be read as JSON in UTF-8."),
        Fault.NOT_A_COLLECTION: _("The file is no GeoJSON FeatureCollection."),
        Fault.OTHER_SYSTEM: _(
            "The file names another coordinate system. Save it in WGS 84 (EPSG:4326) and send it again."
        ),
        Fault.EMPTY: _("The file holds no area."),
        Fault.TOO_MANY: _("The file holds %(count)s areas; at most %(most)s are accepted."),
        Fault.NO_CODE: _("Area number %(number)s has no unit code in the property “%(property)s”."),
        Fault.TWICE: _("The code %(code)s stands there twice, the second time at area number %(number)s."),
        Fault.NOT_AN_AREA: _("Area number %(number)s, %(code)s, is neither a Polygon nor a MultiPolygon."),
        Fault.BAD_CORNERS: _("The corners of area number %(number)s, %(code)s, are no closed lines of degrees."),
        Fault.ELSEWHERE: _(
            "Area number %(number)s, %(code)s, has a corner at longitude %(longitude)s, latitude %(latitude)s: outside "
            "Việt Nam. Degrees of WGS 84 are needed, the longitude first."
        ),
        Fault.BROKEN: _("The outline of area number %(number)s, %(code)s, crosses itself and cannot be mended safely."),
    }
    return sentences[bad.fault] % bad.where
