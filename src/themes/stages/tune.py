"""Fine-tune the upper layers of an encoder together with heads for codes.

The encoder reads an answer after the question it was given to. Each of its pieces gets a margin
for each code, learned from the words that coders marked; the answer's own margin is the smooth
highest of its pieces' and what the whole adds. The lower layers stay as they are, so that little
data cannot spoil them, and what they say of every text is computed once.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from themes.grammar.sentences import pieces
from themes.records import Passage, Span
from themes.resources import open_checked

_BATCH = 24
# Batches are drawn from this many at a time, sorted by length, so that they need little padding.
_POOL = 16
# A head that starts here says "no" of most pieces, as coders do.
_RARE = -3.5

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to tune: chosen on the dev split of our corpora, see the model card.

    `n_frozen` lower layers stay as they are; `part_weight` is the share of the loss on pieces
    beside that on answers; `sharpness` multiplies unit vectors before the heads; `rank` is what is
    kept of the change of a weight matrix.
    """

    n_frozen: int = 4
    n_epochs: int = 6
    learning_rate: float = 1e-4
    head_rate: float = 1e-3
    part_weight: float = 1.0
    dropout: float = 0.1
    sharpness: float = 10.0
    rank: int = 32
    max_tokens: int = 200
    context_tokens: int = 48
    seed: int = 20261122


@dataclass(frozen=True, slots=True, repr=False)
class Tuned:
    """What tuning changed, and the heads that go with it.

    `state` holds float16 changes of the tuned layers' weights, matrices by two thin factors each
    (`themes.encoders._bert.changed`); `whole_weights` and `part_weights` float64 (n_codes, dim) on unit vectors, biases
    float64 (n_codes,).
    """

    state: dict[str, np.ndarray]
    whole_weights: np.ndarray
    whole_bias: np.ndarray
    part_weights: np.ndarray
    part_bias: np.ndarray


@dataclass(slots=True)
class _Sequence:
    """Tokens of one stretch of a passage: its context, and pieces `parts` (from, to) of it."""

    row: int
    ids: list[int]
    first: int
    last: int
    parts: list[tuple[int, int]]
    marked: np.ndarray
    states: Any = None


def tune(
    folder: Path, passages: Sequence[Passage], recipe: Recipe, step: Step | None = None
) -> Tuned:
    """Learn from coded passages, starting at the encoder in `folder`.

    Labels of -1 are passed over. `step(done, total)` is called after each batch. The same
    passages, recipe and number of threads give the same result. Raises MissingModelError.
    """
    import torch  # takes seconds to import; scoring does not need it
    from torch.nn import functional

    torch.manual_seed(recipe.seed)
    shuffle = np.random.default_rng(recipe.seed)
    body, tokenizer = _open(folder)
    n_codes = len(passages[0].labels)
    sequences = [s for row, p in enumerate(passages) for s in _cut(row, p, tokenizer, recipe)]
    labels = torch.tensor([p.labels for p in passages])
    weights = torch.tensor([p.weight for p in passages])
    body.eval()
    _remember_lower(body, sequences, recipe.n_frozen)
    upper = body.encoder.layer[recipe.n_frozen :]
    before = {
        name: tensor.clone()
        for name, tensor in body.state_dict().items()
        if name.startswith("encoder.layer.") and int(name.split(".")[2]) >= recipe.n_frozen
    }
    for module in upper.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = recipe.dropout
    heads = _heads(body.config.hidden_size, n_codes)
    optimizer = torch.optim.AdamW(
        [
            {"params": upper.parameters(), "lr": recipe.learning_rate},
            {"params": heads.parameters(), "lr": recipe.head_rate},
        ],
        weight_decay=0.01,
    )
    per_epoch = math.ceil(len(sequences) / _BATCH)
    total = recipe.n_epochs * per_epoch
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda done: min((done + 1) / (0.1 * total), 1 - done / total)
    )
    learned = [*upper.parameters(), *heads.parameters()]
    upper.train()
    done = 0
    for _ in range(recipe.n_epochs):
        for batch in _batches(sequences, shuffle):
            whole, parts, owner = _vectors(upper, batch)
            drop = functional.dropout
            part_margin = heads["part"](drop(parts * recipe.sharpness, recipe.dropout))
            whole_margin = heads["whole"](drop(whole * recipe.sharpness, recipe.dropout))
            # Unseen by the exponential: margins are held below e^20.
            summed = torch.zeros_like(whole_margin).index_add(
                0, owner, part_margin.clamp(max=20).exp()
            )
            margin = heads["weigh"].weight[0] * summed.log() + whole_margin
            rows = [s.row for s in batch]
            marked = torch.tensor(np.concatenate([s.marked for s in batch]))
            # What the words say of this stretch; where nobody marked them, what was said of all.
            each = marked.split([len(s.parts) for s in batch])
            placed = torch.stack([part.amax(0) for part in each])
            truth = torch.where(placed == -1, labels[rows], placed)
            loss = _loss(margin, truth, weights[rows])
            if recipe.part_weight:
                loss = loss + recipe.part_weight * _loss(part_margin, marked, weights[rows][owner])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            if step:
                step(done, total)
    return _tuned(body, before, heads, recipe)


