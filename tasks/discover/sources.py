"""The sites that are visited by schedule: one small file each in config/sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from tasks.errors import Misconfigured
from tasks.text.ids import canonical_url
from tasks.vocabulary import read_toml

#: Largest number of listing pages one ``further`` may stand for: a slip of the pen is no crawl of a site.
MOST_PAGES = 500


def _address(url: str) -> str:
    canonical_url(url.replace("{page}", "1"))
    return url


def _pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return pattern


_CRON_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 6))
_CRON_PART = re.compile(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/([1-9]\d?))?")


def _schedule(value: int | str) -> int | str:
    if isinstance(value, int):
        if value < 60:
            raise ValueError(f"{value} seconds are less than a minute; no site wants to be visited that often")
        return value
    fields = value.split()
    if len(fields) != len(_CRON_FIELDS):
        raise ValueError(f"{value!r} has {len(fields)} fields; a crontab has five: minute hour day month weekday")
    for text, (name, low, high) in zip(fields, _CRON_FIELDS, strict=True):
        for part in text.split(","):
            found = _CRON_PART.fullmatch(part)
            numbers = [int(number) for number in found.groups()[:2] if number] if found else []
            if not found or numbers != sorted(numbers) or any(not low <= number <= high for number in numbers):
                raise ValueError(f"{part!r} is no {name}; it takes {low}-{high}, *, lists, ranges and steps")
    return " ".join(fields)


Address = Annotated[str, AfterValidator(_address)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Count = Annotated[int, Field(ge=0)]


class Listing(BaseModel):
    """One list of documents, on one page or several.

    Attributes:
        url: its first page; a local file or a data address (JSON, XML) will do.
        further: address of its further pages with ``{page}`` in the place of the number.
        pages: first and last number of those, both included.
        expected_links: least and most links; goes before that of the source.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Address
    further: Address | None = None
    pages: tuple[Count, Count] | None = None
    expected_links: tuple[Count, Count] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Listing:
        if (self.further is None) != (self.pages is None):
            raise ValueError("further and pages go together: one says how, the other how far")
        if self.further is not None and "{page}" not in self.further:
            raise ValueError("further needs {page} in the place of the number")
        if "{page}" in self.url:
            raise ValueError("url is the first page alone; the pattern with {page} belongs in further")
        if self.pages is not None and not 0 <= self.pages[1] - self.pages[0] < MOST_PAGES:
            raise ValueError(f"pages runs from a first to a last number, over at most {MOST_PAGES} pages")
        _check_range(self.expected_links)
        return self

    def addresses(self) -> Iterator[str]:
        """Each page's address, the first page first, none twice."""
        seen = set()
        numbers = range(self.pages[0], self.pages[1] + 1) if self.pages else ()
        for url in (self.url, *((self.further or "").replace("{page}", str(number)) for number in numbers)):
            if canonical_url(url) not in seen:
                seen.add(canonical_url(url))
                yield url


class SourceFile(BaseModel):
    """One file of config/sources: a site, its lists, and how it wants to be visited.

    Attributes:
        name: the file's name without ``.toml``; it stands in ``PageRequest.source``.
        title: what people call the site.
        area: GB/T 2260 code of the place it speaks for: 6 digits, 9 for a township.
        enabled: whether the schedule visits it; ``gongbao sources check`` does in any case.
        schedule: seconds between visits, or a crontab of five fields in the time zone of the settings.
        pace: least seconds between two requests to its hosts; None: that of the settings.
        include: regular expressions; a link counts when its address matches one. Without any, a
            link counts that has a date beside it or an address such as documents have.
        exclude: a link whose address matches one never counts.
        titles: a link counts only when its title matches one, if there are any.
        other_hosts: hosts beside those of the listings that links may lead to.
        expected_links: least and most links of each listing; outside of that something has changed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    title: str
    area: Annotated[str, Field(pattern=r"^(\d{6}|\d{9})$")] | None = None
    enabled: bool = True
    schedule: Annotated[int | str, AfterValidator(_schedule)] = 86_400
    pace: Annotated[float, Field(ge=0, le=3600)] | None = None
    listings: Annotated[tuple[Listing, ...], Field(min_length=1)]
    include: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()
    titles: tuple[Pattern, ...] = ()
    other_hosts: tuple[str, ...] = ()
    expected_links: tuple[Count, Count] = (1, 1000)

    @model_validator(mode="after")
    def _whole(self) -> SourceFile:
        _check_range(self.expected_links)
        return self

    def hosts(self) -> frozenset[str]:
        """The hosts that belong to this source; those of local files are none."""
        named = (urlsplit(listing.url).hostname for listing in self.listings)
        return frozenset(host.lower() for host in (*named, *self.other_hosts) if host)

    def expected(self, listing: Listing) -> tuple[int, int]:
        """Least and most links of this listing."""
        return listing.expected_links or self.expected_links


def _check_range(expected: tuple[int, int] | None) -> None:
    if expected is not None and expected[0] > expected[1]:
        raise ValueError(f"expected_links is [least, most], and {expected[0]} is more than {expected[1]}")


@dataclass(frozen=True)
class SourceFolder:
    """What config/sources holds.

    Attributes:
        sources: the good files, by name.
        faults: one sentence for each file that cannot be used; the others are not held up by it.
    """

    sources: tuple[SourceFile, ...]
    faults: tuple[Misconfigured, ...]

    def gaps(self) -> dict[str, float]:
        """Host → least seconds between two requests, for hosts whose source asks for its own pace."""
        found: dict[str, float] = {}
        for source in self.sources:
            for host in source.hosts() if source.pace is not None else ():
                found[host] = max(found.get(host, 0.0), source.pace or 0.0)
        return found


def read_source(path: Path) -> SourceFile:
    """Read one file.

    Raises:
        Misconfigured: it is missing, malformed, or has an unknown key; the sentence names file and key.
    """
    source = read_toml(path, SourceFile)
    if source.name:
        raise Misconfigured(
            "bad_settings",
            f"{path}: unknown key name; a source is called after its file ({path.stem}), so leave it out",
        )
    return source.model_copy(update={"name": path.stem})


def read_sources(folder: Path) -> SourceFolder:
    """Read all ``*.toml`` of a folder. A folder that is not there holds none."""
    sources, faults = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            sources.append(read_source(path))
        except Misconfigured as error:
            faults.append(error)
    return SourceFolder(tuple(sources), tuple(faults))
