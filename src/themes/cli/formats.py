"""`themes formats`: what can be read."""

from __future__ import annotations


def formats() -> None:
    """List the transcript formats that can be read."""
    from themes import registry

    for name in registry.names("readers"):
        reader = registry.load("readers", name)
        suffixes = " ".join(reader.suffixes)
        print(f"{suffixes:<16}{(reader.__doc__ or '').strip().splitlines()[0]}")
