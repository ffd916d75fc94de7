"""Our coefficients beside those of krippendorff, statsmodels and nltk, on random tables.

    make oracle        (in an environment of its own: krippendorff is GPL and no part of ours)
    python scripts/compare_with_others.py [--tables 2000]

Two thousand tables of two to five coders, two to six values, with and without codings missing, and
as many of sets. A difference above 1e-9 where the other is right ends the script. Where another is
known to fail, the failure is counted and printed: a library that mends it shows at once.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import Counter
from collections.abc import Callable

import numpy as np

from themes.codings import Codings
from themes.statistics import _distances
from themes.statistics.alpha import Alpha
from themes.statistics.brennan_prediger import BrennanPrediger
from themes.statistics.cohen import Cohen
from themes.statistics.fleiss import Fleiss
from themes.statistics.percent import Percent
from themes.statistics.scott import Scott

try:
    import krippendorff
    from nltk.metrics import agreement, jaccard_distance, masi_distance
    from statsmodels.stats import inter_rater
except ImportError as missing:
    sys.exit(f"compare_with_others: {missing.name} is not installed here; run make oracle")

TOLERANCE = 1e-9


def random_table(rng: np.random.Generator, missing: bool) -> np.ndarray:
    """int (n_segments, n_coders) of values 0, 1, ...; -1 where missing."""
    n, m, q = rng.integers(3, 40), rng.integers(2, 6), rng.integers(2, 7)
    truth = rng.integers(q, size=n)
    table = np.where(rng.random((n, m)) < 0.7, truth[:, None], rng.integers(q, size=(n, m)))
    return np.where(rng.random((n, m)) < 0.25, -1, table) if missing else table


def ours(table: np.ndarray) -> Codings:
    rows = [[None if v < 0 else int(v) for v in row] for row in table]
    return Codings.of(rows)


def compare(name: str, mine: float | None, other: Callable[[], float], seen: Counter) -> None:
    """Counts "same", or how the other fails; ends the script at a difference that is ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = float(other())
    except Exception as error:  # noqa: BLE001  counted by its kind
        outcome = (
            f"{type(error).__name__} where ours is {'undefined' if mine is None else 'a value'}"
        )
        seen[name, outcome] += 1
        return
    if mine is None:
        seen[
            name,
            "undefined here, there nan" if np.isnan(theirs) else "undefined here, a value there",
        ] += 1
    elif np.isnan(theirs):
        seen[name, "a value here, nan there"] += 1
    elif abs(mine - theirs) <= TOLERANCE:
        seen[name, "same"] += 1
    else:
        sys.exit(f"compare_with_others: {name}: {mine!r} here, {theirs!r} there")


def of_values(table: np.ndarray, seen: Counter) -> None:
    codings = ours(table)
    as_floats = np.where(table < 0, np.nan, table.astype(float)).T
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        compare(
            f"krippendorff, {metric}",
            Alpha(metric).compute(codings).value,
            lambda metric=metric: krippendorff.alpha(as_floats, level_of_measurement=metric),
            seen,
        )
    if (table < 0).any():
        return
    q = codings.n_values
    counts = np.stack([(table == v).sum(axis=1) for v in np.unique(table)], axis=1)
    compare(
        "statsmodels, Fleiss",
        Fleiss().compute(codings).value,
        lambda: inter_rater.fleiss_kappa(counts),
        seen,
    )
    compare(
        "statsmodels, Randolph",
        BrennanPrediger().compute(codings).value,
        lambda: inter_rater.fleiss_kappa(counts, method="randolph"),
        seen,
    )
    triples = [(str(c), str(s), int(v)) for s, row in enumerate(table) for c, v in enumerate(row)]
    task = agreement.AnnotationTask(triples)
    compare("nltk, alpha", Alpha().compute(codings).value, task.alpha, seen)
    compare("nltk, percent", Percent().compute(codings).value, task.avg_Ao, seen)
    if table.shape[1] == 2:
        both = np.zeros((q, q))
        np.add.at(both, tuple(codings.values.T), 1)
        compare(
            "statsmodels, Cohen",
            Cohen().compute(codings).value,
            lambda: inter_rater.cohens_kappa(both).kappa,
            seen,
        )
        compare(
            "statsmodels, Cohen's standard error",
            None if Cohen().compute(codings).value is None else Cohen().standard_error(codings),
            lambda: inter_rater.cohens_kappa(both).std_kappa,
            seen,
        )
        compare("nltk, Scott", Scott().compute(codings).value, task.pi, seen)
        compare("nltk, Cohen", Cohen().compute(codings).value, task.kappa, seen)


def of_sets(rng: np.random.Generator, empty: bool, seen: Counter) -> None:
    n, m = rng.integers(3, 30), rng.integers(2, 5)
    sets = [
        [frozenset(np.flatnonzero(rng.random(4) < 0.4).tolist()) for _ in range(m)]
        for _ in range(n)
    ]
    if not empty:
        sets = [[value or frozenset({9}) for value in row] for row in sets]
    codings = Codings.of(sets)
    label = "sets, empty ones too" if empty else "sets"
    triples = [(str(c), str(s), value) for s, row in enumerate(sets) for c, value in enumerate(row)]
    for metric, distance in (("masi", masi_distance), ("jaccard", jaccard_distance)):
        mine = Alpha(metric).compute(codings).value
        task = agreement.AnnotationTask(triples, distance=distance)
        compare(f"nltk, {metric}, {label}", mine, task.alpha, seen)
        apart = getattr(_distances, metric)(codings)
        compare(
            f"krippendorff with a callable, {metric}, {label}",
            mine,
            lambda apart=apart: krippendorff.alpha(
                codings.values.T.astype(float),
                level_of_measurement=lambda a, b, *_, **__: apart[a.astype(int), b.astype(int)],
                value_domain=np.arange(len(apart), dtype=float),
            ),
            seen,
        )


def main(n_tables: int) -> None:
    rng = np.random.default_rng(1)
    seen: Counter[tuple[str, str]] = Counter()
    for number in range(n_tables):
        of_values(random_table(rng, missing=number % 2 == 1), seen)
        of_sets(rng, empty=number % 2 == 1, seen=seen)
    for (name, outcome), n in sorted(seen.items()):
        print(f"{name:55} {n:6}  {outcome}")
    print(
        f"{sum(n for (_, o), n in seen.items() if o == 'same')} figures the same within {TOLERANCE}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", type=int, default=2000)
    main(parser.parse_args().tables)
