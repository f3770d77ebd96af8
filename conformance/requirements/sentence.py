"""One sentence for each keyword, for contracts that do not word it themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from conformance.requirements.site import Site

_ARTICLES = {"array": "an array", "integer": "an integer", "object": "an object", "null": "null"}


def _types(value: Any) -> str:
    names = value if isinstance(value, list) else [value]
    return " or ".join(_ARTICLES.get(name, f"a {name}") for name in names)


def _plural(count: Any, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


_SENTENCES: dict[str, Callable[[str, Any], str]] = {
    "type": lambda name, v: f"{name} is {_types(v)}",
    "enum": lambda name, v: f"{name} is one of {', '.join(json.dumps(item, ensure_ascii=False) for item in v)}",
    "const": lambda name, v: f"{name} is {json.dumps(v, ensure_ascii=False)}",
    "minLength": lambda name, v: f"{name} has at least {_plural(v, 'character')}",
    "maxLength": lambda name, v: f"{name} has at most {_plural(v, 'character')}",
    "pattern": lambda name, v: f"{name} matches {v}",
    "format": lambda name, v: f"{name} has the format {v}",
    "minimum": lambda name, v: f"{name} is at least {v}",
    "maximum": lambda name, v: f"{name} is at most {v}",
    "exclusiveMinimum": lambda name, v: f"{name} is greater than {v}",
    "exclusiveMaximum": lambda name, v: f"{name} is less than {v}",
    "multipleOf": lambda name, v: f"{name} is a multiple of {v}",
    "minItems": lambda name, v: f"{name} has at least {_plural(v, 'entry').replace('entrys', 'entries')}",
    "maxItems": lambda name, v: f"{name} has at most {_plural(v, 'entry').replace('entrys', 'entries')}",
    "uniqueItems": lambda name, v: f"no entry of {name} stands twice",
    "minProperties": lambda name, v: f"{name} has at least {_plural(v, 'member')}",
    "maxProperties": lambda name, v: f"{name} has at most {_plural(v, 'member')}",
    "additionalProperties": lambda name, v: f"{name} has no members but those described",
    "unevaluatedProperties": lambda name, v: f"{name} has no members but those described",
    "items": lambda name, v: f"{name} has no entries but those described",
    "unevaluatedItems": lambda name, v: f"{name} has no entries but those described",
    "oneOf": lambda name, v: f"{name} fits exactly one of the {len(v)} alternatives",
    "anyOf": lambda name, v: f"{name} fits one of the {len(v)} alternatives",
    "not": lambda name, v: f"{name} is none of the excluded values",
    "required": lambda name, v: f"{name} is present",
    "absent": lambda name, v: f"{name} is left out",
    "optional": lambda name, v: f"{name} may be left out",
    "distinct": lambda name, v: f"{name} differs from answer to answer",
}


def sentence(site: Site, keyword: str, name: str | None = None) -> str:
    """What a keyword demands at a site, in the contract's words or in ours."""
    own = site.extension.get("texts", {}).get(keyword)
    if own:
        return str(own)
    if keyword in ("pattern", "format") and "text" in site.extension:
        return str(site.extension["text"])
    subject = name or site.name
    if site.pointer.endswith("/*") and name is None:
        subject = f"an entry of {subject}"
    template = _SENTENCES.get(keyword)
    value = site.schema.get(keyword)
    return template(subject, value) if template else f"{subject} satisfies {keyword}: {json.dumps(value)}"
