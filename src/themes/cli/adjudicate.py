"""`themes adjudicate`: settle what coders disagree on."""

from __future__ import annotations

from themes.cli import review
from themes.cli._study import StudyFolder


def adjudicate(study: StudyFolder, coder: review.Coder = None, port: review.Port = 8765) -> None:
    """Start the page on the disagreements, on this machine, for an adjudicator or an owner."""
    review.start(study, coder, port=port, to="adjudicate")
