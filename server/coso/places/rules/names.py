"""What the name of a unit tells: its type, and from which units a merged one was put together."""

from collections.abc import Mapping

TYPES = ("Thành phố", "Thị trấn", "Thị xã", "Phường", "Huyện", "Tỉnh", "Xã")


def bare(name: str) -> str:
    """Give a name without the type of the unit ('Thị trấn Đồng Lộc' → 'Đồng Lộc')."""
    for kind in TYPES:
        if name.startswith(f"{kind} "):
            return name[len(kind) + 1 :]
    return name


def in_sentence(name: str) -> str:
    """Give a name as it stands inside a name or a sentence: its type in small letters ('xã Sơn Kim 1')."""
    villages = name.startswith(("Thôn ", "Tổ dân phố "))
    return name[:1].lower() + name[1:] if villages or bare(name) != name else name


def joined_from(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Find, among neighbours, into which unit a vanished one went, as far as names tell.

    `before` and `after` map codes to names in one district. A merged unit keeps the code of one old unit and often
    takes a word from each ('Xã An Hòa Thịnh' from Sơn An, Sơn Hòa, Sơn Thịnh). A word counts when just one unit of the
    district can have given it. The answer maps a vanished code to a code that stayed; what is not certain is left out.
    """
    gone = {code: set(bare(name).split()) for code, name in before.items() if code not in after}
    others = {code: set(bare(name).split()) for code, name in before.items() if code in after}
    new_words = {
        code: set(bare(name).split()) - others[code]
        for code, name in after.items()
        if code in before and bare(name) != bare(before[code])
    }
    found = _same_name(before, after, gone)
    while True:
        claims: dict[str, set[str]] = {}
        for heir, words in new_words.items():
            for word in words:
                givers = [c for c, own in gone.items() if word in own and c not in found]
                givers += [c for c, own in others.items() if word in own and c != heir]
                if len(givers) == 1 and givers[0] in gone:
                    claims.setdefault(givers[0], set()).add(heir)
        settled = {code: heirs.pop() for code, heirs in claims.items() if len(heirs) == 1}
        if not settled:
            return found
        found |= settled


def _same_name(before: Mapping[str, str], after: Mapping[str, str], gone: Mapping[str, object]) -> dict[str, str]:
    """Find units that took the very name of one that vanished."""
    found = {}
    for code in gone:
        heirs = [c for c, name in after.items() if c in before and name == before[code] and before[c] != name]
        if len(heirs) == 1:
            found[code] = heirs[0]
    return found
