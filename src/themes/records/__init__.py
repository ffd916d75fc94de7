"""The records that flow between stages: frozen dataclasses, standard library only."""

from themes.records.adjudication import ABOUTS, KINDS, Adjudication, Memo
from themes.records.agreement import Agreement
from themes.records.candidate import Candidate
from themes.records.codebook import Code, Codebook
from themes.records.coder import CODER_ROLES, Assignment, Coder, CoderRole
from themes.records.decision import ACTS, Act, Coding, Decision
from themes.records.key import Entity, Key, Name, Piece, Restoration
from themes.records.mention import CATEGORIES, DOUBT, Category, Mention, Replacement
from themes.records.name_decision import NameDecision
from themes.records.passage import Passage
from themes.records.roster import Person, Place
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
    "DOUBT",
    "KINDS",
    "NO_ATTRIBUTES",
    "Act",
    "Adjudication",
    "Agreement",
    "Assignment",
    "Candidate",
    "Category",
    "Code",
    "Codebook",
    "Coder",
    "CoderRole",
    "Coding",
    "Decision",
    "Entity",
    "Key",
    "Memo",
    "Mention",
    "Name",
    "NameDecision",
    "Outcome",
    "Passage",
    "Person",
    "Piece",
    "Place",
    "Replacement",
    "Restoration",
    "Role",
    "Segment",
    "Source",
    "Span",
    "Study",
    "Suggestion",
    "Transcript",
    "Turn",
]
