"""Cuts HTML source into tags and the text between them, with the place of every character.

A tree parser gives no source offsets, and offsets are what evidence rests on.  So the source is cut by
one regular expression that follows the tokenizer of the HTML standard (13.2.5): comments, raw text
elements, quoted attribute values, and what it does at the end of the file.  Every quantifier is
possessive and every construct may end with the file, so the time is linear whatever the bytes are.
"""

from __future__ import annotations

import re
from itertools import accumulate, compress, repeat
from operator import add

#: Elements whose content is no markup (HTML, 13.2.5.1–4): their text is never shown as body text.
_RAW = r"[sS][cC][rR][iI][pP][tT]|[sS][tT][yY][lL][eE]|[tT][iI][tT][lL][eE]|[tT][eE][xX][tT][aA][rR][eE][aA]"
_RAW += r"|[iI][fF][rR][aA][mM][eE]|[nN][oO](?:[sS][cC][rR][iI][pP][tT]|[eE][mM][bB][eE][dD]|[fF][rR][aA][mM][eE][sS])"
_RAW = rf"(?=[sStTiInNxX])(?:{_RAW}|[xX][mM][pP])(?=[\s/>])"

_COMMENT = r"(?:(?=-?>)-?|(?:[^-]++|-(?!-!?>))*+(?:--!?)?)"
_RAW_REST = r"[^>]*+(?:>(?:[^<]++|<(?!/(?i:(?P=raw))))*+(?:</[^>]*+)?)?"
_ATTRIBUTES = r"[^>=]*+(?:=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|)[^>=]*+)*+"

# The commonest come first: end tags without anything behind their name.
_TAG = re.compile(
    rf"<(/[a-zA-Z][^\s/>]*+(?=>)|!--|(?P<raw>{_RAW})|/?[a-zA-Z][^\s/>]*+|[!?]|/(?=[^a-zA-Z]))"
    rf"((?<=<!--){_COMMENT}|(?(raw){_RAW_REST}|(?:(?=>)|(?<=<[!?/])[^>]*+|{_ATTRIBUTES})))(?:>|\Z)"
)


class Markup:
    """A source cut into ``texts[0] tag[0] texts[1] tag[1] … texts[n]``.

    Attributes:
        source: what was cut.
        names: of each tag, as written, ``/`` before an end tag; ``!--``, ``!``, ``?`` for what is no tag.
        rests: what follows the name up to ``>``; for raw text elements also their content and end tag.
        raws: the rests of the raw text elements.
        texts: one more than tags; entities not yet decoded.
    """

    __slots__ = ("names", "raws", "rests", "source", "texts")

    def __init__(self, source: str) -> None:
        pieces = _TAG.split(source)
        self.source = source
        self.texts = pieces[0::4]
        self.names = pieces[1::4]
        self.rests = pieces[3::4]
        self.raws = list(compress(self.rests, pieces[2::4]))

    def offsets(self, first: int, last: int) -> list[int]:
        """Where the texts ``first`` to ``last`` (exclusive) begin in the source."""
        texts, names, rests = self.texts, self.names, self.rests
        # "<" and ">" are in none of the pieces
        begin = 2 * first + sum(sum(map(len, pieces[:first])) for pieces in (texts, names, rests))
        sizes = map(
            add,
            map(add, map(len, texts[first : last - 1]), map(len, names[first : last - 1])),
            map(add, map(len, rests[first : last - 1]), repeat(2)),
        )
        made = list(accumulate(sizes, initial=begin))
        if last == len(texts) and made:
            # a tag cut off by the end of the file has no ">"
            made[-1] = len(self.source) - len(texts[-1])
        return made
