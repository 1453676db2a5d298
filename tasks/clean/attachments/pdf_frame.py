"""From the coordinates a PDF is written in to those of the page as it is seen, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

Box = tuple[float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """The visible part of a page and how it is turned.

    A page is written from its lower left corner upwards and may be turned for display (/Rotate); it is
    read from the upper left corner downwards.

    Attributes:
        left, bottom: where the visible part begins, as written.
        wide, tall: its size as written, in points.
        turn: 0, 90, 180 or 270 degrees clockwise.
    """

    left: float
    bottom: float
    wide: float
    tall: float
    turn: int

    @classmethod
    def of(cls, page: Any) -> Self:
        """The frame of a pypdfium2 page."""
        left, bottom, _, _ = page.get_cropbox()
        width, height = page.get_size()
        turn = page.get_rotation() % 360
        wide, tall = (height, width) if turn in (90, 270) else (width, height)
        return cls(left, bottom, wide, tall, turn)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        return (self.tall, self.wide) if self.turn in (90, 270) else (self.wide, self.tall)

    def seen(self, x: float, y: float) -> Point:
        """A point as seen: distance from the left and from the top."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.wide - x, y
        if self.turn == 270:
            return self.tall - y, self.wide - x
        return x, self.tall - y

    def written(self, x: float, y: float) -> Point:
        """The point as written that is seen there."""
        if self.turn == 90:
            x, y = y, x
        elif self.turn == 180:
            x = self.wide - x
        elif self.turn == 270:
            x, y = self.wide - y, self.tall - x
        else:
            y = self.tall - y
        return x + self.left, y + self.bottom

    def seen_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box as seen: left, top, right, bottom."""
        (x0, y0), (x1, y1) = self.seen(left, bottom), self.seen(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def written_box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A box as written: left, bottom, right, top."""
        (x0, y0), (x1, y1) = self.written(left, top), self.written(right, bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
