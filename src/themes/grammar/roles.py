"""Who asks and who answers, told from speaker labels and, failing that, from the questions."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from themes.errors import ReadError
from themes.records import Role, Transcript

INTERVIEWERS = frozenset(
    "i int iv iver intv interviewer interviewers interviewster interviewerin q mod moderator "
    "moderatorin facilitator researcher onderzoeker onderzoekster forscher forscherin "
    "gespreksleider vraagsteller question vraag frage host".split()
)
RESPONDENTS = frozenset(
    "r resp respondent respondents respondente p part participant particpant interviewee "
    "geïnterviewde geinterviewde deelnemer deelneemster befragte befragter befragten teilnehmer "
    "teilnehmerin proband probandin answer antwoord antwort student studente resident aios anios "
    "coassistent opleider supervisor moeder vader mother father parent ouder mantelzorger caregiver "
    "carer guest user gebruiker".split()
)
CLINICIANS = frozenset(
    "clinician doctor dr doc physician gp nurse therapist psychiatrist psychologist counselor "
    "counsellor agent arts dokter huisarts verpleegkundige therapeut behandelaar arzt ärztin d".split()
)
PATIENTS = frozenset("patient patiënt patientin pt client cliënt klient customer".split())
OTHERS = frozenset(
    "unknown unidentified audience crosstalk operator observer observator notulist notetaker "
    "transcriber transcribent system all everyone several allen alle iedereen onbekend unbekannt".split()
)
# Words that say nothing about who somebody is, and may stand beside a role or a number.
_NEUTRAL = frozenset(
    "speaker speakers spreker sprecher sprecherin spk s spkr person persoon persona voice stem member man woman "
    "male female vrouw mann frau m f v w x and en und the de het der die nr no number group groep "
    "gruppe family familie guest new other second first channel ch chan".split()
)
# Letters that only mean something beside other labels: A answers where Q asks, B is the
# "Befragte" where I asks.
_ANSWERING = frozenset("a b".split())
# What stands for a name in a pseudonymized transcript, as a pattern to build others from.
PLACEHOLDER = r"\[[A-Z][A-Z_]*-\d+\]"
_WORD = re.compile(r"[^\W\d_]+\d*[a-z]?(?![^\W\d_])|[^\W\d_]+|\d+")
_CODE = re.compile(r"[^\W\d_]\d{1,4}[a-z]?")
_QUESTION = re.compile(r"[?？؟][\"'”’)\]]*$")
_CLEARLY = 2  # times as many turns that end with a question as anybody else has

_BY_QUESTIONS = (
    "No label says who the interviewer is; the speaker who asks most questions was taken as the "
    "interviewer. Use --interviewer LABEL to choose another."
)
_BY_EXCLUSION = (
    "No label says who the interviewer is; the one speaker whose label is no respondent's was "
    "taken as the interviewer. Use --interviewer LABEL to choose another."
)
_BY_CLINICIAN = (
    "The clinician or agent was taken as the interviewer of the patient or customer. "
    "Use --interviewer LABEL to choose another."
)
_NOBODY = (
    "No interviewer was recognized; all speech counts as respondents'. "
    "Use --interviewer LABEL to name one."
)
_NOTES = frozenset({_BY_QUESTIONS, _BY_EXCLUSION, _BY_CLINICIAN, _NOBODY})


def is_role_label(label: str) -> bool:
    """Whether `label` names a role or a code, so that it identifies nobody.

    False for whatever is or may be a person's name or initials: such labels are replaced when a
    transcript is pseudonymized.

    >>> [is_role_label(x) for x in ("Interviewer", "P12", "Speaker 1", "[PERSON-1]", "Q")]
    [True, True, True, True, True]
    >>> [is_role_label(x) for x in ("MF", "J.B.", "Dr. Smith", "Interviewer Anna")]
    [False, False, False, False]
    """
    rest = re.sub(PLACEHOLDER, " ", unicodedata.normalize("NFC", label))
    words = _words(rest)
    if len(words) == 1 and len(words[0]) == 1:
        return True
    if words and all(len(word) == 1 and word.isalpha() for word in words):
        return False  # "J.B." are initials
    if len(words) == 2 and words[0] in CLINICIANS and len(words[1]) == 1 and words[1].isalpha():
        return False  # "Dr. B" is a doctor's initial
    known = INTERVIEWERS | RESPONDENTS | CLINICIANS | PATIENTS | OTHERS | _NEUTRAL
    return all(
        word in known or word.isdigit() or len(word) == 1 or _CODE.fullmatch(word) for word in words
    )


def assign_roles(transcript: Transcript, interviewer: str | None = None) -> Transcript:
    """The same transcript with a role on every turn, and a note where the role is a guess.

    Labels decide where they can (English, Dutch, German). A clinician is the interviewer of a
    patient when nobody else is. Otherwise whoever ends at least twice as many turns with a
    question as anybody else is the interviewer. `interviewer` overrides all this; ReadError names the
    labels there are when it is not one of them.

    >>> from themes.records import Span, Turn
    >>> turns = (Turn(Span(3, 8), "I", "other"), Turn(Span(13, 16), "R", "other"))
    >>> [t.role for t in assign_roles(Transcript("p1", "I: Well?\\n\\nR: Yes", turns)).turns]
    ['interviewer', 'respondent']
    """
    speakers = transcript.speakers
    if interviewer is not None:
        if interviewer not in speakers:
            labels = ", ".join(repr(speaker) for speaker in speakers)
            raise ReadError(
                transcript.id, "has no speaker of that label", f"the labels are {labels}"
            )
        roles, note = {speaker: _fixed(speaker) for speaker in speakers}, ""
        roles[interviewer] = "interviewer"
    else:
        roles, note = _roles(transcript)
    turns = tuple(replace(turn, role=roles[turn.speaker]) for turn in transcript.turns)
    source = transcript.source
    if source is not None:
        notes = tuple(old for old in source.notes if old not in _NOTES)
        source = replace(source, notes=(*notes, note) if note else notes)
    return replace(transcript, turns=turns, source=source)


def _words(label: str) -> list[str]:
    """Lower case; a code keeps its digits ("p12" is one word), a number may stand alone."""
    return _WORD.findall(label.casefold())


def kind_of(label: str) -> str:
    """What a label says by itself: interviewer, respondent, clinician, patient, other or "".

    >>> [kind_of(label) for label in ("Interviewer 1", "P12", "huisarts", "Anna")]
    ['interviewer', 'respondent', 'clinician', '']
    """
    words = [word.rstrip("0123456789") for word in _words(label)]
    words = [word for word in words if word]
    for kind, lexicon in (
        ("other", OTHERS),
        ("patient", PATIENTS),
        ("respondent", RESPONDENTS),
        ("interviewer", INTERVIEWERS),
        ("clinician", CLINICIANS),
    ):
        if any(word in lexicon and (len(word) > 1 or len(words) == 1) for word in words):
            return kind
    return ""


def _fixed(speaker: str) -> Role:
    return "other" if kind_of(speaker) == "other" else "respondent"


def _roles(transcript: Transcript) -> tuple[dict[str, Role], str]:
    kinds = {speaker: kind_of(speaker) for speaker in transcript.speakers}
    roles = {speaker: _fixed(speaker) for speaker in kinds}

    def are(kind: str) -> list[str]:
        return [speaker for speaker, found in kinds.items() if found == kind]

    asking, note = are("interviewer"), ""
    if not asking and are("patient") and are("clinician"):
        asking, note = are("clinician"), _BY_CLINICIAN
    if not asking:
        unknown = [s for s in are("") + are("clinician") if s and s.casefold() not in _ANSWERING]
        answering = are("respondent") + are("patient")
        if len(unknown) == 1 and answering:
            asking, note = unknown, _BY_EXCLUSION
        else:
            candidates = are("") + are("clinician") if answering else [*kinds]
            asking = _asker(_n_questions(transcript), candidates)
            note = _BY_QUESTIONS if asking else _NOBODY if len(kinds) > 1 else ""
    roles.update(dict.fromkeys(asking, "interviewer"))
    return roles, note


def _n_questions(transcript: Transcript) -> Counter[str]:
    """How many turns of each speaker end with a question, for all who speak."""
    counts = Counter(dict.fromkeys(transcript.speakers, 0))
    for turn in transcript.turns:
        counts[turn.speaker] += bool(_QUESTION.search(transcript.speech(turn)[-20:]))
    return counts


def _asker(counts: Counter[str], candidates: Iterable[str]) -> list[str]:
    """Who clearly ends most turns with a question, if anybody does; nobody in a monologue."""
    named = [speaker for speaker in candidates if speaker]
    if len(counts) < 2 or not named:
        return []
    best = max(named, key=counts.__getitem__)
    second = max(n for speaker, n in counts.items() if speaker != best)
    opens = best == next(iter(counts))
    enough = counts[best] > 1 or (counts[best] and opens)
    return [best] if enough and counts[best] >= _CLEARLY * second else []
