"""The targets of tests/fuzz read the samples, and see what is not sound."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_found = importlib.util.spec_from_file_location("fuzz_stages", ROOT / "tests" / "fuzz" / "fuzz_stages.py")
fuzz = importlib.util.module_from_spec(_found)
_found.loader.exec_module(fuzz)


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.html")), ids=lambda path: path.name)
def test_sample_pages_are_read(sample: Path) -> None:
    assert fuzz.page_target(sample.read_bytes()) == "read"


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").rglob("*.[pdx]*[fxs]")), ids=lambda path: path.name)
def test_sample_files_are_read(sample: Path) -> None:
    assert fuzz.file_target(sample.read_bytes()) == "read"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty_body"),
        (b"\x00" * 400, "binary_body"),
        (b"<p>1</p>", "empty_body"),
    ],
)
def test_refusals_carry_their_reason(raw: bytes, reason: str) -> None:
    assert fuzz.page_target(raw) == reason


def test_a_finding_outside_its_text_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check can fail: a document whose findings point elsewhere does not pass."""
    import tasks.extract

    sound = tasks.extract.extract_document

    def shifted(document, rules):
        made = sound(document, rules)
        far = made.findings[0].evidence.model_copy(update={"end": len(document.normal.text) + 9})
        return made.model_copy(update={"findings": (made.findings[0].model_copy(update={"evidence": far}),)})

    monkeypatch.setattr(tasks.extract, "extract_document", shifted)
    with pytest.raises(ValueError, match="not inside a text"):
        fuzz.page_target((ROOT / "samples" / "1-disclosure-gb2312.html").read_bytes())
