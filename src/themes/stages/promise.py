"""Where a score is worth a question, and where a suggestion: thresholds that keep a promise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PROMISES = (0.9, 0.8, 0.7, 0.6, 0.5)
"""Shares of a coder's codes that may be promised to be asked about, the best first."""

AFFORDABLE = 2.0
"""Questions and suggestions a segment that coders can be expected to decide, at most."""

RIGHT = 0.5
"""Of what is suggested, at least this share was right."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Thresholds, and what holds of them.

    From `ask` on a code is asked about, from `suggest` on it is suggested. In the mean over new
    transcripts at least `share` of the codes that coders give are suggested or asked about; None
    where not even the lowest share can be promised. `per_segment` is how many that makes a segment
    and `right` the share of the suggested that was right, both as measured.
    """

    ask: float
    suggest: float
    share: float | None
    per_segment: float
    right: float

    def in_words(self) -> str:
        """What a coder reads.

        >>> Promise(0.1, 0.4, 0.8, 1.5, 0.55).in_words()
        'At least 8 in 10 of the codes that a coder would give are suggested or asked about, \
with 1.5 to decide a segment; of what is suggested, 55 % was right.'
        """
        if self.share is None:
            first = "How many of a coder's codes are suggested or asked about cannot be promised"
        else:
            first = (
                f"At least {self.share * 10:.0f} in 10 of the codes that a coder would give are "
                "suggested or asked about"
            )
        right = "nothing is sure enough to be suggested"
        if np.isfinite(self.right):
            right = f"of what is suggested, {self.right:.0%} was right".replace("%", " %")
        return f"{first}, with {self.per_segment:.1f} to decide a segment; {right}."


def promise(labels: np.ndarray, scores: np.ndarray, groups: np.ndarray) -> Promise:
    """The best promise that coders can afford, from scores of transcripts not learned from.

    `labels` int8 (n, n_codes) in {0, 1, -1 = not looked at}, `scores` float64 (n, n_codes),
    `groups` (n,). Conformal risk control (Angelopoulos et al. 2022, equation 4): the loss of a
    transcript is the share of its codes below the threshold; transcripts, not segments, are
    exchangeable. The promise holds in the mean over transcripts like these, not for each.
    """
    seen = labels >= 0
    asks = [(share, _ask(labels, scores, groups, 1 - share)) for share in PROMISES]
    possible = [(share, ask) for share, ask in asks if ask is not None]
    affordable = [
        (share, ask) for share, ask in possible if _per_segment(scores, seen, ask) <= AFFORDABLE
    ]
    share, ask = next(iter(affordable), possible[-1] if possible else (None, 0.15))
    suggest = _suggest(labels, scores, ask)
    suggested = (scores >= suggest) & seen
    right = float((labels[suggested] == 1).mean()) if suggested.any() else float("nan")
    return Promise(ask, suggest, share, _per_segment(scores, seen, ask), right)


def _ask(labels: np.ndarray, scores: np.ndarray, groups: np.ndarray, risk: float) -> float | None:
    """The highest threshold whose risk, with one more transcript to come, is at most `risk`."""
    given = labels == 1
    own = [scores[groups == group][given[groups == group]] for group in np.unique(groups)]
    own = [found for found in own if len(found)]
    if not own:
        return None
    # The loss steps only at scores of given codes; rounded down, so that equal scores stay in.
    candidates = np.unique(np.floor(np.concatenate(own) * 1e4) / 1e4)
    n = len(own)
    kept = None
    for threshold in candidates:
        lost = np.mean([(found < threshold).mean() for found in own])
        if (n * lost + 1) / (n + 1) > risk:
            break
        kept = float(threshold)
    return kept


def _suggest(labels: np.ndarray, scores: np.ndarray, ask: float) -> float:
    """The lowest threshold from `ask` up from which on at least RIGHT of the codes were right."""
    seen = labels >= 0
    order = np.argsort(-scores[seen], kind="stable")
    found, right = scores[seen][order], (labels[seen][order] == 1).cumsum()
    share = right / np.arange(1, len(found) + 1)
    # The last of equal scores speaks for all of them; a handful proves nothing.
    last = np.append(np.diff(found) != 0, True) & (np.arange(1, len(found) + 1) >= 20)
    good = np.flatnonzero(last & (share >= RIGHT))
    return float(max(ask, np.floor(found[good[-1]] * 1e4) / 1e4)) if len(good) else 1.0


def _per_segment(scores: np.ndarray, seen: np.ndarray, ask: float) -> float:
    return float(((scores >= ask) & seen).sum() / max(len(scores), 1))
