"""Units of measure and money, as they are written after a number."""

import re

_PLAIN = {
    "km": "ki lô mét", "hm": "héc tô mét", "dm": "đề xi mét", "cm": "xen ti mét", "mm": "mi li mét",
    "µm": "mi crô mét",
    "m": "mét", "nm": "na nô mét",
    "kg": "ki lô gam", "mg": "mi li gam", "g": "gam", "gr": "gam", "t": "tấn", "µg": "mi crô gam",
    "l": "lít", "L": "lít", "ml": "mi li lít", "mL": "mi li lít", "dl": "đề xi lít", "cc": "xê xê",
    "ha": "héc ta", "h": "giờ", "s": "giây", "ms": "mi li giây", "ph": "phút", "min": "phút", "'": "phút",
    "W": "oát", "kW": "ki lô oát", "KW": "ki lô oát", "MW": "mê ga oát", "kWh": "ki lô oát giờ",
    "KWh": "ki lô oát giờ", "kwh": "ki lô oát giờ", "MWh": "mê ga oát giờ", "V": "vôn", "kV": "ki lô vôn",
    "KV": "ki lô vôn",
    "kVA": "ki lô vôn ampe", "mA": "mi li ampe", "Hz": "héc", "kHz": "ki lô héc", "MHz": "mê ga héc",
    "GHz": "gi ga héc",
    "Pa": "pát can", "hPa": "héc tô pát can", "mmHg": "mi li mét thủy ngân", "dB": "đề xi ben", "cal": "ca lo",
    "kcal": "ki lô ca lo", "KB": "ki lô bai", "MB": "mê ga bai", "GB": "gi ga bai", "TB": "tê ra bai",
    "Mbps": "mê ga bít trên giây", "kbps": "ki lô bít trên giây", "Gbps": "gi ga bít trên giây",
    "rpm": "vòng trên phút", "bpm": "nhịp trên phút",
    "đ": "đồng", "Đ": "đồng", "₫": "đồng", "VNĐ": "đồng", "VND": "đồng", "vnđ": "đồng", "vnd": "đồng", "đồng": "đồng",
    "USD": "đô la Mỹ", "$": "đô la", "EUR": "ơ rô", "€": "ơ rô", "tr": "triệu", "trđ": "triệu đồng", "k": "nghìn",
    "K": "nghìn", "°C": "độ xê", "oC": "độ xê", "0C": "độ xê", "°F": "độ ép", "°": "độ", "%": "phần trăm",
    "‰": "phần nghìn", "ppm": "phần triệu", "°N": "độ vĩ bắc", "°B": "độ vĩ bắc", "°E": "độ kinh đông",
    "°Đ": "độ kinh đông",
}  # fmt: skip
_LENGTHS = ("km", "hm", "dm", "cm", "mm", "m")
UNITS = dict(_PLAIN)
for _length in _LENGTHS:
    UNITS[f"{_length}2"] = f"{_PLAIN[_length]} vuông"
    UNITS[f"{_length}3"] = f"{_PLAIN[_length]} khối"

# These say what they are without a number before them: "(km/h)", "tính bằng kg".
ALONE = frozenset(
    ["km", "kg", "cm", "mm", "kWh", "kW", "MW", "°C", "%", "‰", "VNĐ", "VND", "USD", "mmHg", "Mbps"]
    + [length + sign for length in _LENGTHS for sign in "23"]
)
# These are units only when they touch the number: 50k, 5tr.
TOUCHING = frozenset(["k", "K", "tr", "'", "t", "T", "L", "0C", "Đ", "$"])
MONEY = frozenset(["đ", "đồng", "₫", "VNĐ", "VND", "vnđ", "vnd"])
PERIODS = frozenset(["giờ", "buổi", "ngày", "tuần", "tháng", "quý", "năm", "vụ"])

UNIT = re.compile("|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True)))
