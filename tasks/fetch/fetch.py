"""Fetch takes a page request and gives a fetched page.

The answer is kept whole as a WARC record before it is judged, so that of an answer that is no
document the evidence remains.
"""

from __future__ import annotations

from schemas.page import FetchedPage, PageRequest
from tasks.answer import Answer, accept
from tasks.bench import Bench
from tasks.errors import Misconfigured, Transient, Unchanged, Unprocessable
from tasks.stage import Stage
from tasks.text.ids import digest_of
from tasks.warc import warc_record


def archived(answer: Answer) -> bytes:
    """The answer as a WARC record: a response of a server, a resource for a file."""
    page = answer.page
    return warc_record(
        page.final_url,
        answer.payload,
        page.fetched_at,
        status=page.http.status if page.http else None,
        reason=answer.reason,
        headers=answer.headers,
    )


def fetched_page(request: PageRequest, answer: Answer, raw: str) -> FetchedPage:
    """The page that an answer is.

    Args:
        request: what was asked for.
        answer: what was met; :func:`tasks.answer.accept` has nothing against it.
        raw: digest of the stored WARC record.

    Raises:
        Unchanged: the bytes are those of the last visit.
    """
    digest = digest_of(answer.payload)
    if digest == request.known_digest:
        raise Unchanged("same_bytes", f"{request.url} gives the same bytes as at the last visit; nothing to do")
    return answer.page.evolve(raw=raw, raw_digest=digest, raw_size=len(answer.payload))


def _work(request: PageRequest, bench: Bench) -> FetchedPage:
    if bench.web is None:
        raise Misconfigured("no_web", f"{request.url} cannot be fetched: this bench was given no way to the web")
    answer = bench.web(request)
    try:
        accept(answer)
    except (Transient, Unprocessable) as error:
        if answer.payload:
            kept = bench.artefacts.put(archived(answer))
            error.evidence = f"{error.evidence or ''} [whole answer: {kept}]".lstrip()
        raise
    # judged before it is stored: an unchanged page leaves no second copy behind
    page = fetched_page(request, answer, raw="")
    return page.evolve(raw=bench.artefacts.put(archived(answer)))


FETCH = Stage("fetch", takes=PageRequest, gives=FetchedPage, work=_work)
