"""Who gets a part of a task: the bodies of today that stand for the names in the document, each once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

STRENGTH = ("lead", "coordinating", "implementing")
"""The roles (`models.UnitRole`), the one that answers for most first."""


@dataclass(frozen=True)
class Named:
    """A unit that a task names: the body of then, its name, the bodies that hold its duties today."""

    body: int
    name: str
    role: str
    heirs: tuple[int, ...]
    text: str = ""


@dataclass
class Share:
    """What one body of today is to do; `written` names the bodies of then where those are others."""

    body: int
    role: str
    texts: list[str] = field(default_factory=list)
    then: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Join the parts that the document gives to the bodies of then."""
        return "\n".join(self.texts)

    @property
    def written(self) -> str:
        """Join the names of the bodies of then; empty when the body is named itself."""
        return "; ".join(self.then)


def shares(named: Iterable[Named]) -> list[Share]:
    """Give each body of today one share, in the order of the roles and of the document.

    Two bodies of then that became one make one share, with the role that answers for most and the texts of both.
    """
    found: dict[int, Share] = {}
    for unit in sorted(named, key=lambda unit: STRENGTH.index(unit.role)):
        for heir in unit.heirs:
            share = found.setdefault(heir, Share(heir, unit.role))
            if unit.text and unit.text not in share.texts:
                share.texts.append(unit.text)
            if heir != unit.body and unit.name not in share.then:
                share.then.append(unit.name)
    return list(found.values())
