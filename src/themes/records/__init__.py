"""The records that flow between stages: frozen dataclasses, standard library only."""

from themes.records.adjudication import ABOUTS, KINDS, Adjudication, Memo
from themes.records.codebook import Code, Codebook
from themes.records.coder import CODER_ROLES, Assignment, Coder, CoderRole
from themes.records.decision import ACTS, Act, Coding, Decision
from themes.records.mention import CATEGORIES, Category, Mention, Replacement
from themes.records.segment import Segment
from themes.records.span import Span
from themes.records.study import Study
from themes.records.suggestion import Outcome, Suggestion
from themes.records.transcript import NO_ATTRIBUTES, Role, Source, Transcript, Turn

__all__ = [
    "ABOUTS",
    "ACTS",
    "CATEGORIES",
    "CODER_ROLES",
    "KINDS",
    "NO_ATTRIBUTES",
    "Act",
    "Adjudication",
    "Assignment",
    "Category",
    "Code",
    "Codebook",
    "Coder",
    "CoderRole",
    "Coding",
    "Decision",
    "Memo",
    "Mention",
    "Outcome",
    "Replacement",
    "Role",
    "Segment",
    "Source",
    "Span",
    "Study",
    "Suggestion",
    "Transcript",
    "Turn",
]
