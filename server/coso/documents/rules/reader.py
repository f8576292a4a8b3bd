"""Read an official document: from its text to its structure."""

from __future__ import annotations

from collections.abc import Sequence

from . import doubts
from .citations import Citation, find_citations
from .closing import Closing, read_closing
from .document import Basis, Duty, OfficialDocument, Section, Task, Warning
from .duties import read_duties
from .errors import NotAnOfficialDocument, TextTooLong
from .header import ReadHeader, read_header
from .lines import read_lines
from .numbering import Rank
from .paragraphs import Paragraph, read_paragraphs
from .parts import find_second_head, split_parts
from .passages import clean
from .preamble import read_bases
from .sections import Purpose, purpose_of, read_sections, section_title
from .spans import Found
from .tables import read_task_tables
from .tasks import read_tasks
from .tree import Node, build_tree
from .work import labelled_in, orders_in, sort_work

MOST_CHARACTERS = 2_200_000

# Of these signs an official document shows at least three, and its kind or its number among them.
_SIGNS_NEEDED = 3


def read_document(text: str) -> OfficialDocument:
    """Read an official document from its text; spans count characters of that text.

    Raise NotAnOfficialDocument for any other text, TextTooLong beyond MOST_CHARACTERS.
    """
    if len(text) > MOST_CHARACTERS:
        raise TextTooLong
    lines = read_lines(text)
    head = read_header(lines)
    second = find_second_head(lines, head.body_at)
    body_lines = lines[head.body_at : second]
    closing = read_closing(body_lines)
    parts = split_parts(body_lines, closing)
    tables: list[Task] = []
    groups: list[list[Paragraph]] = []
    for part in parts:
        found, kept = read_task_tables(part, year=head.year)
        tables += found
        groups.append(read_paragraphs(kept))
    preamble, groups[0] = _split_preamble(groups[0])
    empty = clean(text, 0, 0)
    root, annexes = build_tree(groups[:2], empty), build_tree(groups[2:], empty)
    bases = read_bases(preamble)
    _demand_signs(head, closing, bases, root)
    work = sort_work(root)
    work.labelled += labelled_in(annexes)
    tasks = tuple(tables) or read_tasks(work, year=head.year)
    if not tasks and not work.duties:
        work.duties = orders_in(build_tree([preamble], empty))
    duties = read_duties(work.duties, year=head.year)
    citations = _citations(root, bases, head)
    return OfficialDocument(
        header=head.header,
        bases=bases,
        sections=_sections(root),
        tasks=tasks,
        duties=duties,
        funding=_funding(root),
        recipients=closing.recipients,
        delivery=closing.delivery,
        signature=closing.signature,
        cited_documents=citations,
        warnings=(
            *_warnings(head, closing, bases, citations, tasks, duties, root),
            *doubts.doubts_of_second(lines[second].passage if second is not None else None),
        ),
    )


def _split_preamble(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Part what stands before the first numbered part from the rest."""
    for index, paragraph in enumerate(paragraphs):
        if paragraph.marker is not None and paragraph.marker.is_numbered:
            return list(paragraphs[:index]), list(paragraphs[index:])
    return list(paragraphs), []


def _demand_signs(head: ReadHeader, closing: Closing, bases: Sequence[Basis], root: Node) -> None:
    signs = set(head.signs)
    if closing.recipients:
        signs.add("recipients")
    if closing.signature.roles:
        signs.add("signature")
    if bases:
        signs.add("bases")
    if any(node.rank <= Rank.ARTICLE for node in root.children):
        signs.add("sections")
    if not signs & {"kind", "number"} or len(signs) < _SIGNS_NEEDED:
        raise NotAnOfficialDocument


def _sections(root: Node) -> tuple[Section, ...]:
    return tuple(
        Section(node.ref, node.passage.strip(" .:").found())
        for node in read_sections(root)
        if node.passage.strip(" .:")
    )


def _funding(root: Node) -> tuple[Found[str], ...]:
    texts: list[Found[str]] = []
    for section in read_sections(root):
        if purpose_of(section_title(section)) is Purpose.FUNDING:
            texts += [child.passage.found() for child in section.children]
    return tuple(texts)


def _citations(root: Node, bases: Sequence[Basis], head: ReadHeader) -> tuple[Citation, ...]:
    """Give the documents cited in the body, each once, without those that are bases and without itself."""
    known = {basis.citation.number for basis in bases if basis.citation}
    if head.header.number and head.header.symbol:
        known.add(f"{head.header.number.value}/{head.header.symbol.value}")
    cited: list[Citation] = []
    for node in root.walk():
        numbered = node
        while numbered.parent is not None and not (numbered.marker and numbered.marker.is_numbered):
            numbered = numbered.parent
        for citation in find_citations(node.passage, numbered.ref):
            if citation.number not in known:
                known.add(citation.number)
                cited.append(citation)
    return tuple(cited)


def _warnings(
    head: ReadHeader,
    closing: Closing,
    bases: Sequence[Basis],
    citations: Sequence[Citation],
    tasks: Sequence[Task],
    duties: Sequence[Duty],
    root: Node,
) -> tuple[Warning, ...]:
    issued = head.header.issued_on
    unreadable = {warning.code for warning in head.warnings}
    found = [
        *head.warnings,
        *(
            warning
            for warning in doubts.doubts_of_header(head.header)
            if not (warning.code == "date_missing" and "date_unreadable" in unreadable)
        ),
        *doubts.doubts_of_citations(issued, bases, citations),
        *doubts.doubts_of_tasks(tasks, issued),
        *doubts.doubts_of_numbering(root),
        *doubts.doubts_of_repeated(root),
        *doubts.doubts_of_signature(closing.signature, closing.recipients),
    ]
    if not tasks and not duties:
        found.append(Warning("no_work_found", ()))
    return tuple(found)
