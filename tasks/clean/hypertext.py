"""Reads an HTML page: where its body stands, what its block says, which files it links to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.evidence import SpanMap
from schemas.page import FetchedPage
from tasks.clean.anchor import anchored
from tasks.clean.answers import empty, is_listing, refuse_source, refuse_text
from tasks.clean.choose import Region, choose
from tasks.clean.clues import clues_of
from tasks.clean.content import Content, disagreements, lines_of
from tasks.clean.dates import date_of_address, find_date
from tasks.clean.disclosure import Disclosure, read_blocks
from tasks.clean.edges import document_blocks
from tasks.clean.fields import held_body
from tasks.clean.head import meta_tags
from tasks.clean.layout import Laid, lay_out
from tasks.clean.lines import folded
from tasks.clean.links import attachments_of
from tasks.clean.markup import Markup
from tasks.clean.outline import Outline, outline
from tasks.clean.plaintext import line_places
from tasks.clean.rules import CleanRules
from tasks.clean.scripts import ScriptBody, script_block, script_body, script_places
from tasks.clean.titles import named_by_element, title_of_element, title_of_page
from tasks.errors import Unprocessable

#: A body that weighs less may be a notice in the place of one that is hidden or kept in a script.
_DOUBTFUL = 300.0
#: Files stand in the block or below the body: so many tags before and after it are searched for links.
_TAGS_BEFORE, _TAGS_AFTER = 80, 150
#: Preference of what meta tags say, below all labels and scripts.
_META = 1000
#: … and of a date without a label, below those.
_DATELINE = 2000
_LINES_ABOVE, _LONGEST_DATELINE = 8, 60
#: The largest real pages have a tenth of this.
_MOST_TAGS = 500_000
_FOOT_BLOCKS = 80
_LONGEST_NUMBER = 40
_NUMBER = re.compile(
    r"[（(]?\s*([\u4e00-\u9fff]{1,14}\s*[〔\[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］）)】]\s*第?\s*\d{1,4}\s*号)\s*[）)]?"
)
#: A script that holds a block is longer than this.
_SHORT_SCRIPT = 80


@dataclass(frozen=True)
class _Shown:
    """A page as it is shown, and the region of its body."""

    page: Outline
    region: Region | None
    unveiled: bool = False

    @property
    def worth(self) -> float:
        return self.region.sums.body[self.region.node] if self.region else 0.0


def read_html(page: FetchedPage, source: str, rules: CleanRules) -> Content:
    """Body, block, clues and files of an HTML page.

    Raises:
        Unprocessable: the answer is no document.
    """
    markup = Markup(source)
    if len(markup.names) > _MOST_TAGS:
        raise Unprocessable(
            "page_too_large", f"{page.final_url} has more than {_MOST_TAGS:,} tags; no document has so many: look at it"
        )
    shown = _shown(markup, rules)
    outlined, region = shown.page, shown.region
    visible = int(region.sums.length[0]) if region else 0
    scripted: ScriptBody | None = None
    places: list[tuple[int, int]] = []
    doubtful = shown.worth < _DOUBTFUL
    marked = any(marker in raw for raw in markup.raws if len(raw) > _SHORT_SCRIPT for marker in rules.script_markers)
    if doubtful or marked:
        places = script_places(markup)
    if doubtful:
        scripted = script_body(source, places, rules)
        scripted = held_body(markup, max(shown.worth, len(scripted.html) if scripted else 0)) or scripted
    if scripted is None:
        refuse_source(page, source, visible, rules)
        if region is None:
            raise empty(page, visible, source)

    metas = meta_tags((markup.rests[tag] for tag in outlined.metas), rules)
    element = title_of_element(outlined.title)
    kept: list[int] = []
    if region is not None:
        region, kept = _document(outlined, region, element, metas.get("title"), rules)
    laid: Laid
    if scripted is not None:
        laid, kept = _from_script(scripted, metas.get("title") or element, rules), []
    else:
        laid = lay_out(outlined, kept, rules.looks, show_hidden=shown.unveiled)
    held = set(kept)
    others = [n for n in range(len(outlined.blocks)) if n not in held]
    block = read_blocks(outlined, others, rules)
    if scripted or marked:
        script_block(source, places, scripted.at if scripted else 0, block, rules)
    before = [n for n in others if not kept or n < kept[0]]
    title = block.get("title") or metas.get("title") or title_of_page(outlined, element, before, kept, rules)
    warnings = disagreements(block, metas, laid.text)
    _complete(block, metas, rules)
    _complete_from_lines(block, outlined, before, kept, rules)
    told = bool(laid.tables) or (region is not None and region.lead is not None and _is_dated(block, outlined, kept))
    if block.get("published_on") is None and page.http is not None and (dated := date_of_address(page.final_url)):
        block.offer("published_on", _DATELINE, dated)

    refuse_text(page, title, laid.text, rules)
    if scripted is None and doubtful and not told and is_listing(outlined, kept):
        raise Unprocessable("listing_page", f"{page.final_url} lists other pages; enqueue what it links to")
    first_tag = outlined.blocks[kept[0]].first - _TAGS_BEFORE if kept else 0
    last_tag = outlined.blocks[kept[-1]].last + _TAGS_AFTER if kept else len(markup.names)
    files = attachments_of(outlined, page.final_url, first_tag, last_tag)
    if len(laid.text) < rules.shell_limit and not files:
        raise empty(page, visible, source)
    metadata = block.metadata()
    clues = clues_of(
        foot="\n".join(outlined.blocks[n].text for n in (*others[:_FOOT_BLOCKS], *others[-_FOOT_BLOCKS:])),
        site_code=metas.get("site_code"),
        site_name=metas.get("site_name"),
        title=title,
        metadata=metadata,
        url=page.final_url,
    )
    return Content(title, metadata, clues, laid.text, laid.spans, laid.tables, laid.marks, files, tuple(warnings))


def _shown(markup: Markup, rules: CleanRules) -> _Shown:
    """The page as shown, or unveiled when its body is hidden until a script has run."""
    page = outline(markup, rules.looks)
    shown = _Shown(page, choose(page, rules))
    if shown.worth >= _DOUBTFUL or not page.conceals:
        return shown
    page = outline(markup, rules.looks, show_hidden=True)
    unveiled = _Shown(page, choose(page, rules), unveiled=True)
    return unveiled if unveiled.worth > 3 * shown.worth + _DOUBTFUL / 2 else shown


def _document(
    page: Outline, region: Region, element: str, named: str | None, rules: CleanRules
) -> tuple[Region, list[int]]:
    """The region, corrected by where the title stands unless its name is known, and the document's blocks in it."""
    if not region.known:
        beside = anchored(page, region, [*named_by_element(element), *filter(None, (named,))], rules)
        kept = document_blocks(page, beside, named or element, rules)
        if kept:
            return beside, kept
    return region, document_blocks(page, region, named or element, rules)


