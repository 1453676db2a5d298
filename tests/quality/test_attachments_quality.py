"""Real reports come back from files as the paragraphs they were."""

from __future__ import annotations

import pytest

from tasks.clean.attachments.composing import tidy
from tasks.clean.attachments.docx import read_docx
from tasks.clean.attachments.pdf import read_pdf
from tests.fixtures.attachments import make_docx, make_pdf

pytestmark = pytest.mark.shared

REPORTS = ["gold/body/001.ref.txt", "gold/body/003.ref.txt", "reports/G004.txt", "reports/G017.txt", "reports/G050.txt"]
#: share of paragraphs that come back from a printed page exactly; what is lost are a few that end with a full line
FLOOR = 0.97


def paragraphs_of(shared, name):
    lines = (shared / name).read_text(encoding="utf-8").splitlines()
    return [line for line in map(tidy, lines) if line]


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_comes_back_from_a_word_file(shared, name):
    title, *paragraphs = paragraphs_of(shared, name)
    assert read_docx(make_docx(title, paragraphs), "a.docx").text.split("\n") == [title, *paragraphs]


@pytest.mark.parametrize("running", [None, "第三届人民代表大会第五次会议文件"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_comes_back_from_printed_pages(shared, name, running):
    # the press knows only characters of the first plane that its font has
    title, *paragraphs = paragraphs_of(shared, name)
    read = set(read_pdf(make_pdf(title, paragraphs, running=running), "a.pdf").text.split("\n"))
    kept = sum(paragraph in read for paragraph in paragraphs)
    assert kept / len(paragraphs) >= FLOOR
