"""Tab-separated values."""

from __future__ import annotations

from themes.readers.csv import Csv


class Tsv(Csv):
    """Tables of speech separated by tabs, as Whisper writes them.

    The same as csv in everything, the search for the separator included: suffixes lie.
    """

    suffixes = (".tsv", ".tab")
    name = "tsv"
