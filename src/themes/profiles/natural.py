"""Names that read naturally, and that nobody in the study bears."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from themes.profiles._said import Given, Said
from themes.profiles._when import age_band, blurred, moved
from themes.records import Entity

_FILES = tuple(
    f"{kind}_{language}.txt"
    for kind in ("first_names", "surnames", "places")
    for language in ("en", "nl")
)
_KINDS = (
    ("hospital", ("hospital", "infirmary", "medical", "clinic", "ziekenhuis", "kliniek", "umc", "gasthuis")),
    ("university", ("university", "college", "universiteit", "hogeschool", "faculty", "faculteit")),
    ("school", ("school", "academy", "academie", "lyceum")),
)  # fmt: skip
_ORGANIZATIONS = {
    "en": {"hospital": "{} Hospital", "university": "{} University", "school": "{} School",
           "": "{} Group"},
    "nl": {"hospital": "Ziekenhuis {}", "university": "Universiteit {}", "school": "School {}",
           "": "Stichting {}"},
}  # fmt: skip


class Natural:
    """Names that read naturally, such as Robin Hartley: never one that stands in the study.

    First names that women and men share, surnames, invented towns, in the language of the
    transcript; first name and surname go together wherever either is said. Dates move by a secret
    number of weeks of each participant, ages become ten years. Numbers, addresses and what the
    lists run out of are marks. A name that was missed does not stand out among such names; nor do
    the replaced ones: say in a publication that names are pseudonyms.
    """

    def pseudonym(self, entity: Entity, given: Given) -> str:
        """What stands for the entity everywhere.

        >>> anna = Entity("person", 3, (("anna", "bos"),), language="en")
        >>> Natural().pseudonym(anna, Given({"Alex Abbott"}, (), lambda word: word == "andie"))
        'Ash Archer'
        """
        language = "nl" if entity.language.startswith("nl") else "en"
        taken = {word for name in given.taken for word in name.split()}

        def free(kind: str) -> str:
            names = _names(f"{kind}_{language}.txt")
            return next((n for n in names if n not in taken and not given.occurs(n.casefold())), "")

        if entity.category == "person":
            first, last = free("first_names"), free("surnames")
            return f"{first} {last}" if first and last else f"[{entity.id}]"
        if entity.category in ("location", "organization"):
            place = free("places")
            shape = "{}"
            if entity.category == "organization":
                said = " ".join(entity.forms).casefold()
                kind = next((kind for kind, words in _KINDS if any(w in said for w in words)), "")
                shape = _ORGANIZATIONS[language][kind]
            return shape.format(place) if place else f"[{entity.id}]"
        return f"[{entity.id}]"

    def text(self, entity: Entity, said: Said, pseudonym: Callable[[], str]) -> str:
        """What stands for this one mention: the same part of the name, capitals as they were."""
        if entity.category in ("date", "age"):
            if entity.category == "date" and (shifted := moved(said)):
                return shifted
            known = blurred(said) if entity.category == "date" else age_band(said.text)
            return f"[{known}]" if known else pseudonym()
        shown = pseudonym()
        if shown.startswith("["):
            return shown
        if entity.category == "person":
            first, _, last = shown.partition(" ")
            shown = {"first": first, "last": last, "full": shown}[said.part]
        letters = [sign for sign in said.text if sign.isalpha()]
        if len(letters) > 1 and all(map(str.isupper, letters)):
            return shown.upper()
        return shown.lower() if letters and all(map(str.islower, letters)) else shown

    def clashes(self, pseudonym: str, occurs: Callable[[str], bool]) -> bool:
        """Whether one of its names is somebody's, or some place's, in the study by now."""
        ours = {name for file in _FILES for name in _names(file)}
        return any(word in ours and occurs(word.casefold()) for word in pseudonym.split())


@cache
def _names(file: str) -> tuple[str, ...]:
    text = (files("themes.profiles") / "lists" / file).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
