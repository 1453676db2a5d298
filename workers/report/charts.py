"""Small charts as inline SVG: bars alone, no script, no network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

#: width that the label of a column takes, a year, with air
LABEL = 36
MEASURES = ("level", "change_rate", "change", "share", "rank", "multiple")


@dataclass(frozen=True)
class Bar:
    """One bar. ``value`` is what its length shows; ``text`` is written beside it."""

    label: str
    value: float
    text: str
    style: str = ""
    record: int | None = None


def diverging_bars(bars: Sequence[Bar], *, width: int = 560) -> Markup:
    """Horizontal bars from a zero line: falls to the left, rises to the right."""
    low = min(0.0, *(bar.value for bar in bars))
    high = max(0.0, *(bar.value for bar in bars))
    left, right, row = 208, 130, 20
    scale = (width - left - right) / ((high - low) or 1.0)
    zero = left - low * scale
    height = row * len(bars) + 6
    lines = [Markup('<svg class="bars" viewBox="0 0 {} {}" role="img">').format(width, height)]
    for n, bar in enumerate(bars):
        y = 3 + n * row
        x, length = (zero, bar.value * scale) if bar.value >= 0 else (zero + bar.value * scale, -bar.value * scale)
        at = zero + bar.value * scale + 5 if bar.value >= 0 else zero + 5
        lines.append(
            Markup(
                '<g{}><title>{} {}</title><text x="{}" y="{}" class="label">{}</text>'
                '<rect x="{:.1f}" y="{}" width="{:.1f}" height="{}" rx="2" class="{}"/>'
                '<text x="{:.1f}" y="{}" class="number">{}</text></g>'
            ).format(
                Markup("") if bar.record is None else Markup(' data-r="{}"').format(bar.record),
                bar.label,
                bar.text,
                left - 8,
                y + 14,
                _cut(bar.label, 15),
                x,
                y + 3,
                max(length, 1.0),
                row - 7,
                bar.style,
                at,
                y + 14,
                bar.text,
            )
        )
    lines.append(Markup('<line x1="{0:.1f}" y1="0" x2="{0:.1f}" y2="{1}" class="axis"/></svg>').format(zero, height))
    return Markup("").join(lines)


def columns(bars: Sequence[Bar], *, width: int = 420, height: int = 120) -> Markup:
    """Upright columns with the number on top, such as documents a year."""
    most = max((bar.value for bar in bars), default=1.0) or 1.0
    step = width / max(len(bars), 1)
    wide = min(44.0, step * 0.7)
    every = math.ceil(LABEL / step)  # labels that would run into one another are left out; the title has them all
    lines = [Markup('<svg class="columns" viewBox="0 0 {} {}" role="img">').format(width, height)]
    for n, bar in enumerate(bars):
        tall = (height - 38) * bar.value / most
        middle = (n + 0.5) * step
        lines.append(
            Markup(
                '<g><title>{}: {}</title><rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="2" class="{}"/>'
                '<text x="{:.1f}" y="{:.1f}" class="number">{}</text>'
                '<text x="{:.1f}" y="{}" class="label">{}</text></g>'
            ).format(
                bar.label,
                bar.text,
                middle - wide / 2,
                height - 20 - tall,
                wide,
                tall,
                bar.style,
                middle,
                height - 25 - tall,
                bar.text,
                middle,
                height - 5,
                "" if n % every else bar.label,
            )
        )
    lines.append(Markup("</svg>"))
    return Markup("").join(lines)


def stacked(parts: Sequence[tuple[str, int]], *, most: int, width: int = 150) -> Markup:
    """One bar of coloured parts, ``(style, number)``; ``most`` would fill the whole width."""
    lines = [Markup('<svg class="stacked" viewBox="0 0 {0} 12" width="{0}" height="12" role="img">').format(width)]
    at = 0.0
    for style, number in parts:
        length = width * number / max(most, 1)
        if number:
            lines.append(
                Markup(
                    '<rect x="{:.1f}" y="1" width="{:.1f}" height="10" class="{}"><title>{} {}</title></rect>'
                ).format(at, max(length - 0.8, 0.6), style, number, style.removeprefix("m-").replace("_", " "))
            )
        at += length
    lines.append(Markup("</svg>"))
    return Markup("").join(lines)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
