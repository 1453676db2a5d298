"""Reads Word documents (docx, docm, dotx; ECMA-376) in document order.

The parts are read directly rather than through python-docx, which refuses macro-enabled and strict
documents, and leaves out what stands in text boxes, content controls, footnotes and automatic numbers.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from tasks.clean.attachments import limits
from tasks.clean.attachments.archive import member, opened, parse
from tasks.clean.attachments.attachment import AttachmentText
from tasks.clean.attachments.composing import CellText, Composer, Style
from tasks.clean.attachments.numbering import Numbering
from tasks.errors import Unprocessable

#: elements that only wrap what counts
_WRAPPERS = frozenset(
    ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "hyperlink", "fldSimple", "dir", "bdo")
)
#: what a revision took away, and what is not shown
_GONE = frozenset(("del", "moveFrom", "instrText", "delText", "annotationRef", "Fallback", "pPr", "sectPr"))
_DEEPEST = 60
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def local(element: etree._Element) -> str:
    """The tag without its namespace: transitional and strict documents differ in that alone."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value_of(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by local name."""
    if element is None:
        return None
    if (found := element.get(_WORD + name)) is not None:
        return str(found)
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along local names."""
    if element is None:
        return None
    for name in path:
        ending = "}" + name
        for part in element:
            tag = part.tag
            if isinstance(tag, str) and (tag.endswith(ending) or tag == name):
                element = part
                break
        else:
            return None
    return element


def is_on(element: etree._Element | None) -> bool:
    """A switch such as ``<w:b/>``: on when there and not said to be off."""
    return element is not None and value_of(element) not in ("0", "false", "off", "none")


@dataclass
class _Styles:
    """What styles say of paragraphs: heading or not, bold, alignment, numbering."""

    headings: dict[str, int] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    bold: set[str] = field(default_factory=set)
    align: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element | None) -> _Styles:
        styles = cls()
        if root is None:
            return styles
        based: dict[str, str] = {}
        for style in (c for c in root if local(c) == "style"):
            key = value_of(style, "styleId")
            if key is None or value_of(style, "type") not in (None, "paragraph"):
                continue
            name = (value_of(child(style, "name")) or "").lower()
            level = value_of(child(style, "pPr", "outlineLvl"))
            if level is not None and level.isdecimal() and int(level) < 9:
                styles.headings[key] = int(level) + 1
            elif name.startswith(("heading ", "标题 ")) and name[-1:].isdecimal():
                styles.headings[key] = int(name[-1])
            if name in ("title", "标题"):
                styles.titles.add(key)
            if is_on(child(style, "rPr", "b")):
                styles.bold.add(key)
            align = value_of(child(style, "pPr", "jc"))
            if align:
                styles.align[key] = align
            number = child(style, "pPr", "numPr")
            if number is not None:
                styles.numbers[key] = (value_of(child(number, "numId")), value_of(child(number, "ilvl")))
            parent = value_of(child(style, "basedOn"))
            if parent:
                based[key] = parent
        for key in based:
            styles._inherit(key, based)
        return styles

    def _inherit(self, key: str, based: dict[str, str]) -> None:
        seen = {key}
        parent = based.get(key)
        while parent is not None and parent not in seen:
            seen.add(parent)
            if parent in self.headings:
                self.headings.setdefault(key, self.headings[parent])
            if parent in self.align:
                self.align.setdefault(key, self.align[parent])
            if parent in self.numbers:
                self.numbers.setdefault(key, self.numbers[parent])
            if parent in self.bold:
                self.bold.add(key)
            parent = based.get(parent)


@dataclass
class _Line:
    """What a paragraph says, and what hangs on it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    bold: int = 0
    letters: int = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def read_docx(raw: bytes, name: str) -> AttachmentText:
    """Paragraphs, tables, text boxes and footnotes of a Word document.

    Raises:
        Unprocessable: ``broken_attachment``, ``too_large``, ``encrypted_attachment``, ``scanned_attachment``.
    """
    with opened(raw, name) as archive:
        reader = _Reader(archive, name)
        return reader.read()


