"""Papers as files: Word through a template that an office may change, PDF and pictures through typst.

Both are given the same `Sheet`; what a template may say is settled in `placeholders`, what it may hold in `check`.
"""

from coso.documents.adapters.writer.check import TemplateFault, check_template
from coso.documents.adapters.writer.office import OfficeFailed, has_office, pdf_of
from coso.documents.adapters.writer.shipped import shipped_template
from coso.documents.adapters.writer.typeset import typeset_pages, typeset_pdf
from coso.documents.adapters.writer.word import write_word

__all__ = [
    "OfficeFailed",
    "TemplateFault",
    "check_template",
    "has_office",
    "pdf_of",
    "shipped_template",
    "typeset_pages",
    "typeset_pdf",
    "write_word",
]
