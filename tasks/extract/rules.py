"""The words the stage works by, compiled once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from tasks.extract.chinese import ChineseReader
from tasks.extract.comparing import Comparing
from tasks.extract.completing import CompletingRules
from tasks.extract.confidence import Confidence, ConfidenceTable
from tasks.extract.mentions import Reader
from tasks.extract.phrases import Phrases
from tasks.extract.sentence import Grammar
from tasks.extract.subjects import Subjects
from tasks.extract.timing import Timing
from tasks.extract.traps import Traps
from tasks.extract.words import TrapWords, UnitWords, Words
from tasks.vocabulary import read_toml


@dataclass(frozen=True)
class ExtractRules:
    """The compiled vocabulary of extract."""

    FILES: ClassVar[tuple[str, ...]] = tuple(
        sorted({"units.toml", "words.toml", "traps.toml", "confidence.toml", *CompletingRules.FILES})
    )

    reader: Reader
    chinese: ChineseReader
    phrases: Phrases
    grammar: Grammar
    traps: Traps
    timing: Timing
    comparing: Comparing
    subjects: Subjects
    confidence: Confidence
    completing: CompletingRules

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read and compile.

        Raises:
            tasks.errors.Misconfigured: a file is missing, malformed or has an unknown key.
        """
        units = read_toml(vocabulary / "units.toml", UnitWords)
        words = read_toml(vocabulary / "words.toml", Words)
        traps = read_toml(vocabulary / "traps.toml", TrapWords)
        phrases = Phrases(words)
        return cls(
            reader=Reader(units),
            chinese=ChineseReader(units),
            phrases=phrases,
            grammar=Grammar(phrases),
            traps=Traps(traps, words.names, words.action.verbs),
            timing=Timing(words),
            comparing=Comparing(words),
            subjects=Subjects(words),
            confidence=Confidence(read_toml(vocabulary / "confidence.toml", ConfidenceTable)),
            completing=CompletingRules.load(vocabulary),
        )
