"""The artefact store: bytes under their own digest, in a folder or in an S3 bucket."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tasks.bench import Artefacts
from tasks.errors import Misconfigured, Transient, Unprocessable
from tasks.text.ids import digest_of
from tasks.whole_files import whole_file


def open_artefacts(where: str, *, fsync: bool = True) -> Artefacts:
    """The store at ``where``: a folder (made when missing) or ``s3://bucket/prefix``.

    Credentials and endpoint of S3 come from the usual variables (``AWS_ACCESS_KEY_ID``,
    ``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``, ``AWS_REGION``).

    Raises:
        Misconfigured: the folder cannot be made or written, or the address is none we know.
    """
    if where.startswith("s3://"):
        return ObjectArtefacts(where)
    if "://" in where:
        raise Misconfigured(
            "bad_address", f"{where} is no artefact store; name a folder or s3://bucket/prefix in GONGBAO_ARTEFACTS_URL"
        )
    return FolderArtefacts(Path(where), fsync=fsync)


def _name_of(digest: str) -> str:
    algorithm, _, hexadecimal = digest.partition(":")
    if algorithm != "sha256" or len(hexadecimal) != 64 or not hexadecimal.isalnum():
        raise Unprocessable("bad_digest", f"{digest!r} is no digest of an artefact; it should read sha256:…")
    return hexadecimal


def _checked(data: bytes, digest: str, where: object) -> bytes:
    if digest_of(data) != digest:
        raise Unprocessable(
            "damaged_artefact",
            f"artefact {digest} in {where} does not match its digest: the file was damaged; fetch the page again",
        )
    return data


def _missing(digest: str, where: object) -> Unprocessable:
    return Unprocessable(
        "missing_artefact", f"artefact {digest} is not in {where}; fetch the page again or restore the store"
    )


class FolderArtefacts:
    """Artefacts as files ``ab/cdef…`` below a folder.

    A file is written under a temporary name, forced to disk and moved into place, so whoever reads
    finds either all of it or nothing.
    """

    def __init__(self, folder: Path, *, fsync: bool = True) -> None:
        self.folder = folder
        self._fsync = fsync
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Misconfigured(
                "store_not_writable",
                f"artefacts cannot be kept in {folder} ({error.strerror}); make it writable or name another folder",
            ) from error

    def _path(self, digest: str) -> Path:
        name = _name_of(digest)
        return self.folder / name[:2] / name[2:]

    def get(self, digest: str) -> bytes:
        """See :class:`tasks.bench.Artefacts`."""
        path = self._path(digest)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise _missing(digest, self.folder) from None
        except OSError as error:
            raise Transient("store_unreachable", f"{path} cannot be read ({error.strerror}); check the disk") from error
        return _checked(data, digest, self.folder)

    def put(self, data: bytes) -> str:
        """See :class:`tasks.bench.Artefacts`."""
        digest = digest_of(data)
        path = self._path(digest)
        try:
            if path.exists() and path.stat().st_size == len(data):
                return digest
            with whole_file(path, fsync=self._fsync) as file:
                file.write(data)
        except OSError as error:
            raise Transient(
                "store_full" if error.errno in _FULL else "store_unreachable",
                f"an artefact cannot be kept in {self.folder} ({error.strerror}); free space or name another folder",
            ) from error
        return digest

    def __iter__(self) -> Iterator[str]:
        for path in sorted(self.folder.glob("??/*")):
            if not path.name.startswith("."):
                yield f"sha256:{path.parent.name}{path.name}"


_FULL = frozenset({28, 122})  # ENOSPC, EDQUOT


class ObjectArtefacts:
    """Artefacts as objects of an S3 bucket, through obstore."""

    def __init__(self, url: str) -> None:
        from obstore.exceptions import BaseError
        from obstore.store import S3Store

        self.url = url
        self._foreign: type[Exception] = BaseError
        # plain http is for servers on the own machine or network, which the endpoint's address then says
        plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
        options: dict[str, Any] = {"client_options": {"allow_http": True}} if plain else {}
        try:
            self._store = S3Store.from_url(url, **options)
        except BaseError as error:
            raise Misconfigured("bad_address", f"{url} cannot be opened: {_first_line(error)}") from error

    def get(self, digest: str) -> bytes:
        """See :class:`tasks.bench.Artefacts`."""
        try:
            data = bytes(self._store.get(_name_of(digest)).bytes())
        except FileNotFoundError:
            raise _missing(digest, self.url) from None
        except self._foreign as error:
            raise self._unreachable(error) from error
        return _checked(data, digest, self.url)

    def put(self, data: bytes) -> str:
        """See :class:`tasks.bench.Artefacts`."""
        digest = digest_of(data)
        try:
            self._store.put(_name_of(digest), data)
        except (self._foreign, OSError) as error:
            raise self._unreachable(error) from error
        return digest

    def _unreachable(self, error: Exception) -> Transient:
        return Transient(
            "store_unreachable",
            f"the artefact store {self.url} does not answer: {_first_line(error)}; "
            "check AWS_ENDPOINT_URL, the credentials and that the bucket exists",
        )


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
