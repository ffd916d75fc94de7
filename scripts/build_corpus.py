"""Turn drafted interviews and their codings into a corpus folder.

    python scripts/build_corpus.py DRAFTS CORPUS

DRAFTS holds, for each interview, `<id>.txt` (text with marked personal data, see tagged.py),
`<id>.json` (participant attributes, split, writer, guide, coders, sociograms) and
`codings/{a,b,settled}/<id>.jsonl` (one object a respondent turn: the codes, best first, with the
words that carry each; the settled layer has a reason where the two coders differed). CORPUS gets

- `transcripts/<id>.txt`: the clean text, as any reader of the project reads it;
- `mentions/<id>.csv`: where personal data stands in that text;
- `codings.csv`: all three layers, a row a code, a row with an empty code for a turn without one;
- `manifest.json`: everything else, an object an interview, with its split;
- `sociograms.json`: the people around the participants who drew them.

It refuses what does not fit together: unknown codes, words that are not in their turn, turns
without a coding.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

from tagged import read, turns
from themes import codebooks
from themes.grammar import compose
from themes.grammar.compose import normalize

LAYERS = ("a", "b", "settled")


def build(drafts: Path, corpus: Path) -> None:
    code_ids = {code.id for code in codebooks.load("help-seeking").codable}
    manifest, sociograms, codings = [], {}, []
    for folder in ("transcripts", "mentions"):
        (corpus / folder).mkdir(parents=True, exist_ok=True)
    for draft in sorted(drafts.glob("*.txt")):
        name = draft.stem
        clean, spans = read(draft)
        pairs = [(label, normalize(speech)) for label, speech in turns(clean)]
        text, places = compose(pairs)
        if text != clean:
            raise SystemExit(f"{draft}: is not laid out as canonical text")
        (corpus / "transcripts" / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        with (corpus / "mentions" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["start", "end", "category"])
            table.writerows(spans)
        card = json.loads(draft.with_suffix(".json").read_text(encoding="utf-8"))
        drawn = card.pop("sociograms", None)
        if drawn:
            sociograms[name] = drawn
        manifest.append(card)
        respondent = card["respondent_label"]
        wanted = [n for n, (label, _) in enumerate(pairs, 1) if label == respondent]
        for layer in LAYERS:
            path = drafts / "codings" / layer / f"{name}.jsonl"
            coded = [
                json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line
            ]
            if [entry["turn"] for entry in coded] != wanted:
                raise SystemExit(f"{path}: does not hold each respondent turn once, in order")
            for entry in coded:
                start = places[entry["turn"] - 1].start
                speech = pairs[entry["turn"] - 1][1]
                reason = entry.get("reason", "")
                if not entry["codes"]:
                    codings.append([name, entry["turn"], layer, 0, "", "", "", reason])
                for rank, given in enumerate(entry["codes"], 1):
                    at = speech.find(normalize(given["words"]))
                    if at < 0 or given["code"] not in code_ids:
                        raise SystemExit(
                            f"{path}, turn {entry['turn']}: {given['code']} or its words are wrong"
                        )
                    end = start + at + len(normalize(given["words"]))
                    codings.append(
                        [name, entry["turn"], layer, rank, given["code"], start + at, end, reason]
                    )
    with (corpus / "codings.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow("transcript turn layer rank code start end reason".split())
        table.writerows(codings)
    dump(corpus / "manifest.json", manifest)
    dump(corpus / "sociograms.json", sociograms)


def dump(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("drafts", type=Path)
    parser.add_argument("corpus", type=Path)
    arguments = parser.parse_args()
    build(arguments.drafts, arguments.corpus)
