"""What a document is: place, kind, periods. Called by normalise; is no stage of its own."""

from __future__ import annotations

from tasks.identity.identify import Identity, identify
from tasks.identity.place import place_candidates
from tasks.identity.rules import IdentityRules

__all__ = ["Identity", "IdentityRules", "identify", "place_candidates"]
