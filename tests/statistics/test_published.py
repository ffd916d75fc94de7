"""Every figure of every published case, by our own coefficients."""

import json
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from themes.codings import Codings, Spans
from themes.inference.planning import people_to_ask, segments_to_double_code
from themes.inference.proportions import wilson
from themes.statistics import _distances
from themes.statistics.ac1 import Ac1
from themes.statistics.alpha import Alpha, weighed
from themes.statistics.brennan_prediger import BrennanPrediger
from themes.statistics.cohen import Cohen
from themes.statistics.fleiss import Fleiss
from themes.statistics.gamma import Gamma
from themes.statistics.percent import Percent
from themes.statistics.scott import Scott
from themes.statistics.u_alpha import UAlpha
from themes.statistics.u_alpha_1995 import UAlpha1995

PATH = Path(__file__).parents[1] / "examples" / "statistics" / "published.json"
CASES = {case["id"]: case for case in json.loads(PATH.read_text(encoding="utf-8"))}
FIGURES = [(case["id"], name) for case in CASES.values() for name in case["expected"]]
COEFFICIENTS = {
    "ac1": Ac1(),
    "alpha_nominal": Alpha(),
    "alpha_ordinal": Alpha("ordinal"),
    "alpha_interval": Alpha("interval"),
    "alpha_ratio": Alpha("ratio"),
    "alpha_masi_dkpro_variant": Alpha("masi_dkpro"),
    "bp": BrennanPrediger(),
    "randolph": BrennanPrediger(),
    "cohen": Cohen(),
    "fleiss_kappa": Fleiss(),
    "fleiss_gwet_generalised": Fleiss(),
    "po": Percent(),
    "exact_match": Percent(),
    "scott": Scott(),
}


def rows(case):
    """The codings of a case, a row a segment."""
    data, kind = case["data"], case["kind"]
    if kind == "coder_by_unit":
        return [list(row) for row in zip(*data, strict=True)]
    if kind == "contingency_table":
        return [
            [first, second]
            for first, line in enumerate(data)
            for second, n in enumerate(line)
            for _ in range(n)
        ]
    if kind == "unit_by_category_counts":
        return [list(chain.from_iterable([v] * n for v, n in enumerate(row))) for row in data]
    if kind == "set_valued":
        return [[frozenset(value) for value in row] for row in data]
    return data


def figure(case, name):
    kind = case["kind"]
    if kind == "sample_size":
        return mismatches(case)
    if kind == "proportion":
        return wilson(case["data"]["k"], case["data"]["n"])[name == "hi"]
    if kind == "set_pairs":
        first, second, _ = case["data"][int(name[1:])]
        pair = Codings.of([[frozenset(first), frozenset(second)]])
        return _distances.masi(pair)[tuple(pair.values[0])]
    if kind == "unitizing":
        return unitized(case, name)
    if kind == "unitizing_spans_annotator_category_begin_end":
        return gamma(case, name)
    codings = Codings.of(rows(case))
    if name in COEFFICIENTS:
        return COEFFICIENTS[name].compute(codings).value
    if name == "pe":
        po, kappa = Percent().compute(codings).value, Fleiss().compute(codings).value
        return (po - kappa) / (1 - kappa)
    if name == "kappa_max":
        return Cohen().highest(codings).value
    if name == "cohen_ase":
        return Cohen().standard_error(codings)
    if name == "alpha_weighted":  # chck, the last value, is half apart from the others
        apart = np.array([[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]])
        return weighed(codings, apart).value
    if name.startswith("cat_"):
        return Fleiss().compute(codings.one_code(codings.codes.index(name[4:]))).value
    if name in ("Do_masi_dkpro", "De_masi_dkpro"):
        apart = _distances.masi_dkpro(codings)
        if name == "Do_masi_dkpro":
            return np.mean([apart[a, b] for a, b in codings.values])
        n = np.bincount(codings.values.ravel(), minlength=codings.n_values)
        return n @ apart @ n / (n.sum() * (n.sum() - 1))
    raise AssertionError(name)


def mismatches(case):
    if "donner" in case["id"]:
        return sum(
            segments_to_double_code(kappa, lower, prevalence, n_coders) != cells.pop(0)
            for kappa, lower, listed in case["data"]
            for cells in [list(listed)]
            for prevalence in (0.1, 0.3, 0.5)
            for n_coders in (2, 3, 4, 5)
        )
    times = (1, 2, 3, 4, 5, 10, 20, 30)
    return sum(
        people_to_ask(float(prevalence), k) != n
        for prevalence, cells in case["data"].items()
        for k, n in zip(times, cells, strict=True)
    )


def unitized(case, name):
    data = case["data"]
    if "coders" in data:
        spans = Spans.of(
            [
                (str(coder), value, start, end)
                for coder, marked in enumerate(data["coders"])
                for start, end, value in marked
            ],
            data["L"],
        )
        reading = {"u_alpha": "u", "bar_u_alpha": "bar_u", "cu_alpha": "cu"}[name]
        return UAlpha(reading).compute(spans).value
    begin, length = data.get("begin", 0), data.get("length") or data.get("L")
    stretch = 1000 if name.endswith("infinity") else 1
    values = "ck" if name == "alpha_all" else name.split("_")[1]
    spans = Spans.of(
        [
            (str(coder), value, (start - begin) * stretch, (end - begin) * stretch)
            for value in values
            for coder, marked in enumerate(data[value])
            for start, end in marked
        ],
        length * stretch,
        coders=("0", "1"),
    )
    tally = UAlpha1995().tally(spans)
    if name.startswith("Do"):
        return tally.sums[0, 0]
    return tally.sums[0, 1] if name.startswith("De") else tally.value


def gamma(case, name):
    spans = Spans.of([tuple(row) for row in case["data"]], max(row[3] for row in case["data"]))
    if case["id"] == "gamma_alex_paul_suzan":
        made = Gamma()
    else:
        weighted = "weighted" in case["id"]
        made = Gamma(alpha=3.0 if weighted else 1.0, beta=2.0 if weighted else 1.0)
    if name == "best_alignment_disorder":
        return made.align(spans).disorder
    if name == "n_unitary":
        return len(made.align(spans).rows)
    if name == "gamma":
        return made.compute(spans).value
    return made.of_values(spans, None if name == "gamma_cat" else name[-1])


def test_all_figures_are_here():
    assert (len(CASES), len(FIGURES)) == (40, 111)


@pytest.mark.parametrize(("case", "name"), FIGURES)
def test_a_published_figure_comes_out(case, name):
    expected = CASES[case]["expected"][name]
    if not isinstance(expected, dict):
        expected = {"value": expected, "tol": 0.0005}
    found = figure(CASES[case], name)
    # The last decimal of a limit is a limit too.
    assert found == pytest.approx(expected["value"], abs=expected["tol"] + 1e-9)


def test_one_value_everywhere_is_said_to_be_undefined():
    codings = Codings.of(rows(CASES["edge_single_value"]))
    for coefficient in (Alpha(), Fleiss(), Cohen(), Scott(), Ac1(), BrennanPrediger()):
        found = coefficient.compute(codings)
        assert found.value is None
        assert "no variation" in found.note
