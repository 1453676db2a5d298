"""The heads of names that tell what is measured, and the words that lean on them."""

from __future__ import annotations

import re

from tasks.extract.words import NameWords, alternation

#: nouns that end so are amounts of their own: 增值税, 职工工资
_AMOUNTS_END = frozenset("税费金款资债")


class Quantities:
    """The compiled words of quantities, parts and properties.

    Attributes:
        scopes: parts that are of the whole as it is called: 城镇 of 社会消费品零售总额.
        kinds: those of things that are counted: 工业 of 企业.
        properties: what things counted before have: 在校生, 床位.
    """

    def __init__(self, names: NameWords) -> None:
        self.scopes = frozenset(names.scopes)
        self.kinds = frozenset(names.kinds)
        self.properties = frozenset(names.properties)
        self._heads = names.heads
        self._property_ends = frozenset(word[-1] for word in names.properties)
        self._owned = re.compile(f"(?<=..)(?:{alternation(names.properties)})$")
        self._head = re.compile(f"总?(?P<head>{alternation(names.quantities)})$")

    def head(self, noun: str) -> str:
        """What a noun at its end says is measured (周转量, 播种面积), or "": 公路网总里程 → 里程."""
        match = self._head.search(noun)
        return "" if match is None else match["head"]

    def tells(self, noun: str) -> bool:
        """Whether a noun tells at its end what is measured, and needs no other for it."""
        return noun.endswith(self._heads) or self._head.search(noun) is not None or noun[-1] in _AMOUNTS_END

    def owned(self, noun: str) -> int:
        """The length of the property that a noun ends with, behind what it is a property of: 普通高校招生."""
        if noun[-1:] not in self._property_ends:
            return 0  # most nouns
        match = self._owned.search(noun)
        return 0 if match is None else len(match[0])
