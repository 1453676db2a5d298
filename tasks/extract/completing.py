"""What is added once the sentences are read: the figures of tables, canonical codes, and doubts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from schemas.document import SegmentedDocument
from schemas.record import Finding, Warn
from tasks.extract.checks import CheckRules, check
from tasks.extract.codes import CodeRules, code_for
from tasks.extract.table_rules import TableRules
from tasks.extract.tables import extract_tables


@dataclass(frozen=True)
class CompletingRules:
    """The vocabulary of codes, tables and checks."""

    FILES: ClassVar[tuple[str, ...]] = tuple(sorted({*CodeRules.FILES, *TableRules.FILES, *CheckRules.FILES}))

    codes: CodeRules
    tables: TableRules
    checks: CheckRules

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read and compile.

        Raises:
            tasks.errors.Misconfigured: a file is missing, malformed or has an unknown key.
        """
        return cls(CodeRules.load(vocabulary), TableRules.load(vocabulary), CheckRules.load(vocabulary))


def complete(
    document: SegmentedDocument, said: Iterable[Finding], rules: CompletingRules
) -> tuple[tuple[Finding, ...], tuple[Warn, ...]]:
    """All findings in the order of the text, with their codes, and the warnings they give.

    Args:
        document: where they were found.
        said: what the sentences state, in the order of the text; codes they have are kept.
        rules: the vocabulary.
    """
    findings = list(said)
    if document.normal.tables:
        findings += extract_tables(document, rules.tables)
        findings.sort(key=lambda one: (one.evidence.start, one.evidence.end))
    coded = tuple(_coded(one, rules.codes) for one in findings)
    return coded, check(coded, rules.checks)


def _coded(finding: Finding, rules: CodeRules) -> Finding:
    if finding.code is not None:
        return finding
    code = code_for(finding.name, finding.unit, finding.measure, rules)
    return finding if code is None else finding.evolve(code=code)
