"""`themes formats`: what can be read."""

from __future__ import annotations


def formats() -> None:
    """List the transcript formats that can be read."""
    from themes import registry

    readers = [registry.load("readers", name) for name in registry.names("readers")]
    width = max(len(" ".join(reader.suffixes)) for reader in readers) + 2
    for reader in readers:
        suffixes = " ".join(reader.suffixes)
        print(f"{suffixes:<{width}}{(reader.__doc__ or '').strip().splitlines()[0]}")
