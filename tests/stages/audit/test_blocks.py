"""Each block finds what was put into a study, and refuses by name what it cannot know."""

import numpy as np
import pandas as pd
import pytest

import themes
from stages.audit.made import study
from themes.codings import Codings, Spans
from themes.codings.table import codings_from
from themes.records import Code, Codebook
from themes.stages.audit import Settings, audit
from themes.stages.audit.boundaries import match, window_diff
from themes.stages.audit.confusion import between
from themes.stages.audit.drift import change_point


@pytest.fixture(scope="module")
def plain():
    return themes.audit(study())


def block(made, name):
    return next(b for b in made.blocks if b.name == name)


def rows(made, name):
    return made.frame(name).to_dict("records")


def test_the_order_of_rows_and_the_names_of_coders_do_not_matter(plain):
    other = study().sample(frac=1, random_state=3)
    other["coder"] = other["coder"].map({"ann": "z", "bob": "y", "cy": "x"})
    again = themes.audit(other)
    for name in ("headline", "pairs", "per_code"):
        columns = [c for c in plain.frame(name) if c.startswith(("alpha", "value", "low", "high"))]
        one = plain.frame(name)[columns].to_numpy(float)
        two = again.frame(name)[columns].to_numpy(float)
        np.testing.assert_allclose(np.sort(one, axis=0), np.sort(two, axis=0), atol=1e-6)


def test_the_same_table_gives_the_same_page(plain):
    assert plain.page() == themes.audit(study()).page()


def test_nothing_is_dropped_without_a_line_in_the_ledger(plain):
    ledger = {row["what"]: row["n"] for row in rows(plain, "ledger")}
    assert ledger["segments"] == 240
    assert ledger["segments coded by two or more"] == 240
    assert ledger["codings that may be compared (a coder, a segment)"] == 720


def test_a_rare_code_has_counts_and_no_coefficient():
    frame = study()
    frame.loc[3, "code"] = "rare"
    row = next(r for r in rows(themes.audit(frame), "per_code") if r["code"] == "rare")
    assert row["segments_with"] == 1
    assert np.isnan(row["alpha"])
    assert "Too few to say" in row["diagnosis"]


def test_a_coder_who_gives_a_code_more_often_is_named():
    frame = study(coders=("ann", "bob"))
    rest = frame[(frame["coder"] == "bob") & (frame["code"] == "f.a")].index[::2]
    frame.loc[rest, "code"] = "g.c"
    row = next(r for r in rows(themes.audit(frame), "per_code") if r["code"] == "f.a")
    assert row["diagnosis"].startswith("Bias: ann gave it to")


def test_a_paradox_is_named():
    frame = pd.DataFrame(
        [
            (f"s{n}", f"t{n % 10}", coder, code)
            for n in range(300)
            for coder in ("ann", "bob")
            for code in ["x" if n in ({"ann": range(8), "bob": range(5, 13)}[coder]) else ""]
        ],
        columns=["segment", "transcript", "coder", "code"],
    )
    (row,) = rows(themes.audit(frame), "per_code")
    assert "Paradox" in row["diagnosis"]
    assert row["ac1"] > 0.9 > row["alpha"]


def test_the_odd_coder_out_is_found():
    frame = study(coders=("ann", "bob", "odd"), flip=0.02)
    odd = frame["coder"] == "odd"
    frame.loc[odd, "code"] = np.random.default_rng(1).permutation(frame.loc[odd, "code"])
    left = {row["left_out"]: row["value"] for row in rows(themes.audit(frame), "without_one_coder")}
    assert left["odd"] > 0.8 > max(left["ann"], left["bob"])


def test_a_group_that_is_coded_worse_is_found():
    frame, hard = study(14, seed=1, flip=0.02), study(14, seed=1, flip=0.25)
    bad = [f"t{t:02}" for t in range(7)]
    mixed = pd.concat([frame[~frame.transcript.isin(bad)], hard[hard.transcript.isin(bad)]])
    known = {f"t{t:02}": {"ward": "x" if t < 7 else "y"} for t in range(14)}
    found = {r["group"]: r for r in rows(themes.audit(mixed, attributes=known), "per_attribute")}
    assert found["x"]["difference_high"] < 0 < found["y"]["difference_low"]


