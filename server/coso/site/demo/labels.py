"""Sample labels of areas: no list of Hà Tĩnh's classes came with the system, so these are made up and marked."""

from coso.places import actions, adapters, queries
from coso.places.models import AreaLabel, LabelKind

DECISION = "Quyết định mẫu của bản trình diễn, không phải quyết định thật"

# By the code of a commune or a village: the labels that it carries. A commune's hold for its villages.
LABELS = {
    "18196": ["mien-nui", "bien-gioi"],
    "18196-07": ["dac-biet-kho-khan", "vung-sau-vung-xa", "it-co-dieu-kien-tiep-can"],
    "18196-08": ["dac-biet-kho-khan", "tieng-lao"],
    "18199": ["mien-nui", "bien-gioi"],
    "18199-06": ["vung-sau-vung-xa", "tieng-chut"],
    "18676": ["ven-bien"],
    "18676-02": ["dong-dong-bao-theo-dao"],
}


def load_labels() -> None:
    """Give the sample labels that are missing."""
    kinds = LabelKind.objects.in_bulk()
    units = {place.code: place for place in queries.now().filter(code__in=LABELS)}
    there = set(AreaLabel.objects.values_list("place__code", "kind"))
    for code, wanted in LABELS.items():
        for kind in wanted:
            if code in units and kind in kinds and (code, kind) not in there:
                actions.give_label(
                    place=units[code],
                    kind=kinds[kind],
                    decision=DECISION,
                    valid_from=adapters.TWO_LEVELS,
                    by="system",
                    is_sample=True,
                )
