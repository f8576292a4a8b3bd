"""A sample round of inspection: some facilities looked at, with findings, one of them overdue."""

from datetime import timedelta

from coso.kit import clock, ids
from coso.organizations.models import Person
from coso.places import queries as places
from coso.registry.actions import defects, inspections, rounds
from coso.registry.models import Defect, Facility, InspectionRound, Station
from coso.registry.queries import inspections as reading
from coso.registry.rules.answers import Kind

TITLE = "Rà soát thiết chế văn hóa - thông tin cơ sở (mẫu)"
# By the code of the commune: who fills in its station, and what is not so there.
FILLED = {
    "18196": ("canbo.sonkim1", {8: "Cụm loa Thôn 3 rè, nghe không rõ (mẫu)"}),
    "18073": ("canbo.thanhsen", {}),
}
HAND = "Hộp điện cụm loa mất khóa (mẫu)"


def load_inspections() -> None:
    """Enter the sample round and its inspections unless they are there."""
    rounds.load_checklists()
    if InspectionRound.objects.filter(title=TITLE).exists():
        return
    editor = Person.objects.get(username="bientap")
    today = clock.today()
    round_ = rounds.make_round(
        by=editor,
        title=TITLE,
        place=places.province(),
        kinds=["commune_station", "culture_house", "post_culture_point", "law_bookcase", "library", "notice_board"],
        opens_on=today - timedelta(days=10),
        closes_on=today + timedelta(days=20),
    )
    round_ = rounds.open_round(by=editor, round_=round_)
    for code, (username, wrong) in FILLED.items():
        station = Station.objects.filter(place__code=code, is_sample=True).first()
        if station is not None:
            _fill(round_, Facility.objects.get(pk=station.pk), Person.objects.get(username=username), wrong)
    _overdue()


def _fill(round_: InspectionRound, facility: Facility, by: Person, wrong: dict[int, str]) -> None:
    checklist = reading.checklists_of(round_)[facility.kind]
    easy = {Kind.YES_NO: "yes", Kind.NUMBER: 10, Kind.TEXT: "Dữ liệu mẫu"}
    answers = {}
    for item in checklist.items.all():
        value = item.choices[-1] if item.choices else easy[Kind(item.answer)]
        answers[str(item.number)] = {"value": value}
    answers |= {str(number): {"value": "no", "note": note} for number, note in wrong.items()}
    sent = inspections.Sent(id=ids.new_id(), base_version=0, filled_at=clock.now() - timedelta(days=2), answers=answers)
    inspections.fill(by=by, round_=round_, facility=facility, sent=sent)


def _overdue() -> None:
    """Note a defect by hand that was to be mended nine days ago, with one line in its repair log."""
    station = Station.objects.filter(place__code="18196", is_sample=True).first()
    if station is None:
        return
    officer = Person.objects.get(username="canbo.sonkim1")
    defect = defects.enter_defect(by=officer, facility=Facility.objects.get(pk=station.pk), description=HAND)
    # Nobody may set a deadline that has passed; a sample shows one.
    Defect.objects.filter(pk=defect.pk).update(due_on=clock.today() - timedelta(days=9))
    defects.note_repair(
        by=officer, defect=defect, text="Đã đặt mua ổ khóa (mẫu)", to="in_repair", cost_vnd=150_000,
        contractor="Cửa hàng điện nước (mẫu)",
    )  # fmt: skip
