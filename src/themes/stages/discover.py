"""What no code covers: groups of answers that are alike, as candidates for new codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from themes.grammar.language import STOP_WORDS
from themes.records import Candidate, Segment

# Density in hundreds of dimensions says little: as few as keep what differs between answers.
_N_DIMENSIONS = 15
_N_PHRASES = 6
_N_LEAST = 20
_CLEARLY = 1.64  # standard errors by which a phrase is commoner than elsewhere
_FUNCTION_WORDS = frozenset().union(*STOP_WORDS.values())
_WORD = re.compile(r"[^\W\d_][\w'’]+")


def discover(
    segments: Sequence[Segment], vectors: np.ndarray, smallest: int = 5, seed: int = 20261122
) -> tuple[Candidate, ...]:
    """Groups among segments that carry no code, those over most transcripts first.

    `vectors` float32 (n_segments, dim), unit rows. Groups are clusters of HDBSCAN (Campello et al.
    2013) of at least `smallest` segments; most segments are in none, which is as it should be.
    Deterministic. Fewer than 20 segments give nothing.
    """
    from sklearn.cluster import HDBSCAN
    from sklearn.decomposition import PCA

    if len(segments) < _N_LEAST:
        return ()
    n_kept = min(_N_DIMENSIONS, len(segments) - 1, vectors.shape[1])
    flat = PCA(n_kept, random_state=seed).fit_transform(vectors.astype(np.float64))
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-12)
    cluster = HDBSCAN(min_cluster_size=smallest, min_samples=2, copy=True).fit_predict(flat)
    words = [_words(segment.text) for segment in segments]
    found = [
        _candidate(segments, vectors, words, np.flatnonzero(cluster == number))
        for number in range(cluster.max() + 1)
    ]
    return tuple(sorted(found, key=lambda c: (-c.n_transcripts, -len(c.segments), c.phrases)))


def _candidate(
    segments: Sequence[Segment], vectors: np.ndarray, words: Sequence[set[str]], rows: np.ndarray
) -> Candidate:
    middle = vectors[rows].mean(0)
    near = rows[np.argsort(-(vectors[rows] @ middle), kind="stable")]
    return Candidate(_phrases(words, rows), tuple(segments[row] for row in near))


def _words(text: str) -> set[str]:
    """Words and pairs of neighbours that carry meaning, lower case."""
    plain = [w.lower() for w in _WORD.findall(text)]
    telling = [w not in _FUNCTION_WORDS and len(w) > 2 for w in plain]
    single = {w for w, tells in zip(plain, telling, strict=True) if tells}
    return single | {f"{a} {b}" for a, b in pairwise(plain) if {a, b} <= single}


def _phrases(words: Sequence[set[str]], rows: np.ndarray) -> tuple[str, ...]:
    """Phrases by their log-odds in the group against the rest (Monroe et al. 2008, equation 15)."""
    inside = set(rows.tolist())
    counts: dict[str, list[int]] = {}
    for row, found in enumerate(words):
        for phrase in found:
            counts.setdefault(phrase, [0, 0])[row not in inside] += 1
    n, m = len(inside), len(words) - len(inside)
    scored = []
    for phrase, (a, b) in counts.items():
        if a >= 2:
            odds = np.log((a + 0.5) / (n - a + 0.5)) - np.log((b + 0.5) / (m - b + 0.5))
            scored.append((-odds / np.sqrt(1 / (a + 0.5) + 1 / (b + 0.5)), phrase))
    chosen: list[str] = []
    for odds, phrase in sorted(scored):
        if -odds > _CLEARLY and not any(phrase in other or other in phrase for other in chosen):
            chosen.append(phrase)
    return tuple(chosen[:_N_PHRASES])