def marked_pieces(passage: Passage, spans: Sequence[Span]) -> np.ndarray:
    """int8 (n_pieces, n_codes): 1 where a piece carries a code, 0 where not, -1 where nobody said.

    A code that was given without marking its words lies in the only piece, or nobody knows where.

    >>> one = Passage("", "No. Nobody came.", (1, 0), ((0, Span(4, 10)),))
    >>> marked_pieces(one, [Span(0, 3), Span(4, 16)]).tolist()
    [[0, 0], [1, 0]]
    """
    found = np.zeros((len(spans), len(passage.labels)), np.int8)
    for number, words in passage.marks:
        if passage.labels[number] == 1:
            found[[span.overlaps(words) for span in spans], number] = 1
    labels = np.asarray(passage.labels)
    found[:, (labels == 1) & ~found.any(0)] = 1 if len(spans) == 1 else -1
    found[:, labels == -1] = -1
    return found


def _open(folder: Path) -> tuple[Any, Any]:
    import torch
    from safetensors.torch import load
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertModel

    _, data = open_checked(folder, "encoder.json", "install themes again")
    tokenizer = Tokenizer.from_str(data["tokenizer.json"].decode())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    body = BertModel(BertConfig(**config), add_pooling_layer=False)
    state = {k: v.to(torch.float32) for k, v in load(data["model.safetensors"]).items()}
    body.load_state_dict(state, strict=False)
    return body, tokenizer


def _cut(row: int, passage: Passage, tokenizer: Any, recipe: Recipe) -> list[_Sequence]:
    """A passage as the encoder reads it: in one sequence, or parted between pieces."""
    begin, end = tokenizer.encode("").ids
    context = tokenizer.encode(passage.context, add_special_tokens=False).ids
    encoding = tokenizer.encode(passage.text, add_special_tokens=False)
    head = [begin, *context[len(context) - recipe.context_tokens :], end]
    if len(context) <= recipe.context_tokens:
        head = [begin, *context, end]
    ranges: list[tuple[int, int, np.ndarray]] = []
    spans = pieces(passage.text)
    for span, marked in zip(spans, marked_pieces(passage, spans), strict=True):
        inside = [i for i, (a, b) in enumerate(encoding.offsets) if a < span.end and b > span.start]
        if inside:
            stop = min(inside[-1] + 1, inside[0] + recipe.max_tokens)
            ranges.append((inside[0], stop, marked))
    made: list[_Sequence] = []
    while ranges:
        start = ranges[0][0]
        held = [r for r in ranges if r[1] - start <= recipe.max_tokens]
        ranges = ranges[len(held) :]
        shift, stop = len(head) - start, held[-1][1]
        made.append(
            _Sequence(
                row,
                [*head, *encoding.ids[start:stop], end],
                len(head),
                stop + shift,
                [(a + shift, b + shift) for a, b, _ in held],
                np.stack([m for _, _, m in held]),
            )
        )
    return made


def _remember_lower(body: Any, sequences: list[_Sequence], n_frozen: int) -> None:
    import torch

    order = sorted(range(len(sequences)), key=lambda i: (len(sequences[i].ids), i))
    with torch.no_grad():
        for start in range(0, len(order), 32):
            batch = [sequences[i] for i in order[start : start + 32]]
            ids = torch.zeros(len(batch), len(batch[-1].ids), dtype=torch.long)
            for row, sequence in enumerate(batch):
                ids[row, : len(sequence.ids)] = torch.tensor(sequence.ids)
            states = _through(
                body.encoder.layer[:n_frozen], body.embeddings(ids), [len(s.ids) for s in batch]
            )
            for row, sequence in enumerate(batch):
                sequence.states = states[row, : len(sequence.ids)].half()


