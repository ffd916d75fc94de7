"""Intervals by drawing transcripts again."""

import numpy as np
import pytest

from themes.codings import Codings
from themes.inference.intervals import MIN_TRANSCRIPTS, Resampling, draws_of, interval, share_below
from themes.inference.tally import difference
from themes.statistics.alpha import Alpha
from themes.statistics.percent import Percent


def study(n_transcripts, n_segments=20, noise=0.2, seed=0, copies=1):
    """Two coders and one code; `noise` is the mean share of segments on which they differ."""
    rng = np.random.default_rng(seed)
    rows, names = [], []
    for transcript in range(n_transcripts):
        differ = rng.beta(2, 2 / noise)
        for _ in range(n_segments):
            first = int(rng.random() < 0.4)
            second = 1 - first if rng.random() < differ else first
            for copy in range(copies):
                rows.append([first, second])
                names.append(f"{transcript}-{copy}")
    return Codings.of(rows, transcripts=names)


@pytest.mark.parametrize("method", ["t", "percentile", "bca"])
def test_the_value_is_inside_and_more_transcripts_narrow_it(method):
    how = Resampling(method)
    few = interval(Alpha().tally(study(8)), how)
    many = interval(Alpha().tally(study(8, copies=4)), how)
    for found in (few, many):
        assert found.low < Alpha().compute(study(8)).value < found.high
    assert many.high - many.low < few.high - few.low


def test_the_same_seed_gives_the_same_interval():
    tally = Alpha().tally(study(9))
    one, two = (
        interval(tally, Resampling("bca", seed=3)),
        interval(tally, Resampling("bca", seed=3)),
    )
    assert (one.low, one.high) == (two.low, two.high)
    other = interval(tally, Resampling("bca", seed=4))
    assert (one.low, one.high) != (other.low, other.high)


def test_a_resample_is_the_study_with_transcripts_drawn_again():
    codings = study(7)
    tally = Alpha().tally(codings)
    weights = draws_of(7, 3, 1)
    for found, drawn in zip(tally.resampled(weights), weights, strict=True):
        rows = np.concatenate(
            [np.tile(np.flatnonzero(codings.owner == t), int(n)) for t, n in enumerate(drawn)]
        )
        assert found == pytest.approx(Alpha().compute(codings.of_segments(rows)).value)


@pytest.mark.parametrize(
    ("codings", "why"),
    [
        (study(MIN_TRANSCRIPTS - 1), "too few for an interval"),
        (Codings.of([[1, 1]] * 8), "no variation"),
        (Codings.of([[1, 1], [0, 0]] * 8, [str(n // 2) for n in range(16)]), "agree alike"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_reason(codings, why):
    found = interval(Alpha().tally(codings), Resampling())
    assert found.low is None
    assert why in found.note


def test_probability_below_a_bound_is_a_share_of_resamples():
    tally = Alpha().tally(study(12))
    assert share_below(tally, -9, Resampling()) == 0
    assert share_below(tally, tally.value, Resampling()) == pytest.approx(0.5, abs=0.2)
    assert share_below(tally, 9, Resampling()) == 1
    assert share_below(Alpha().tally(study(3)), 0.8, Resampling()) is None


def test_a_difference_of_a_coefficient_with_itself_is_nothing():
    tally = Percent().tally(study(8))
    assert difference(tally, tally).value == 0
    assert interval(difference(tally, tally), Resampling()).low is None
