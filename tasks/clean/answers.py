"""Answers that are no document: challenges, soft 404s, maintenance notices, logins, shells, lists."""

from __future__ import annotations

import re

from schemas.page import FetchedPage
from tasks.clean.choose import Region, weight
from tasks.clean.lines import folded, sentences
from tasks.clean.outline import Outline
from tasks.clean.rules import Answer, CleanRules
from tasks.errors import Unprocessable

#: How much of a source is searched for scripts that challenge the client.
_SEARCHED = 60_000
_EXCERPT = 200
#: A list of documents has so many links with text, and hardly a sentence.
_LIST_LINKS = 12


def refuse_source(page: FetchedPage, source: str, visible: int, rules: CleanRules) -> None:
    """Raise when a page with hardly any text is a challenge, a frameset or sends the reader on.

    Args:
        page: named in the message.
        source: decoded page.
        visible: number of visible characters.
        rules: patterns.

    Raises:
        Unprocessable: challenge_page, frameset, redirect_page.
    """
    if visible > rules.challenge_limit:
        return
    head = source[:_SEARCHED]
    for answer in rules.answers_by_source:
        if visible > rules.shell_limit and answer.reason != "challenge_page":
            continue
        if answer.pattern.search(head):
            raise _refusal(page, answer, source)


def refuse_text(page: FetchedPage, title: str | None, text: str, rules: CleanRules) -> None:
    """Raise when a short text says that it is no document.

    Raises:
        Unprocessable: challenge_page, soft_404, maintenance, login_page.
    """
    if len(text) > rules.notice_limit:
        return
    said = folded(text)
    named = folded(title or "")
    for answer in rules.answers_by_text:
        if answer.pattern.search(said) or (named and answer.pattern.search(named)):
            raise _refusal(page, answer, text)


def empty(page: FetchedPage, visible: int, source: str) -> Unprocessable:
    """The refusal of a page without a body."""
    scripted = re.search(r"(?i)<script", source) is not None
    if scripted:
        return Unprocessable(
            "empty_shell",
            f"{page.final_url} shows {visible} characters and leaves the rest to scripts; "
            "fetch the address its scripts read",
            evidence=source[:_EXCERPT],
        )
    return Unprocessable("empty_body", f"{page.final_url} has no text; look at the page", evidence=source[:_EXCERPT])


def is_listing(page: Outline, region: Region | None, rules: CleanRules) -> bool:
    """Whether a page lists other pages instead of being a document: links, and no paragraph."""
    links = sum(1 for block in page.blocks if block.linked * 2 > len(block.text) and len(block.text) > 6)
    if links < _LIST_LINKS:
        return False
    if region is None:
        return True
    body = [page.blocks[n] for n in range(region.first, region.last)]
    written = [block for block in body if sentences(block.text) >= 2 and block.linked * 2 <= len(block.text)]
    linked_here = sum(1 for block in body if block.linked * 2 > len(block.text) and len(block.text) > 6)
    return sum(map(weight, written)) < rules.notice_limit / 4 and (linked_here >= _LIST_LINKS / 2 or not written)


def _refusal(page: FetchedPage, answer: Answer, evidence: str) -> Unprocessable:
    return Unprocessable(answer.reason, f"{page.final_url}: {answer.sentence}", evidence=evidence[:_EXCERPT])
