"""Normalise: any script, any charset, damaged bytes and hijacked words, back to what was published."""

from __future__ import annotations

from tasks.normalise.normalise import NORMALISE, normalise_document
from tasks.normalise.rules import NormaliseRules

__all__ = ["NORMALISE", "NormaliseRules", "normalise_document"]