def test_confusion_shares_one_disagreement_over_its_codes():
    sets = [[frozenset("ab"), frozenset("ac")], [frozenset("a"), frozenset()]]
    weights, agreed = between(Codings.of(sets))
    assert np.diag(agreed).tolist() == [1, 0, 0]
    assert weights[1, 2] == 1  # b for c
    assert weights[0, 3] == 1  # a for nothing
    assert weights.sum() / 2 == 2


def test_codes_of_one_branch_count_as_one_a_level_up():
    frame = study(coders=("ann", "bob"), flip=0.0)
    swap = frame[(frame["coder"] == "bob") & (frame["code"] == "f.a")].index
    frame.loc[swap, "code"] = "f.b"
    levels = rows(themes.audit(frame), "levels")
    assert levels[0]["value"] == pytest.approx(1)
    assert levels[1]["value"] < 0.8


def test_parents_come_from_the_codebook_where_there_is_one():
    book = Codebook("b", "1", (Code("top", "T", codable=False), Code("f.a", "A", parent="top")))
    found = audit(codings_from(study(), codes=["f.a"]), codebook=book)
    assert rows(found, "levels")[0]["codes"] == 3  # top, and two codes that are not in it


def test_drift_finds_the_transcript_after_which_coders_part():
    early, late = study(12, seed=2, flip=0.01), study(12, seed=2, flip=0.3)
    first = [f"t{t:02}" for t in range(6)]
    frame = pd.concat([early[early.transcript.isin(first)], late[~late.transcript.isin(first)]])
    frame["time"] = frame["transcript"].str[1:].astype(int) * 100 + np.arange(len(frame)) % 50
    found = {r["what"]: r for r in rows(themes.audit(frame), "change_points")}
    change = found["agreement of coders"]
    assert change["change_after"] == "t05"
    assert change["p"] < 0.05
    assert change["before"] > change["after"]


def test_change_points_come_by_chance_one_time_in_twenty():
    rng = np.random.default_rng(0)
    p = [change_point(rng.normal(size=12), 1, 99)[1] for _ in range(200)]
    assert 0.01 <= np.mean(np.array(p) <= 0.05) <= 0.10


def test_a_coder_is_compared_with_their_own_earlier_coding():
    first = study(8, coders=("ann", "bob"))
    second = study(8, coders=("ann",), flip=0.06)
    frame = pd.concat([first.assign(round="1"), second.assign(round="2")])
    found = themes.audit(frame)
    (row,) = rows(found, "recoding")
    assert (row["coder"], row["segments"]) == ("ann", 192)
    assert row["value"] == pytest.approx(1)  # the same seed gives the same codings
    assert any("bob coded no segment twice" in reason for reason in found.refused)


def assisted_study():
    """Half the segments with suggestions in sight, where people take over what the model says."""
    people, model = study(12, flip=0.1), study(12, coders=("gpt",), seed=0, flip=0.3)
    model["shown"] = "no"
    odd = people["segment"].str[1:].astype(int) % 2 == 1
    blind = people[~odd].assign(shown="no")
    seen = model[model["segment"].str[1:].astype(int) % 2 == 1]
    copied = [seen.assign(coder=coder, shown="yes") for coder in ("ann", "bob", "cy")]
    return pd.concat([blind, model, *copied])


def test_codings_with_suggestions_in_sight_are_never_pooled():
    found = themes.audit(assisted_study(), models=("gpt",))
    ledger = {row["what"]: row["n"] for row in rows(found, "ledger")}
    assert ledger["set aside: codings made with suggestions in sight"] == 12 * 12 * 3
    headline = rows(found, "headline")[0]
    assert headline["segments"] == 144
    by = {(r["between"], r["suggestions"]): r["value"] for r in rows(found, "assisted")}
    assert by["between coders", "suggestions shown"] == pytest.approx(1)
    assert by["coders and gpt", "suggestions shown"] == pytest.approx(1)
    assert by["coders and gpt", "shown minus hidden"] > 0.3


def test_assisted_codings_alone_are_refused():
    frame = study().assign(shown="yes")
    found = themes.audit(frame)
    assert "made with suggestions in sight" in block(found, "headline").refused[0]
    assert "headline" not in [table.name for table in found.tables]
    assert block(found, "assisted").tables


