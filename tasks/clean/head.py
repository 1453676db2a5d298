"""What the head of a page says: the official meta tags, and brackets made of meta elements."""

from __future__ import annotations

from collections.abc import Iterable

from tasks.clean.attributes import attribute
from tasks.clean.rules import CleanRules


def meta_tags(rests: Iterable[str], rules: CleanRules) -> dict[str, str]:
    """Field → content of the meta tag that names it; the best name of a field wins.

    Args:
        rests: attributes of the meta elements, as written.
        rules: names of meta tags.
    """
    made: dict[str, tuple[int, str]] = {}
    for rest in rests:
        if len(rest) > 20_000:
            continue
        name = attribute(rest, "name") or attribute(rest, "property")
        if not name:
            continue
        field, preference = rules.meta.get(name.lower(), ("", 0))
        if not field or (field in made and made[field][0] <= preference):
            continue
        content = " ".join((attribute(rest, "content") or "").split())
        if content and content.lower() not in rules.empty:
            made[field] = (preference, content)
    return {field: content for field, (_, content) in made.items()}
