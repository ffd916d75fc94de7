"""One code's suggestions as a list, offered only after a sample of them was decided one by one."""

from __future__ import annotations

from dataclasses import dataclass

from themes.records import Assignment, Suggestion
from themes.review.desk import Desk
from themes.stages.assign import lot

MIN_SAMPLE, MAX_SAMPLE = 5, 20
_SAMPLE_SHARE = 0.10
NEEDED_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Batch:
    """One code's suggestions that are above its threshold and in a coder's sight.

    `sample` was drawn by lot, and `n_checked` of it have been decided one by one, `n_accepted` of
    those accepted; `rest` is what a bulk acceptance would cover, in working order.
    """

    code_id: str
    sample: tuple[tuple[Assignment, Suggestion], ...]
    n_checked: int
    n_accepted: int
    rest: tuple[tuple[Assignment, Suggestion], ...]

    @property
    def checked(self) -> bool:
        return len(self.sample) >= MIN_SAMPLE and self.n_checked == len(self.sample)

    @property
    def ready(self) -> bool:
        """Whether the list may be accepted at once: four in five of the sample were right."""
        return self.checked and self.n_accepted >= NEEDED_SHARE * len(self.sample)


def batch_of(desk: Desk, code_id: str, seed: int) -> Batch:
    """The batch of one code for one coder."""
    found: list[tuple[Assignment, Suggestion]] = []
    for a in desk.assignments.values():
        # Turns that were blind at first are few, and their answers were given without the list.
        if a.round or not a.shown:
            continue
        for suggestion in desk.suggestions(a):
            if suggestion.code_id == code_id and suggestion.outcome == "suggest":
                found.append((a, suggestion))
    drawn = sorted(found, key=lambda pair: lot(seed, "sample", desk.coder.id, pair[1].id))
    size = min(max(MIN_SAMPLE, round(len(found) * _SAMPLE_SHARE)), MAX_SAMPLE)
    sample = tuple(drawn[:size])
    checked = []
    for a, _ in sample:
        standing = desk.standing(a.id)
        answer = standing.answers.get(code_id)
        if (answer and not answer.by.batch) or (answer is None and standing.lock):
            checked.append(bool(answer and answer.present))
    in_sample = {a.id for a, _ in sample}
    return Batch(
        code_id,
        sample,
        len(checked),
        sum(checked),
        tuple(
            (a, s)
            for a, s in found
            if a.id not in in_sample
            and desk.standing(a.id).lock is None
            and code_id in desk.open_codes(a)
        ),
    )


def batches(desk: Desk, seed: int) -> tuple[Batch, ...]:
    """The batch of every code, in codebook order, where there is anything to accept."""
    found = (batch_of(desk, code.id, seed) for code in desk.materials.book.codable)
    return tuple(batch for batch in found if batch.rest)
