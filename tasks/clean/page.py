"""Cleans a fetched page: what it is, where its body stands, what its block says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.document import CleanDocument, Clue, Mark, Table
from schemas.evidence import SpanMap
from schemas.page import FetchedPage
from schemas.record import Attachment, Charset, Metadata, Warn
from tasks.clean.answers import empty, is_listing, refuse_source, refuse_text
from tasks.clean.attachments import read_attachment, sniff
from tasks.clean.choose import Region, choose
from tasks.clean.clues import clues_of
from tasks.clean.cutting import Cutter
from tasks.clean.dates import iso_date
from tasks.clean.disclosure import Disclosure, read_blocks
from tasks.clean.edges import document_blocks
from tasks.clean.head import meta_tags
from tasks.clean.layout import lay_out
from tasks.clean.links import attachments_of
from tasks.clean.markup import Markup
from tasks.clean.outline import outline
from tasks.clean.plaintext import read_plain
from tasks.clean.rules import CleanRules
from tasks.clean.titles import title_of_element, title_of_page, title_of_text
from tasks.errors import Unprocessable
from tasks.text.charset import decode

_MARKUP = re.compile(
    r"(?i)<(?:!doctype|html|head|body|meta|title|script|div|table|p|br|span|center|font|h[1-6]|ul|td|a)(?=[\s/>])"
)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
#: Tags are looked for in so many characters; a text that quotes one has it further down.
_SNIFFED = 4_000
#: A cover says little more than that there is a file.
_COVER = 200
#: A body that weighs less may be a notice in the place of one that is hidden.
_DOUBTFUL = 300.0


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
    made = _from_html(page, text, rules) if _is_html(page, text) else _from_text(page, text, rules)
    return CleanDocument(
        page=page,
        charset=decoded.charset,
        title=made.title,
        metadata=made.metadata,
        clues=made.clues,
        text=made.text,
        spans=made.spans,
        tables=made.tables,
        marks=made.marks,
        attachments=made.attachments,
        is_cover=bool(made.attachments) and len(made.text) < _COVER,
        encoding_errors=decoded.encoding_errors,
        warnings=(*warnings, *made.warnings),
    )


@dataclass(frozen=True)
class _Made:
    title: str | None
    metadata: Metadata
    clues: tuple[Clue, ...]
    text: str
    spans: SpanMap
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[Warn, ...] = ()


def _is_html(page: FetchedPage, text: str) -> bool:
    return _MARKUP.search(text[:_SNIFFED]) is not None or (
        page.http is not None and page.http.media_type == "text/html" and _MARKUP.search(text) is not None
    )


def _refuse_binary(page: FetchedPage, text: str, errors: int) -> None:
    sample = text[:_SNIFFED]
    odd = len(_NO_TEXT.findall(sample))
    if odd * 10 > len(sample) or errors * 4 > len(text):
        raise Unprocessable(
            "binary_body",
            f"{page.final_url} is neither text nor a file we can read; look at it",
            evidence=repr(sample[:80]),
        )


def _from_html(page: FetchedPage, source: str, rules: CleanRules) -> _Made:
    markup = Markup(source)
    shown = outline(markup, rules.looks)
    region = choose(shown, rules)
    show_hidden = False
    if _worth(region) < _DOUBTFUL and shown.conceals:
        # some pages hide their body until a script has run
        unveiled = outline(markup, rules.looks, show_hidden=True)
        other = choose(unveiled, rules)
        if _worth(other) > 3 * _worth(region) + _DOUBTFUL / 2:
            shown, region, show_hidden = unveiled, other, True
    visible = sum(len(block.text) for block in shown.blocks)
    refuse_source(page, source, visible, rules)
    if region is None:
        raise empty(page, visible, source)
    metas = meta_tags(shown.metas, rules)
    element = title_of_element(shown.title)
    title = metas.get("title")
    kept = document_blocks(shown, region, title or element, rules)
    kept_set = set(kept)
    others = [n for n in range(len(shown.blocks)) if n not in kept_set]
    before = [n for n in others if not kept or n < kept[0]]
    block = read_blocks(shown, others, rules)
    title = block.get("title") or title or title_of_page(shown, element, before, kept, rules)
    metadata, warnings = _merged(block, metas)
    laid = lay_out(shown, kept, rules.looks, show_hidden=show_hidden)
    refuse_text(page, title, laid.text, rules)
    if is_listing(shown, kept):
        raise Unprocessable("listing_page", f"{page.final_url} lists other pages; enqueue what it links to")
    first_tag = shown.blocks[kept[0]].first - 80 if kept else 0
    last_tag = shown.blocks[kept[-1]].last + 200 if kept else len(markup.names)
    files = attachments_of(shown, page.final_url, first_tag, last_tag)
    if len(laid.text) < rules.shell_limit and not files:
        raise empty(page, visible, source)
    clues = clues_of(
        foot="\n".join(shown.blocks[n].text for n in others),
        site_code=metas.get("site_code"),
        site_name=metas.get("site_name"),
        title=title,
        metadata=metadata,
        url=page.final_url,
    )
    return _Made(title, metadata, clues, laid.text, laid.spans, laid.tables, laid.marks, files, tuple(warnings))


def _worth(region: Region | None) -> float:
    return region.sums.body[region.node] if region else 0.0


def _merged(block: Disclosure, metas: dict[str, str]) -> tuple[Metadata, list[Warn]]:
    """The block's values, what only the meta tags have, and where the two disagree."""
    warnings = list(block.warnings)
    for name in ("published_on", "source", "keywords", "author", "summary"):
        said = metas.get(name)
        if not said:
            continue
        if name == "published_on":
            said = iso_date(said) or said
            known = block.get(name)
            if known and iso_date(said) and iso_date(known) and known != said:
                warnings.append(
                    Warn(
                        code="date_conflict",
                        found=said,
                        likely=known,
                        why="the meta tag and the block give two dates of publication",
                    )
                )
        block.offer(name, 1000, said)
    return block.metadata(), warnings


def _from_text(page: FetchedPage, source: str, rules: CleanRules) -> _Made:
    plain = read_plain(source, rules)
    cutter = Cutter()
    for n, (start, end) in enumerate(plain.lines):
        if n:
            cutter.put_in("\n", start)
        cutter.copy(source[start:end], start)
    text = cutter.text()
    summary = plain.disclosure.get("summary")
    title = plain.disclosure.get("title") or title_of_text(text.split("\n", 8)[:8], summary)
    refuse_text(page, title, text or source.strip(), rules)
    if len(text) < rules.shell_limit:
        raise Unprocessable("empty_body", f"{page.final_url} has no text of its own", evidence=source[:200])
    metadata = plain.disclosure.metadata()
    clues = clues_of(
        foot=plain.outside, site_code=None, site_name=None, title=title, metadata=metadata, url=page.final_url
    )
    return _Made(title, metadata, clues, text, cutter.spans(len(source)), warnings=tuple(plain.disclosure.warnings))


def _attached(page: FetchedPage, raw: bytes, kind: str) -> CleanDocument:
    """An attached file; what its cover page says of it holds for it too."""
    read = read_attachment(page, raw, kind)
    cover = page.cover
    metadata = Metadata(**dict(cover.metadata)) if cover else Metadata()
    title = read.title or (cover.title if cover else None)
    clues = tuple(Clue(kind=kind, found=found) for kind, found in cover.clues) if cover else ()
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
