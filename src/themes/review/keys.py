"""What each key does, and what a coder made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KEYS: dict[str, str] = {
    "accept": "a",
    "reject": "x",
    "modify": "m",
    "none": "n",
    "unsure": "u",
    "skip": "s",
    "undo": "z",
    "evidence": "e",
    "context": "c",
    "definition": "d",
    "mark": "w",
    "memo": "t",
    "next": "j",
    "previous": "k",
    "down": "ArrowDown",
    "up": "ArrowUp",
    "find": "/",
    "help": "?",
}
"""Action to key as the browser names it (KeyboardEvent.key)."""

_RESERVED = {"Enter", "Tab", "Escape", " ", "Shift", "Control", "Alt", "Meta"}


def keys_of(preferences: Mapping[str, Any]) -> dict[str, str]:
    """The keys of a coder, theirs over the defaults."""
    return KEYS | {k: v for k, v in preferences.get("keys", {}).items() if k in KEYS}


def problem(keys: Mapping[str, str]) -> str:
    """The action whose key cannot be, "" when all can: a name of one key, each used once.

    >>> problem({"accept": "x", "reject": "x"}), problem({"accept": "Enter"}), problem({"undo": "q"})
    ('accept', 'accept', '')
    """
    for action, key in keys.items():
        if not 1 <= len(key) <= 12 or key in _RESERVED or key != key.strip():
            return action
        if sum(other == key for other in keys.values()) > 1:
            return action
    return ""