def test_a_model_as_good_as_people_is_so_and_a_bad_one_is_not():
    good = study(30, coders=("ann", "bob", "cy", "good"))
    bad = pd.concat([study(30), study(30, coders=("bad",), flip=0.4)])
    for frame, name, verdict in ((good, "good", "it is equi"), (bad, "bad", "it is not shown")):
        found = themes.audit(frame, models=(name,))
        assert verdict in block(found, "model").says[0]
        by = {row["of"]: row for row in rows(found, f"model_{name}")}
        assert (by[f"{name} minus people"]["high"] < 0) == (name == "bad")
        assert name not in block(found, "headline").says[0]


def test_two_models_have_tables_of_their_own():
    frame = study(coders=("ann", "bob", "m-1", "m 1"))
    found = themes.audit(frame, models=("m-1", "m 1"))
    names = [table.name for table in found.tables]
    assert len(set(names)) == len(names)
    assert {"model_m_11", "model_m_12"} <= set(names)


def test_what_a_model_misses_is_scaled_up_from_a_blind_sample():
    people = study(20, coders=("ann",), flip=0)
    model = people.assign(coder="gpt").copy()
    lost = model[model["code"] == "f.a"].index[::2]  # it misses half of one code
    model.loc[lost, "code"] = ""
    read = people["segment"].isin([f"s{s:02}" for s in range(0, 24, 2)])
    found = themes.audit(pd.concat([people[read], model]), models=("gpt",))
    recall = {row["code"]: row for row in rows(found, "recall")}
    assert recall["f.a"]["low"] < 0.5 < recall["f.a"]["high"]
    assert recall["f.b"]["recall"] == pytest.approx(1)
    assert len(rows(found, "sample_to_read")) == Settings().n_sample
    sampled = {(r["transcript"], r["segment"]) for r in rows(found, "sample_to_read")}
    assert not sampled & set(people[read][["transcript", "segment"]].itertuples(index=False))


def test_a_slip_is_on_the_list_and_the_list_is_measured():
    frame = study(coders=("ann", "bob", "cy"), flip=0.0)
    right = study(coders=("settled",), flip=0.0)
    slips = frame[(frame["coder"] == "cy") & (frame["code"] == "f.a")].index[:5]
    frame.loc[slips, "code"] = ""
    found = themes.audit(pd.concat([frame, right]), settled="settled")
    listed = rows(found, "second_look")[:5]
    assert {(r["coder"], r["code"], r["says"]) for r in listed} == {("cy", "f.a", "does not")}
    assert "2 of 2 others say otherwise" in listed[0]["reasons"]
    said = " ".join(block(found, "second_look").says)
    assert "5 of 5 listed judgements were overturned" in said
    assert "of all judgements on which coders differ, 33% were" in said


def test_where_two_differ_nobody_is_pointed_at_without_a_reason():
    frame = study(coders=("ann", "bob"), flip=0.05)
    model = study(coders=("ann", "bob", "gpt"), flip=0.05).query("coder == 'gpt'")
    alone, aided = themes.audit(frame), themes.audit(pd.concat([frame, model]), models=("gpt",))
    assert {row["says"] for row in rows(alone, "second_look")} == {"differ"}
    assert {row["says"] for row in rows(aided, "second_look")} == {"gives it", "does not"}
    assert "the model says otherwise" in rows(aided, "second_look")[0]["reasons"]


def test_settling_is_counted_and_never_in_the_headline(plain):
    frame = study(coders=("ann", "bob"), flip=0.1)
    settled = frame[frame["coder"] == "ann"].assign(coder="settled")
    found = themes.audit(pd.concat([frame, settled]), settled="settled")
    by = {row["coder"]: row["share"] for row in rows(found, "adjudication_by_coder")}
    assert by == {"ann": 1.0, "bob": 0.0}
    assert rows(found, "headline")[0]["value"] == pytest.approx(
        rows(themes.audit(frame), "headline")[0]["value"]
    )


def test_codings_with_different_versions_are_not_compared():
    frame = study().assign(version="1")
    late = (frame["coder"] == "bob") & (frame["segment"] == "s00")
    frame.loc[late, "version"] = "2"
    found = themes.audit(frame)
    ledger = {row["what"]: row["n"] for row in rows(found, "ledger")}
    assert any("different versions" in what and n == 30 for what, n in ledger.items())
    assert rows(found, "headline")[0]["segments"] == 230


