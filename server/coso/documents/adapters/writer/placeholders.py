"""What a Word template may say: names of a sheet, loops over its lists and conditions; nothing that computes.

A template is a file that somebody uploads, so its marks are a program that runs here. Only the few kinds of mark that a
paper needs are let through; the sandbox beneath is the second wall.
"""

from dataclasses import fields
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from coso.documents.rules.papers.sheet import AnnexSheet, Line, Sheet

NAMES = frozenset(one.name for one in fields(Sheet))
INNER_NAMES = frozenset(one.name for part in (Line, AnnexSheet) for one in fields(part))
MOST_MARKS, DEEPEST_LOOP = 600, 3
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.Compare,
    nodes.Operand, nodes.If, nodes.For, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
)  # fmt: skip


class UnknownMark(TemplateSyntaxError):
    """A template says something that no paper has; `mark` is what."""

    def __init__(self, mark: str, lineno: int = 1) -> None:
        super().__init__(mark, lineno)
        self.mark = mark


class PaperEnvironment(ImmutableSandboxedEnvironment):
    """Fill in templates of papers: every text is escaped, every mark looked at before it runs."""

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        _look(parsed)
        return parsed


def _look(parsed: nodes.Template) -> None:
    """Raise UnknownMark for the first thing that no paper has."""
    count = 0
    stack: list[tuple[nodes.Node, frozenset[str], int]] = [(parsed, NAMES, 0)]
    while stack:
        node, known, depth = stack.pop()
        count += not isinstance(node, nodes.TemplateData | nodes.Output)
        if count > MOST_MARKS or depth > DEEPEST_LOOP:
            raise UnknownMark("…", node.lineno)
        if not isinstance(node, _ALLOWED):
            raise UnknownMark(type(node).__name__.lower(), node.lineno)
        if isinstance(node, nodes.Name) and node.name not in known:
            raise UnknownMark(node.name, node.lineno)
        if isinstance(node, nodes.Getattr) and node.attr not in INNER_NAMES:
            raise UnknownMark(node.attr, node.lineno)
        if isinstance(node, nodes.For):
            known, depth = known | {_target(node)}, depth + 1
            if node.recursive or node.test is not None:
                raise UnknownMark("for", node.lineno)
        stack.extend((child, known, depth) for child in node.iter_child_nodes())


def _target(node: nodes.For) -> str:
    """Give the name that a loop uses for one of a list."""
    target: Any = node.target
    if not isinstance(target, nodes.Name) or target.name in NAMES:
        raise UnknownMark("for", node.lineno)
    return str(target.name)
