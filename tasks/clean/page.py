"""Cleans a fetched page: what it is, where its body stands, what its block says."""

from __future__ import annotations

import re

from schemas.document import CleanDocument, Clue
from schemas.evidence import SpanMap
from schemas.page import Cover, FetchedPage
from schemas.record import Charset, Metadata, Warn
from tasks.clean.answers import refuse_text
from tasks.clean.attachments import read_attachment, sniff
from tasks.clean.clues import clues_of
from tasks.clean.content import Content, disagreements, lines_of
from tasks.clean.hypertext import read_html
from tasks.clean.lines import sentences
from tasks.clean.plaintext import read_plain
from tasks.clean.rules import CleanRules
from tasks.clean.titles import title_of_text, title_over_dateline
from tasks.errors import Unprocessable
from tasks.text.charset import decode

_MARKUP = re.compile(
    r"(?i)<(?:!doctype|html|head|body|meta|title|script|div|table|p|br|span|center|font|h[1-6]|ul|td|a)(?=[\s/>])"
)
#: Bytes that stand for control characters in UTF-8; no other character has them.
_NO_TEXT = bytes((*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
#: Tags are looked for in so many characters; a text that quotes one has it further down.
_SNIFFED = 4_000
#: A cover says little more than that there is a file.
_COVER = 200
_LINK_FRINGE = re.compile(r"^附(?:件|表)?\s*[\d一二三四五六七八九十]*\s*[:：.．、]?\s*|\.[A-Za-z]{2,4}\s*$")
_SHORTEST_TITLE = 4
_POINTERS = ("附件", "详见", "下载", "点击", "全文见", "查看")
#: Words of links that say what to do, or that there is a file, and not which.
_NAMELESS = re.compile(
    r"下载|点击|查看|阅读原文|^(?:[\u4e00-\u9fff]{0,4}(?:全文|正文|原文|附件|文件|文档|报告)|[\W\d_]+)$"
)


def clean_page(page: FetchedPage, raw: bytes, rules: CleanRules) -> CleanDocument:
    """Body, disclosure block, clues and attachments of a fetched page.

    Args:
        page: what was fetched.
        raw: its payload bytes.
        rules: the vocabulary.

    Raises:
        Unprocessable: the answer is no document; the reason says which kind (challenge_page, soft_404,
            maintenance, login_page, empty_shell, empty_body, listing_page, frameset, redirect_page,
            binary_body, table_too_large), or what is wrong with an attached file.
    """
    kind = sniff(raw, page.file_name, page.http.media_type if page.http else None)
    if kind is not None:
        return _attached(page, raw, kind)
    if not raw.strip():
        raise Unprocessable("empty_body", f"{page.final_url} was answered with nothing; fetch it again later")
    decoded = decode(raw, http_label=page.charset_label)
    text = decoded.text
    _refuse_binary(page, text, decoded.encoding_errors)
    warnings = list(decoded.warnings)
    if decoded.truncated:
        warnings.append(Warn(code="truncated", why="the bytes end inside a character"))
    made = read_html(page, text, rules) if _is_html(page, text) else _read_text(page, text, rules)
    title, metadata, clues = _inherited(page.cover, made.title, made.metadata, made.clues)
    return CleanDocument(
        page=page,
        charset=decoded.charset,
        title=title,
        metadata=metadata,
        clues=clues,
        text=made.text,
        spans=made.spans,
        tables=made.tables,
        marks=made.marks,
        attachments=made.attachments,
        is_cover=bool(made.attachments) and _is_cover(made.text),
        encoding_errors=decoded.encoding_errors,
        warnings=(*warnings, *made.warnings),
    )


def _is_cover(text: str) -> bool:
    """Whether a page with files says little more than that there are files."""
    return len(text) < _COVER and (
        sentences(text) <= 1 or (sentences(text) <= 3 and any(word in text for word in _POINTERS))
    )


def _is_html(page: FetchedPage, text: str) -> bool:
    return _MARKUP.search(text[:_SNIFFED]) is not None or (
        page.http is not None and page.http.media_type == "text/html" and _MARKUP.search(text) is not None
    )


def _refuse_binary(page: FetchedPage, text: str, errors: int) -> None:
    sample = text[:_SNIFFED]
    said = sample.encode("utf-8", "replace")
    odd = len(said) - len(said.translate(None, _NO_TEXT)) + sample.count("\ufffd")
    if odd * 10 > len(sample) or errors * 4 > len(text):
        raise Unprocessable(
            "binary_body",
            f"{page.final_url} is neither text nor a file we can read; look at it",
            evidence=repr(sample[:80]),
        )


def _read_text(page: FetchedPage, source: str, rules: CleanRules) -> Content:
    """A plain-text page."""
    plain = read_plain(source, rules)
    text, spans = lines_of(source, plain.lines)
    title = plain.disclosure.get("title") or title_of_text(text.split("\n", 8)[:8], plain.disclosure.get("summary"))
    title = title or title_of_text(plain.above, None) or title_over_dateline(plain.over_dateline)
    refuse_text(page, title, text or source.strip(), rules)
    if len(text) < rules.shell_limit:
        raise Unprocessable("empty_body", f"{page.final_url} has no text of its own", evidence=source[:200])
    metadata = plain.disclosure.metadata()
    clues = clues_of(
        foot=plain.outside, site_code=None, site_name=None, title=title, metadata=metadata, url=page.final_url
    )
    warnings = disagreements(plain.disclosure, {}, text)
    return Content(title, metadata, clues, text, spans, warnings=tuple(warnings))


def _attached(page: FetchedPage, raw: bytes, kind: str) -> CleanDocument:
    """An attached file; what its cover page says of it holds for it too."""
    read = read_attachment(page, raw, kind)
    title, metadata, clues = _inherited(page.cover, read.title, Metadata(), ())
    return CleanDocument(
        page=page,
        charset=Charset(declared=None, used="utf-8", decided_by="content"),
        title=title,
        metadata=metadata,
        clues=clues,
        text=read.text,
        spans=SpanMap.identity(len(read.text)),
        spans_into="extracted",
        tables=read.tables,
        marks=read.marks,
        warnings=read.warnings,
    )


def _inherited(
    cover: Cover | None, title: str | None, metadata: Metadata, clues: tuple[Clue, ...]
) -> tuple[str | None, Metadata, tuple[Clue, ...]]:
    """Title, block and clues, completed by those of the cover page.

    The words of the link name the file itself, so they come before the title of the page around it.
    """
    if cover is None:
        return title, metadata, clues
    known = {name: value for name, value in metadata.model_dump().items() if value is not None}
    given = {name: value for name, value in cover.metadata if name in Metadata.model_fields}
    more = tuple(clue for kind, found in cover.clues if (clue := Clue(kind=kind, found=found)) not in clues)
    return title or _named_by_link(cover.link_text) or cover.title, Metadata(**(given | known)), clues + more


def _named_by_link(text: str | None) -> str | None:
    """The title that the words of a link give: 附件1：青禾镇2021年工作报告.docx."""
    bare = _LINK_FRINGE.sub("", (text or "").strip())
    return bare if len(bare) >= _SHORTEST_TITLE and not _NAMELESS.search(bare) else None
