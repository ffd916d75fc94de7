"""Speakers as tables and JSON hold them."""

from __future__ import annotations


def speaker_label(value: object) -> str:
    """The label of a speaker given as a cell or a JSON value, "" where there is none.

    A number alone would not read back as a label, so it becomes "Speaker 1".

    >>> [speaker_label(value) for value in ("Ann ", 0, "1", 2.0, None)]
    ['Ann', 'Speaker 0', 'Speaker 1', 'Speaker 2', '']
    """
    if value is None or isinstance(value, list | dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    label = str(value).strip()
    return f"Speaker {label}" if label.isdecimal() else label