class _Reader:
    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._composer = Composer(name)
        main = _related(archive, "", name).get("officeDocument", ["word/document.xml"])[0]
        self._main = main
        related = _related(archive, main, name)
        self._styles = _Styles.read(self._part(related, "styles"))
        self._numbering = Numbering.read(self._part(related, "numbering"))
        self._notes = {
            kind: {value_of(note, "id"): note for note in part if local(note) == kind}
            for kind in ("footnote", "endnote")
            if (part := self._part(related, kind + "s")) is not None
        }
        self._asked: list[etree._Element] = []
        self._images = 0

    def _part(self, related: dict[str, list[str]], kind: str) -> etree._Element | None:
        path = next(iter(related.get(kind, [])), None)
        if path is None or path not in self._archive.NameToInfo:
            return None
        return parse(member(self._archive, path, self._name), self._name)

    def read(self) -> AttachmentText:
        root = parse(member(self._archive, self._main, self._name), self._name)
        body = root if local(root) == "body" else child(root, "body")
        if body is None:
            raise limits.broken(self._name, "it has no body")
        self._blocks(body, 0)
        for note in self._asked:
            self._blocks(note, 1)
        if not self._composer.length:
            if self._images:
                raise Unprocessable(
                    "scanned_attachment", f"{self._name} holds pictures and no text; it needs character recognition"
                )
            raise Unprocessable("empty_attachment", f"{self._name} holds no text")
        return self._composer.build()

    def _blocks(self, parent: etree._Element, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for block in parent:
            kind = local(block)
            if kind == "p":
                self._paragraph(block, depth)
            elif kind == "tbl":
                self._composer.table(self._cells(block, depth))
            elif kind in _WRAPPERS or kind in ("AlternateContent", "Choice"):
                self._blocks(block, depth + 1)

    def _paragraph(self, element: etree._Element, depth: int) -> None:
        line = self._line(element)
        text = self._label(element, line.text) + line.text
        style = self._style(element, line)
        if text.strip():
            key = value_of(child(element, "pPr", "pStyle"))
            if key in self._styles.titles or style in ("centre", "heading"):
                self._composer.offer_title(text)
            self._composer.paragraph(text, style)
        for box in line.boxes:
            self._blocks(box, depth + 1)
        self._ask(line)

    def _ask(self, line: _Line) -> None:
        for kind, number in line.notes:
            note = self._notes.get(kind, {}).get(number)
            if note is not None and value_of(note, "type") in (None, "normal"):
                self._asked.append(note)

    def _label(self, element: etree._Element, text: str) -> str:
        properties = child(element, "pPr")
        if properties is None or not text.strip():
            return ""
        key = value_of(child(properties, "pStyle"))
        number = child(properties, "numPr")
        number_id, level = value_of(child(number, "numId")), value_of(child(number, "ilvl"))
        styled = self._styles.numbers.get(key or "", (None, None))
        number_id = number_id or styled[0]
        level = level or styled[1] or "0"
        if number_id is None or not level.isdecimal():
            return ""
        return self._numbering.label(number_id, int(level))

    def _style(self, element: etree._Element, line: _Line) -> Style | None:
        key = value_of(child(element, "pPr", "pStyle")) or ""
        outline = value_of(child(element, "pPr", "outlineLvl"))
        if key in self._styles.headings or (outline is not None and outline.isdecimal() and int(outline) < 9):
            return "heading"
        align = value_of(child(element, "pPr", "jc")) or self._styles.align.get(key)
        if align == "center":
            return "centre"
        if align in ("right", "end"):
            return "right"
        if line.letters and (line.bold == line.letters or (key in self._styles.bold and not line.bold)):
            return "bold"
        return None

    def _line(self, element: etree._Element) -> _Line:
        line = _Line()
        stack: list[Iterator[etree._Element]] = [iter(element)]
        bold = [False]
        while stack:
            part = next(stack[-1], None)
            if part is None:
                stack.pop()
                bold.pop()
                continue
            kind = local(part)
            if kind == "t":
                line.pieces.append(part.text or "")
                line.letters += len(part.text or "")
                line.bold += len(part.text or "") if bold[-1] else 0
            elif kind in ("tab", "ptab"):
                line.pieces.append(" ")
            elif kind in ("br", "cr"):
                line.pieces.append("\n")
            elif kind == "noBreakHyphen":
                line.pieces.append("-")
            elif kind in ("footnoteReference", "endnoteReference"):
                line.notes.append((kind.removesuffix("Reference"), value_of(part, "id") or ""))
            elif kind == "txbxContent":
                line.boxes.append(part)
            elif kind in ("pict", "drawing", "object", "blip", "imagedata"):
                self._images += kind in ("blip", "imagedata")
                stack.append(iter(part))
                bold.append(False)
            elif kind == "AlternateContent":
                chosen = next((c for c in part if local(c) == "Choice"), None)
                stack.append(iter(chosen if chosen is not None else part))
                bold.append(bold[-1])
            elif kind == "r":
                if not is_on(child(part, "rPr", "vanish")):
                    stack.append(iter(part))
                    bold.append(is_on(child(part, "rPr", "b")))
            elif kind not in _GONE and kind not in ("rPr", "rubyPr", "rt") and len(stack) < 200:
                # a wrapper, known or not: whatever it is, its text is shown; of 注音 only the base text
                stack.append(iter(part))
                bold.append(bold[-1])
        return line

    def _cells(self, table: etree._Element, depth: int) -> list[CellText]:
        """The cells of a table, merged ones once."""
        cells: dict[tuple[int, int], CellText] = {}
        open_merges: dict[int, tuple[int, int]] = {}
        for row, tr in enumerate(_rows(table, 0)):
            header = is_on(child(tr, "trPr", "tblHeader"))
            column = _number(value_of(child(tr, "trPr", "gridBefore")), 0)
            for tc in _in_wrappers(tr, "tc", 0):
                properties = child(tc, "tcPr")
                width = max(1, _number(value_of(child(properties, "gridSpan")), 1))
                merge = child(properties, "vMerge")
                if merge is not None and value_of(merge) in (None, "continue") and column in open_merges:
                    key = open_merges[column]
                    old = cells[key]
                    cells[key] = CellText(old.row, old.column, old.text, row - old.row + 1, old.column_span, old.header)
                else:
                    if merge is not None:
                        open_merges[column] = (row, column)
                    else:
                        open_merges.pop(column, None)
                    text = "\n".join(self._cell_lines(tc, depth + 1))
                    cells[row, column] = CellText(row, column, text, 1, width, header)
                column += width
                if len(cells) > limits.CELLS:
                    limits.too_large(self._name, "table cells", limits.CELLS)
        return list(cells.values())

    def _cell_lines(self, cell: etree._Element, depth: int) -> Iterator[str]:
        """The paragraphs in a cell; a table inside it gives a line a row."""
        if depth > _DEEPEST:
            return
        for block in cell:
            kind = local(block)
            if kind == "p":
                line = self._line(block)
                yield self._label(block, line.text) + line.text
                for box in line.boxes:
                    yield from self._cell_lines(box, depth + 1)
                self._ask(line)
            elif kind == "tbl":
                for tr in _rows(block, 0):
                    inner = ("".join(self._cell_lines(tc, depth + 1)) for tc in _in_wrappers(tr, "tc", 0))
                    yield " ".join(inner)
            elif kind in _WRAPPERS:
                yield from self._cell_lines(block, depth + 1)


def _rows(table: etree._Element, depth: int) -> Iterator[etree._Element]:
    return (tr for tr in _in_wrappers(table, "tr", depth) if not is_on(child(tr, "trPr", "del")))


def _in_wrappers(parent: etree._Element, wanted: str, depth: int) -> Iterator[etree._Element]:
    for element in parent:
        kind = local(element)
        if kind == wanted:
            yield element
        elif kind in _WRAPPERS and depth < _DEEPEST:
            yield from _in_wrappers(element, wanted, depth + 1)


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), 1000) if text is not None and text.isdecimal() else otherwise


def _related(archive: zipfile.ZipFile, part: str, name: str) -> dict[str, list[str]]:
    """Kind of relation → paths of the parts related to ``part`` (``""`` is the package)."""
    folder, file = posixpath.split(part)
    path = posixpath.join(folder, "_rels", file + ".rels")
    found: dict[str, list[str]] = {}
    if path not in archive.NameToInfo:
        return found
    for relation in parse(member(archive, path, name), name):
        target, kind = value_of(relation, "Target"), value_of(relation, "Type")
        if target and kind and value_of(relation, "TargetMode") != "External":
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.setdefault(kind.rpartition("/")[2], []).append(whole)
    return found
