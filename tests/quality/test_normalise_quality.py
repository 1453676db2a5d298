"""Floors of the script stage over the real texts; they only rise."""

from __future__ import annotations

import html
import json
import random
import re
import unicodedata
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from tasks.normalise import NormaliseRules
from tasks.normalise.hijack import find_terms
from tasks.normalise.text import mend
from tasks.text.charset import decode
from tests.converter import damage, first_readings, traditional

pytestmark = pytest.mark.shared

REGIONS = {"t2s": "standard", "tw2s": "taiwan", "hk2s": "hong_kong"}


@pytest.fixture(scope="module")
def rules(vocabulary: Path) -> NormaliseRules:
    return NormaliseRules.load(vocabulary)


@pytest.fixture(scope="module")
def reports(shared: Path) -> dict[str, str]:
    """Clean texts: references of gold documents and unlabelled reports."""
    paths = [*(shared / "gold" / "body").glob("*.txt"), *(shared / "gold").glob("G*.ref.txt")]
    paths += (shared / "reports").glob("G*.txt")
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(paths)}


@pytest.mark.parametrize(("conversion", "floor"), [("t2s", 55), ("tw2s", 32), ("hk2s", 21)])
def test_the_cases_of_opencc_pass(conversion: str, floor: int, rules: NormaliseRules, shared: Path) -> None:
    cases = json.loads((shared / "script" / "opencc_cases.json").read_text(encoding="utf-8"))["cases"]
    convert = rules.converters[REGIONS[conversion]].convert  # type: ignore[index]
    cases = [case for case in cases if conversion in case["expected"]]
    assert sum(convert(case["input"]) == case["expected"][conversion] for case in cases) >= floor


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def test_clean_texts_change_in_width_and_space_only(rules: NormaliseRules, reports: dict[str, str]) -> None:
    for name, text in reports.items():
        mended = mend(text, rules)
        assert mended.repairs == (), name
        assert mended.removed == 0, name
        assert not find_terms(mended.text, rules.hijack), name
        assert [w for w in mended.warnings if w.code != "missing_text"] == [], name
        assert mended.found == "simplified", name
        for before, after in zip(html.unescape(text), mended.text, strict=True):
            assert before == after or after == " " or after.isascii(), name


def test_articles_change_in_width_and_space_only(rules: NormaliseRules, shared: Path) -> None:
    for path in sorted((shared / "pages").glob("*/*.html")):
        page = decode(path.read_bytes()).text
        text = re.sub(r"<[^>]*>|&[a-z]+;|&#\w+;", "\n", re.sub(r"(?s)<(script|style).*?</\1>", "", page))
        mended = mend(text, rules)
        assert mended.repairs == (), path.name
        assert mended.removed == 0, path.name
        assert not find_terms(mended.text, rules.hijack), path.name
        assert letters(re.sub(r"[\uff01-\uff5e]", "", text)) == letters(
            "".join(mended.text[mended.forward(m) :][:1] for m, c in enumerate(text) if not "\uff01" <= c <= "\uff5e")
        ), path.name


#: Runs restored exactly, and characters wrong in all, over simulated damage.
EXACT_RUNS, ERROR_RATE = 0.85, 0.0004


def test_simulated_damage_is_undone(rules: NormaliseRules, reports: dict[str, str]) -> None:
    """A run is right when exactly the characters and marks it stands for are there, none more between them.

    What the run stands for is known from the bytes, so a neighbour's failure does not count against it.
    """
    readings = first_readings(rules.readings)
    runs = exact = wrong = length = 0
    for seed, text in enumerate(text for _ in range(3) for _, text in sorted(reports.items())):
        start = random.Random(seed).randint(0, max(0, len(text) - 6000))
        shown, old, damaged_runs = damage(
            text[start : start + 6000], readings, seed=seed, annotated=30 + 7 * (seed % len(reports))
        )
        wanted = plain(rules.converters["standard"].convert(old))
        edits = Levenshtein.editops(wanted, plain(mend(shown, rules).text))
        places = [(edit.src_pos, edit.tag == "insert") for edit in edits]
        for first, last in damaged_runs:
            exact += not any(first <= at < last or (inserted and at == last) for at, inserted in places)
        runs += len(damaged_runs)
        wrong += sum(wanted[at : at + 1].isalnum() for at, _ in places)
        length += sum(c.isalnum() for c in wanted)
    assert exact / runs >= EXACT_RUNS
    assert wrong / length <= ERROR_RATE


def plain(text: str) -> str:
    """Marks and letters in one width, character by character."""
    forms = (unicodedata.normalize("NFKC", c) for c in text)
    return "".join(form if len(form) == 1 else c for c, form in zip(text, forms, strict=True))


def _page(text: str, label: str | None, rng: random.Random) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    scripts = '<script src="/js/jquery.js"></script>\n' * rng.randint(0, 6)
    body = "".join(f'<p style="text-indent:2em">{line}</p>\n' for line in text.split("\n") if line.strip())
    return f"<!DOCTYPE html><html><head>{meta}{scripts}<title>{text[:30]}</title></head><body>{body}</body></html>"


def _without_wide_spaces(text: str) -> str:
    """A3A0 is an ideographic space to a browser, and U+E5E5 to Python."""
    return re.sub("[\u3000\ue5e5]", "", text)


def test_the_charset_is_found_whatever_the_label_and_the_cut(reports: dict[str, str]) -> None:
    rng = random.Random(3)
    labels = {
        "utf-8": "utf-8",
        "utf-8-sig": "utf-8",
        "gb2312": "gb2312",
        "gbk": "gbk",
        "gb18030": "gb18030",
        "big5": "big5",
    }
    right = pages = 0
    for text in reports.values():
        old = traditional(text[:8000])
        for codec, own in labels.items():
            source = old if codec == "big5" or (codec == "gbk" and rng.random() < 0.5) else text[:8000]
            source = source[rng.randint(0, 2000) :]
            wrong = rng.choice([label for label in ("utf-8", "gbk", "big5", "iso-8859-1") if label[:2] != own[:2]])
            for label in (own, wrong, None):
                in_page = rng.random() < 0.5
                data = _page(source, label if in_page else None, rng).encode(codec, "ignore")
                for cut in (500, 2000, 10_000):
                    decoded = decode(data[:cut], http_label=None if in_page else label)
                    expected = data[:cut].decode("big5hkscs" if codec == "big5" else codec, "ignore")
                    right += _without_wide_spaces(decoded.text) == _without_wide_spaces(expected)
                    pages += 1
    assert right / pages >= 0.995
