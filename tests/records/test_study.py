"""A study refuses to hold what does not fit together: nothing wrong can be exported."""

from dataclasses import replace

import pytest

import studies
from themes.records import Span


def spoiled(**changes):
    study = studies.plain()
    return {"suggestions": (replace(study.suggestions[0], **changes),)}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (spoiled(evidence=Span(0, 3)), "its evidence is elsewhere"),
        (spoiled(code_id="weigh"), "its code cannot be given"),
        (spoiled(code_id="unknown"), "its code cannot be given"),
        (spoiled(segment_id="p09:0-3"), "its segment is not in the study"),
        ({"suggestions": studies.plain().suggestions[:1] * 2}, "stands twice"),
        ({"segments": studies.plain().segments * 2}, "two segments have the same id"),
        ({"transcripts": studies.plain().transcripts * 2}, "two transcripts have the same id"),
        ({"transcripts": studies.plain().transcripts[:1]}, "its transcript is not in the study"),
        (
            {
                "transcripts": (
                    studies.transcript("p01", [("R", "Quite another text. " * 20 + "End.")]),
                    studies.plain().transcripts[1],
                )
            },
            "its text is not what stands there",
        ),
        (
            {
                "transcripts": tuple(
                    replace(t, anonymized=False) for t in studies.plain().transcripts
                )
            },
            "is not anonymized",
        ),
    ],
)
def test_what_does_not_fit_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        replace(studies.plain(), **changes)