def _from_script(body: ScriptBody, title: str, rules: CleanRules) -> Laid:
    """The body that a script holds as HTML or plain text, mapped to the page's source."""
    markup = Markup(body.html)
    if not markup.names:
        text, spans = lines_of(body.html, tuple(place for place in line_places(body.html) if place[0] < place[1]))
        return Laid(text, spans.after(body.spans), (), ())
    page = outline(markup, rules.looks)
    region = choose(page, rules)
    if region is None:
        return Laid("", SpanMap(source_length=body.spans.source_length), (), ())
    whole = Region(0, 0, len(page.blocks), known=True, sums=region.sums)
    laid = lay_out(page, document_blocks(page, whole, title, rules), rules.looks)
    return Laid(laid.text, laid.spans.after(body.spans), laid.tables, laid.marks)


def _date_above(page: Outline, before: list[int], rules: CleanRules) -> str | None:
    """The date that stands without a label between title and body; not the date of today in the head."""
    for n in reversed(before[-_LINES_ABOVE:]):
        text = page.blocks[n].text
        if len(text) > _LONGEST_DATELINE or rules.whole.match(folded(text)):
            continue
        found = find_date(text)
        if found and len(text) - (found[2] - found[1]) <= _LONGEST_DATELINE / 2 and "星期" not in text:
            return found[0]
    return None


def _is_dated(block: Disclosure, page: Outline, kept: list[int]) -> bool:
    """Whether a short text below a title is a document's: it has a day, or a list of links that it announces.

    The introduction of a column, which lists other pages, has neither.
    """
    linked = sum(page.blocks[n].linked * 2 > len(page.blocks[n].text) for n in kept)
    return linked > 1 or any(block.get(name) is not None for name in ("published_on", "created_on"))


def _complete_from_lines(
    block: Disclosure, page: Outline, before: list[int], kept: list[int], rules: CleanRules
) -> None:
    """Let lines without labels, above the body or at its top, fill what neither labels nor meta tags tell."""
    if block.get("published_on") is None:
        dated = _date_above(page, before, rules)
        if dated:
            block.offer("published_on", _DATELINE, dated)
    if block.get("document_number") is None:
        number = _number_above(page, [*before[-_LINES_ABOVE:], *kept[:_LINES_ABOVE]])
        if number:
            block.offer("document_number", _DATELINE, number)


def _number_above(page: Outline, head: list[int]) -> str | None:
    """The number of the document where it has a line of its own above or below the title: 青政发〔2022〕3号."""
    for n in head:
        block = page.blocks[n]
        if len(block.text) <= _LONGEST_NUMBER and not block.linked and (found := _NUMBER.fullmatch(block.text)):
            return "".join(found[1].split())
    return None


def _complete(block: Disclosure, metas: dict[str, str], rules: CleanRules) -> None:
    """Let meta tags fill the fields for which there is no label."""
    standard = "title" in metas
    for name in ("published_on", "source", "keywords", "author", "summary"):
        value = metas.get(name)
        # without the standard's ArticleTitle, keywords and description are those of the site
        if value and (standard or name not in ("summary", "keywords")):
            block.offer_found(name, _META, value, rules)
