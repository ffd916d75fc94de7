"""List the words that people use: what the training interviews write small outside all marks.

    python scripts/build_attested.py

A first name that a dictionary holds as a word, too, but that nobody uses as one ("wim", "rut"), is
a name wherever it stands. From the training split of corpora/help-seeking-en and -nl (CC BY 4.0).
"""

from __future__ import annotations

from pathlib import Path

from themes.recognizers import _lexicon
from themes.recognizers._speech import stretches
from themes.stages.gold import runs

ROOT = Path(__file__).parents[1]


def main() -> None:
    for language in ("en", "nl"):
        found: set[str] = set()
        for run in runs(ROOT / "corpora" / f"help-seeking-{language}", "train"):
            for each in run:
                marks = [span for span, category in each.marks if category != "indirect"]
                for stretch in stretches(each.transcript):
                    for word in stretch.words():
                        inside = any(m.start < word.end and word.start < m.end for m in marks)
                        if word.text.islower() and not inside:
                            found.add(_lexicon.fold(word.text))
        # Only words that some dictionary holds: a slip of the pen attests nothing.
        words = sorted(word for word in found if word in _lexicon.words("nl"))
        target = ROOT / "src/themes/recognizers/lists" / f"attested_{language}.txt"
        head = (
            "# Words written small in the training interviews; compiled by scripts/build_attested.py\n"
            f"# from corpora/help-seeking-{language} (CC BY 4.0).\n"
        )
        target.write_text(head + "\n".join(words) + "\n", encoding="utf-8", newline="\n")
        print(f"{target.name}: {len(words)}")


if __name__ == "__main__":
    main()
