"""How often a 95 % interval of agreement holds the truth, by method and size of study.

    python scripts/coverage_of_intervals.py [--studies 1000]

Studies are drawn from a model with a known truth: a code whose prevalence and whose difficulty
differ from transcript to transcript, coders with thresholds of their own, segments of one
transcript alike. The truth is alpha over a very large study of that model. Prints, for each study
size and method, the share of intervals that hold the truth, how many were refused, and the mean
width. With 1,000 studies the standard error of a coverage near .95 is .007.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

import numpy as np

from themes.codings import Codings
from themes.codings.arrays import PRESENT
from themes.inference.intervals import Resampling, interval
from themes.inference.tally import Tally
from themes.statistics.alpha import Alpha

METHODS = ("t", "percentile", "bca")
# (transcripts, segments in each, prevalence, coders, slips): slips moves the log odds of an error.
SIZES = (
    (6, 40, 0.25, 2, 0.0),
    (8, 40, 0.25, 2, 0.0),
    (10, 40, 0.25, 2, 0.0),
    (10, 40, 0.25, 2, -1.5),
    (10, 40, 0.10, 2, 0.0),
    (12, 20, 0.10, 2, 0.0),
    (12, 60, 0.10, 2, 0.0),
    (12, 60, 0.25, 3, 0.0),
    (20, 40, 0.25, 2, -1.5),
    (30, 20, 0.10, 2, 0.0),
    (30, 60, 0.10, 3, 0.0),
    (60, 40, 0.10, 2, -1.5),
)


def study(
    rng: np.random.Generator,
    n_transcripts: int,
    n_segments: int,
    prevalence: float,
    n_coders: int,
    slips: float,
) -> Codings:
    """One study: shared truth, and errors more frequent in some transcripts than in others."""
    centre = np.log(prevalence / (1 - prevalence))
    common = 1 / (1 + np.exp(-(centre + rng.normal(0, 0.8, n_transcripts))))
    truth = rng.random((n_transcripts, n_segments)) < common[:, None]
    hard = slips + rng.normal(0, 0.7, n_transcripts)[:, None]
    cells = []
    for coder in range(n_coders):
        lean = 0.3 * (coder - (n_coders - 1) / 2)
        misses = 1 / (1 + np.exp(-(-1.4 + hard - lean)))
        invents = 1 / (1 + np.exp(-(-3.3 + hard + lean)))
        chance = rng.random(truth.shape)
        cells.append(np.where(truth, chance >= misses, chance < invents).ravel())
    return Codings(
        np.column_stack(cells).astype(np.int32),
        PRESENT,
        np.repeat(np.arange(n_transcripts, dtype=np.int32), n_segments),
        tuple(map(str, range(n_coders))),
        ("x",),
        tuple(map(str, range(n_transcripts))),
    )


def of_segments(codings: Codings) -> Tally:
    """Alpha with every segment a transcript of its own: what resampling segments would say."""
    n = len(codings.owner)
    alone = Codings(
        codings.values, codings.members, np.arange(n, dtype=np.int32), codings.coders,
        codings.codes, tuple(map(str, range(n))),
    )  # fmt: skip
    return Alpha().tally(alone)


def main(n_studies: int) -> None:
    print("transcripts x segments, prevalence, coders: method coverage (width), refused")
    for n_transcripts, n_segments, prevalence, n_coders, slips in SIZES:
        rng = np.random.default_rng([n_transcripts, n_segments, n_coders])
        size = 4_000_000 // n_segments
        truth = Alpha().tally(study(rng, size, n_segments, prevalence, n_coders, slips)).value
        held, widths, refused = defaultdict(int), defaultdict(list), defaultdict(int)
        for number in range(n_studies):
            codings = study(rng, n_transcripts, n_segments, prevalence, n_coders, slips)
            tally = Alpha().tally(codings)
            tries = {method: (tally, Resampling(method, 1000, number)) for method in METHODS}
            if number < n_studies // 4:
                tries["segments"] = (of_segments(codings), Resampling("percentile", 400, number))
            for name, (counts, how) in tries.items():
                found = interval(counts, how)
                if found.low is None:
                    refused[name] += 1
                    continue
                held[name] += found.low <= truth <= found.high
                widths[name].append(found.high - found.low)
        line = (
            f"{n_transcripts:3} x {n_segments}, {prevalence:.2f}, {n_coders} (truth {truth:.3f}):"
        )
        for name in (*METHODS, "segments"):
            n = len(widths[name])
            line += f"  {name} {held[name] / n:.3f} ({np.mean(widths[name]):.2f})"
            line += f" {refused[name]} refused" if refused[name] else ""
        print(line, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=1000)
    main(parser.parse_args().studies)