def test_new_codes_are_counted_by_transcript():
    frame = study(4, coders=("ann",), flip=0)
    frame.loc[frame["transcript"] != "t03", "code"] = frame["code"].replace("g.c", "")
    found = rows(themes.audit(frame), "saturation")
    assert [r["new_codes"] for r in found] == [2, 0, 0, 1]
    assert found[-1]["codes_in_random_order"] == pytest.approx(3)


def test_planning_asks_for_more_when_agreement_is_near_the_bound():
    found = rows(themes.audit(study(flip=0.05)), "planning")
    known = [row["transcripts"] for row in found if not np.isnan(row["transcripts"])]
    assert known == sorted(known)


def test_ratings_are_compared_by_rank():
    rng = np.random.default_rng(0)
    base = rng.integers(1, 6, 240)
    frame = pd.DataFrame(
        [
            (f"s{n}", f"t{n % 10}", coder, str(min(5, max(1, v + rng.integers(-1, 2)))))
            for coder in ("ann", "bob")
            for n, v in enumerate(base)
        ],
        columns=["segment", "transcript", "coder", "code"],
    )
    found = themes.audit(frame, level="ordinal")
    by = {row["statistic"]: row["value"] for row in rows(found, "headline")}
    assert by["alpha, ordinal"] > by["alpha, nominal"]
    assert any("ratings" in reason for reason in found.refused)


SPANNED = [
    ("t1", "s1", "ann", "x", 0, 10),
    ("t1", "s2", "ann", "x", 20, 40),
    ("t1", "s1", "bob", "x", 0, 10),
    ("t1", "s2", "bob", "x", 20, 28),
    ("t1", "s2", "bob", "x", 30, 40),
    ("t1", "s3", "bob", "y", 50, 60),
]


def test_boundaries_are_told_apart_from_codes():
    columns = ["transcript", "segment", "coder", "code", "start", "end"]
    found = rows(themes.audit(pd.DataFrame(SPANNED, columns=columns)), "boundaries")[0]
    assert (found["spans_first"], found["spans_second"], found["matched"]) == (
        2,
        3,
        2,
    )  # ann did not code s3
    assert (found["split_by_second"], found["split_by_first"]) == (1, 0)
    assert found["iou_median"] == pytest.approx(0.75)  # 1 and 10 / 20


def test_spans_match_once_and_by_code():
    one = Spans.of([("a", "x", 0, 10), ("a", "x", 5, 12)], 20)
    two = Spans.of([("b", "x", 0, 9), ("b", "y", 5, 12)], 20)
    assert match(one, two).iou.tolist() == [0.9]


def test_window_diff_grows_with_what_differs():
    one = Spans.of([("a", "x", 10, 20), ("a", "x", 30, 40)], 60)
    near = Spans.of([("a", "x", 11, 20), ("a", "x", 30, 40)], 60)
    none = Spans.of([("a", "x", 0, 60)], 60)
    assert 0 < window_diff(one, near) < window_diff(one, none) <= 1


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (study(coders=("ann",)), "has 1 human coder; two are needed"),
        (
            study(8, coders=("ann", "bob")).query("(coder == 'ann') == (transcript < 't04')"),
            "no segment was coded by two",
        ),
    ],
)
def test_one_coder_and_no_overlap_are_refused_and_the_rest_is_computed(frame, why):
    found = themes.audit(frame)
    assert why in block(found, "headline").refused[0]
    assert block(found, "saturation").says
    assert why in found.page()


def test_one_value_only_is_undefined_and_said_so():
    frame = study(coders=("ann", "bob"), flip=0).assign(code="x").drop_duplicates()
    row = rows(themes.audit(frame), "headline")[0]
    assert np.isnan(row["value"])
    assert "no variation" in row["note"]


def test_too_few_transcripts_have_no_interval():
    row = rows(themes.audit(study(4)), "headline")[0]
    assert np.isnan(row["low"])
    assert "too few for an interval" in row["note"]


def test_the_methods_paragraph_holds_every_count_and_the_seed(plain):
    said = block(plain, "methods").says[0]
    for part in (
        "240 segments",
        "10 transcripts",
        "3 human coders",
        "seed 1",
        "themes 0.",
        "1,000",
    ):
        assert part in said
