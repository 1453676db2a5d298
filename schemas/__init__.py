"""The contracts: what one part of Gongbao hands to another, and to its users."""

from __future__ import annotations

from schemas.base import Contract
from schemas.document import CleanDocument, Document, NormalDocument, SegmentedDocument
from schemas.failure import Failure
from schemas.page import FetchedPage, PageRequest
from schemas.record import DocumentRecord, Indicator
from schemas.ticket import Ticket

#: Every contract, public ones first.
CONTRACTS: tuple[type[Contract], ...] = (
    DocumentRecord,
    Indicator,
    Failure,
    Ticket,
    PageRequest,
    FetchedPage,
    CleanDocument,
    NormalDocument,
    SegmentedDocument,
    Document,
)

__all__ = ["CONTRACTS", "Contract"] + [c.__name__ for c in CONTRACTS]
