"""Compile the lists of src/themes/recognizers/lists from Faker's locales and two dictionaries.

    python scripts/build_name_lists.py --english FILE [--english FILE] --dutch FILE

First names, surnames and towns come from Faker (MIT). The ordinary words come from word lists with
one word a line: SCOWL (packaged by Debian as wamerican and wbritish) and OpenTaal (wdutch, BSD or
CC BY 3.0). Only words written in lower case are taken, Dutch ones up to 11 letters: longer ones
are compounds, which nobody is called. Same input, same bytes.
"""

from __future__ import annotations

import argparse
import importlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import faker

LISTS = Path(__file__).parents[1] / "src" / "themes" / "recognizers" / "lists"

# Latin script only: other scripts have no capitals to tell a name by, and transcripts in English
# and Dutch spell names in Latin letters.
NAME_LOCALES = (
    "az_AZ cs_CZ da_DK de_AT de_CH de_DE de_LU en en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_TH "
    "en_US es_AR es_CL es_CO es_ES es_MX et_EE fi_FI fr_BE fr_CA fr_CH fr_DZ fr_FR ga_IE ha_NG "
    "hr_HR hu_HU id_ID ig_NG is_IS it_IT lt_LT lv_LV nl_BE nl_NL no_NO pl_PL pt_BR pt_PT ro_RO "
    "sk_SK sl_SI sv_SE sw tr_TR tw_GH uz_UZ vi_VN yo_NG zu_ZA"
).split()
PLACE_LOCALES = "nl_NL nl_BE de_DE de_AT de_CH da_DK sv_SE id_ID en_IN pl_PL fr_DZ".split()
PARTICLES = frozenset(
    "van de der den ter ten te het 't 's in op aan bij d' von zu vom zum du le la les des da do dos "
    "das di del della lo mac mc o' al el bin ibn ben e y und en af av".split()
)
# What Faker holds and nobody is called, or what is a title in another language.
NOT_NAMES = frozenset("doctor governor hospital first last unknown baby mister judge".split())
MAX_DUTCH_CHARS = 11

_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENGLISH_WORD = re.compile(r"[a-zà-ÿ]+(?:'[a-zà-ÿ]+)?")
_DUTCH_WORD = re.compile(r"[a-zà-ÿ]+")


def fold(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().replace("’", "'")


def latin(word: str) -> bool:
    return all(ord(sign) < 0x0250 or 0x1E00 <= ord(sign) < 0x1F00 for sign in word)


def names(kind: str) -> set[str]:
    """All single names of `kind` ("first_name" or "last_name") in the chosen locales, folded."""
    found: set[str] = set()
    for locale in NAME_LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if kind not in attribute or callable(value := getattr(provider, attribute)):
                continue
            for entry in value if isinstance(value, Iterable) else ():
                found.update(fold(word) for word in _NAME.findall(str(entry)) if latin(word))
    return {name for name in found if len(name) > 1 and name not in PARTICLES | NOT_NAMES}


def places() -> set[str]:
    found: set[str] = set()
    for locale in PLACE_LOCALES:
        provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        for attribute in ("cities", "provinces"):
            for entry in getattr(provider, attribute, ()):
                name = unicodedata.normalize("NFC", str(entry)).strip()
                if latin(name) and len(name) > 2 and re.fullmatch(r"[\w' ./-]+", name):
                    found.add(name)
    return found


def ordinary(files: list[Path], shape: re.Pattern[str], max_chars: int) -> set[str]:
    found: set[str] = set()
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            word = unicodedata.normalize("NFC", line.strip())
            if shape.fullmatch(word) and len(word) <= max_chars and not word.endswith("'s"):
                found.add(word)
    return found


def write(name: str, heading: str, entries: Iterable[str]) -> None:
    lines = sorted(set(entries))
    head = "".join(f"# {line}\n" for line in heading.splitlines())
    (LISTS / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{name}: {len(lines)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--english", type=Path, action="append", required=True)
    parser.add_argument("--dutch", type=Path, action="append", required=True)
    chosen = parser.parse_args()
    made = f"Compiled by scripts/build_name_lists.py from Faker {faker.VERSION} (MIT)."
    write("first_names.txt", f"First names, folded. {made}", names("first_name"))
    write("surnames.txt", f"Surnames, folded, without particles. {made}", names("last_name"))
    write("places.txt", f"Towns and provinces. {made}", places())
    write(
        "words_en.txt",
        "Ordinary English words, from SCOWL. Copyright 2000-2011 by Kevin Atkinson. Permission to\n"
        "use, copy, modify, distribute and sell these word lists, the associated scripts, the output\n"
        "created from the scripts, and its documentation for any purpose is hereby granted without\n"
        "fee, provided that the above copyright notice appears in all copies and that both that\n"
        "copyright notice and this permission notice appear in supporting documentation. Kevin\n"
        "Atkinson makes no representations about the suitability of this array for any purpose. It\n"
        'is provided "as is" without express or implied warranty.',
        ordinary(chosen.english, _ENGLISH_WORD, 40),
    )
    write(
        "words_nl.txt",
        "Ordinary Dutch words up to 11 letters, from the OpenTaal word list, by choice under CC BY\n"
        "3.0: (c) 2006-2020 OpenTaal; (c) 2001, 2002, 2003, 2005 Simon Brouwer e.a.; (c) 1996\n"
        "Nederlandstalige TeX Gebruikersgroep. https://creativecommons.org/licenses/by/3.0/\n"
        "Changed: names, compounds over 11 letters and words with other signs are left out.",
        ordinary(chosen.dutch, _DUTCH_WORD, MAX_DUTCH_CHARS),
    )


if __name__ == "__main__":
    main()
