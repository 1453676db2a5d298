"""Answers that are no document: challenges, soft 404s, maintenance notices, logins, shells, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.page import FetchedPage
from tasks.clean.lines import folded, sentences
from tasks.clean.outline import Outline
from tasks.clean.rules import Answer, CleanRules
from tasks.errors import Unprocessable

#: How much of a source is searched for scripts that challenge the client.
_SEARCHED = 60_000
_EXCERPT = 200
#: A list of documents has so many links with text, and hardly a sentence.
_LIST_LINKS = 12
_LIST_OWN = 120


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


def is_listing(page: Outline, kept: Sequence[int]) -> bool:
    """Whether a page lists other pages instead of being a document: links, and hardly other text.

    Args:
        page: the outline.
        kept: numbers of the blocks taken for the document.
    """
    links = sum(1 for block in page.blocks if block.linked * 2 > len(block.text) and len(block.text) > 6)
    if links < _LIST_LINKS:
        return False
    body = [page.blocks[n] for n in kept]
    own = sum(len(block.text) - block.linked for block in body if block.linked * 2 <= len(block.text))
    written = sum(sentences(block.text) for block in body if block.linked * 2 <= len(block.text))
    return own < _LIST_OWN and written < 3


def _refusal(page: FetchedPage, answer: Answer, evidence: str) -> Unprocessable:
    return Unprocessable(answer.reason, f"{page.final_url}: {answer.sentence}", evidence=evidence[:_EXCERPT])