def _through(layers: Any, states: Any, lengths: Sequence[int]) -> Any:
    import torch

    places = torch.arange(states.shape[1])
    seen = places[None, :] < torch.tensor(lengths)[:, None]
    mask = torch.where(seen, 0.0, -1e4)[:, None, None, :]
    for layer in layers:
        made = layer(states, mask)
        states = made[0] if isinstance(made, tuple) else made
    return states


def _vectors(upper: Any, batch: Sequence[_Sequence]) -> tuple[Any, Any, Any]:
    """Unit vectors of the answers and of their pieces, and the row of each piece's answer."""
    import torch
    from torch.nn.functional import normalize

    longest = max(len(s.ids) for s in batch)
    states = torch.zeros(len(batch), longest, batch[0].states.shape[1])
    for row, sequence in enumerate(batch):
        states[row, : len(sequence.ids)] = sequence.states.float()
    states = _through(upper, states, [len(s.ids) for s in batch])
    sums = torch.nn.functional.pad(states.cumsum(1), (0, 0, 1, 0))
    rows = torch.arange(len(batch))
    owner = torch.tensor([row for row, s in enumerate(batch) for _ in s.parts])
    start = torch.tensor([a for s in batch for a, _ in s.parts])
    stop = torch.tensor([b for s in batch for _, b in s.parts])
    first, last = torch.tensor([s.first for s in batch]), torch.tensor([s.last for s in batch])
    whole = normalize(sums[rows, last] - sums[rows, first], dim=1)
    return whole, normalize(sums[owner, stop] - sums[owner, start], dim=1), owner


def _heads(dim: int, n_codes: int) -> Any:
    import torch

    heads = torch.nn.ModuleDict(
        {
            "part": torch.nn.Linear(dim, n_codes),
            "whole": torch.nn.Linear(dim, n_codes),
            "weigh": torch.nn.Linear(n_codes, 1, bias=False),
        }
    )
    torch.nn.init.normal_(heads["part"].weight, std=0.02)
    torch.nn.init.normal_(heads["whole"].weight, std=0.02)
    torch.nn.init.constant_(heads["part"].bias, _RARE)
    torch.nn.init.zeros_(heads["whole"].bias)
    torch.nn.init.ones_(heads["weigh"].weight)
    return heads


def _batches(sequences: list[_Sequence], shuffle: np.random.Generator) -> list[list[_Sequence]]:
    order = shuffle.permutation(len(sequences))
    batches: list[list[_Sequence]] = []
    for start in range(0, len(order), _BATCH * _POOL):
        pool = sorted(order[start : start + _BATCH * _POOL], key=lambda i: len(sequences[i].ids))
        batches += [
            [sequences[i] for i in pool[k : k + _BATCH]] for k in range(0, len(pool), _BATCH)
        ]
    return [batches[i] for i in shuffle.permutation(len(batches))]


def _loss(margin: Any, truth: Any, weights: Any) -> Any:
    """Binary cross-entropy, summed over codes, averaged over what was looked at."""
    from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

    counts = weights[:, None] * (truth >= 0)
    each = cross_entropy(margin, truth.clamp(min=0).float(), reduction="none") * counts
    return each.sum() / counts.sum().clamp(min=1) * truth.shape[1]


def _tuned(body: Any, before: Mapping[str, Any], heads: Any, recipe: Recipe) -> Tuned:
    import torch

    def plain(tensor: Any, dtype: Any = torch.float64) -> np.ndarray:
        # In row order: files hold what lies in memory, and products keep the order of their factors.
        return np.ascontiguousarray(tensor.detach().to(dtype).numpy())

    changes: dict[str, np.ndarray] = {}
    for name, tensor in sorted(body.state_dict().items()):
        if name not in before:
            continue
        if tensor.dim() < 2:
            changes[name] = plain(tensor, torch.float16)
            continue
        # Signs of singular vectors are free: the largest entry of each is made positive.
        left, size, right = torch.linalg.svd(tensor.double() - before[name].double())
        left, right = left[:, : recipe.rank], right[: recipe.rank]
        sign = torch.sign(right[torch.arange(len(right)), right.abs().argmax(1)])
        root = size[: recipe.rank].sqrt() * sign
        changes[f"{name}.left"] = plain(left * root, torch.float16)
        changes[f"{name}.right"] = plain(root[:, None] * right, torch.float16)
    # The weight of the pieces goes into the mix, which is fitted on answers not learned from.
    return Tuned(
        changes,
        plain(heads["whole"].weight) * recipe.sharpness,
        plain(heads["whole"].bias),
        plain(heads["part"].weight) * recipe.sharpness,
        plain(heads["part"].bias),
    )
