"""What a user may name as SOURCE: a URL, a file, a folder, or @FILE with one source a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tasks.text.ids import canonical_url

#: name of the database that ``gongbao run --out DIR`` keeps in DIR
DATABASE = "gongbao.sqlite"
#: attachment formats: a folder's pages go first, so that a file linked from one is read with its cover
ATTACHMENTS = frozenset({".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".ofd", ".zip", ".rar"})


@dataclass
class Intake:
    """Sources made out, in the order given, and sentences on those that could not be."""

    urls: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def waves(self) -> Iterator[list[str]]:
        """Pages first, then files of attachment formats."""
        pages = [url for url in self.urls if not _is_local_attachment(url)]
        files = [url for url in self.urls if _is_local_attachment(url)]
        yield from (wave for wave in (pages, files) if wave)


def make_out(sources: list[str]) -> Intake:
    """Canonical URLs of all sources, each once. Nothing is opened but folders and @FILEs."""
    intake = Intake()
    seen: set[str] = set()
    for source in sources:
        for url in _urls_of(source, intake):
            if url not in seen:
                seen.add(url)
                intake.urls.append(url)
    return intake


def only_urls(sources: list[str]) -> Intake:
    """The same for places that take nothing but http and https URLs (the broker's workers share no disk)."""
    intake = Intake()
    for source in dict.fromkeys(sources):
        try:
            url = canonical_url(source)
        except ValueError as error:
            intake.faults.append((source, f"{error}; write it with http:// or https://"))
            continue
        if url.startswith("file:"):
            intake.faults.append((source, "a file on this machine cannot be put on the broker; use: gongbao run"))
        else:
            intake.urls.append(url)
    return intake


def _urls_of(source: str, intake: Intake, within: Path | None = None) -> Iterator[str]:
    if source.startswith("@"):
        yield from _listed(Path(source[1:]), intake)
        return
    if "://" in source or source.startswith("file:"):
        try:
            yield canonical_url(source)
        except ValueError as error:
            intake.faults.append((source, f"{error}; write http://…, https://… or a path"))
        return
    if not source.strip():  # a variable that is not set, say; as a path it would be the working directory
        intake.faults.append(("gongbao run", "one source is empty; write a URL, a file, a folder or @FILE"))
        return
    path = Path(source).expanduser()
    if within is not None and not path.is_absolute():
        path = within / path
    if path.is_dir():
        files = [p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p, path) and not _own(p, path)]
        if not files:
            intake.faults.append((source, f"the folder {source} holds no file; name one that does"))
        for file in files:
            yield canonical_url(file.resolve().as_uri())
    elif path.exists():
        yield canonical_url(path.resolve().as_uri())
    elif "/" not in source and "." in source and not path.suffix[1:].isdigit() and _looks_like_host(source):
        intake.faults.append((source, f"there is no file {source}; if a site is meant, write http://{source}"))
    else:
        intake.faults.append((source, f"there is no file or folder {source}; check the spelling"))


def _looks_like_host(source: str) -> bool:
    return source.rsplit(".", 1)[-1] in {"cn", "com", "net", "org"}


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _own(path: Path, folder: Path) -> bool:
    """Whether a file is what an earlier ``gongbao run --out`` made: in a folder of that run's own, or its stores."""
    if path.name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        return True
    between = path.relative_to(folder).parents
    if any((folder / part / DATABASE).is_file() for part in between if part != Path()):
        return True
    first = path.relative_to(folder).parts[0]
    return first in ("artefacts", "documents") and (folder / DATABASE).is_file()


def _listed(path: Path, intake: Intake) -> Iterator[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        intake.faults.append((f"@{path}", f"the list {path} cannot be read ({why}); one source a line is wanted"))
        return
    named = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not named:
        intake.faults.append((f"@{path}", f"the list {path} names no source; write one a line"))
    for line in named:
        if line.startswith("@"):
            intake.faults.append((line, f"{path} names another list; lists do not nest"))
        else:
            yield from _urls_of(line, intake, path.parent)


def _is_local_attachment(url: str) -> bool:
    return url.startswith("file:") and Path(urlsplit(url).path).suffix.lower() in ATTACHMENTS
