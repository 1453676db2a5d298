"""The artefact store keeps bytes under their digest, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import Misconfigured, Transient, Unprocessable
from tasks.text.ids import digest_of
from workers.stores import FolderArtefacts, open_artefacts


@given(data=st.binary(max_size=2000))
def test_what_is_put_comes_back_and_twice_is_once(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    store = FolderArtefacts(tmp_path_factory.mktemp("store"), fsync=False)
    assert store.put(data) == store.put(data) == digest_of(data)
    assert store.get(digest_of(data)) == data
    assert list(store) == [digest_of(data)]


def test_a_missing_artefact_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unprocessable, match=r"is not in .*; fetch the page again"):
        FolderArtefacts(tmp_path).get(digest_of(b"never"))


@pytest.mark.parametrize("digest", ["", "sha256:", "sha256:../../etc/passwd", "md5:" + "0" * 32, "sha256:" + "/" * 64])
def test_what_is_no_digest_reads_no_file(tmp_path: Path, digest: str) -> None:
    with pytest.raises(Unprocessable, match="is no digest"):
        FolderArtefacts(tmp_path).get(digest)


def test_a_damaged_artefact_is_not_handed_out(tmp_path: Path) -> None:
    store = FolderArtefacts(tmp_path)
    digest = store.put(b"178")
    next(p for p in tmp_path.glob("??/*")).write_bytes(b"179")
    with pytest.raises(Unprocessable, match="does not match its digest"):
        store.get(digest)


def test_a_torn_artefact_is_written_anew(tmp_path: Path) -> None:
    store = FolderArtefacts(tmp_path)
    digest = store.put(b"whole")
    next(p for p in tmp_path.glob("??/*")).write_bytes(b"wh")
    store.put(b"whole")
    assert store.get(digest) == b"whole"


def test_a_write_that_fails_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FolderArtefacts(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Transient, match="No space left on device") as caught:
        store.put(b"178")
    assert caught.value.reason == "store_full"
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_folder_that_cannot_be_made_is_a_misconfiguration(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Misconfigured, match="cannot be kept in"):
        open_artefacts(str(tmp_path / "file" / "store"))


def test_an_unknown_kind_of_address_is_refused() -> None:
    with pytest.raises(Misconfigured, match="is no artefact store"):
        open_artefacts("ftp://host/x")
