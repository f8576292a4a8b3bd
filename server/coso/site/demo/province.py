"""Loading the demo province, all or nothing."""

from django.db import transaction

from coso.organizations.actions import load_agencies
from coso.places.actions import load_hatinh
from coso.site.demo.colleagues import load_colleagues
from coso.site.demo.copies import load_copies
from coso.site.demo.coverage import load_signals
from coso.site.demo.facilities import load_facilities
from coso.site.demo.follow import load_follow
from coso.site.demo.inspections import load_inspections
from coso.site.demo.labels import load_labels
from coso.site.demo.networks import load_networks
from coso.site.demo.papers import load_papers
from coso.site.demo.people import load_people
from coso.site.demo.stations import load_stations
from coso.site.demo.villages import load_villages
from coso.site.demo.villages_then import load_villages_then
from coso.site.demo.work import load_work


@transaction.atomic
def load_demo() -> None:
    """Load places, agencies, sample villages, stations and people; what is there already stays as it is."""
    load_hatinh()
    load_agencies()
    load_villages()
    load_villages_then()
    load_labels()
    load_stations()
    load_facilities()
    load_people()
    load_networks()
    load_colleagues()
    load_signals()
    load_inspections()
    load_papers()
    load_copies()
    load_work()
    load_follow()
