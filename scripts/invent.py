"""Invent sentences with personal data: corpora/templates filled with names of Faker (MIT).

`Inventor(seed).sentence("nl")` gives a text and its spans; `Inventor.swap` puts other names into a
text whose spans are known, the same for the same throughout. Numbers, addresses and dates are
random and belong to nobody; telephone numbers may exist.
"""

from __future__ import annotations

import importlib
import random
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

TEMPLATES = Path(__file__).parents[1] / "corpora" / "templates"

# A locale once for about each two parts in a hundred: Dutch residents come from everywhere.
LOCALES = (
    "nl_NL nl_NL nl_NL nl_NL nl_NL nl_NL nl_BE nl_BE en_GB en_GB en_GB en_GB en_US en_US en_US en_IE "
    "en_IE ga_IE en_NZ en_IN en_IN en_PK tr_TR tr_TR tr_TR fr_DZ fr_DZ fr_FR fr_CH de_DE de_AT "
    "id_ID id_ID pl_PL pl_PL es_ES es_MX it_IT pt_PT pt_BR da_DK sv_SE no_NO fi_FI cs_CZ hr_HR hu_HU "
    "ro_RO sk_SK lt_LT et_EE vi_VN vi_VN yo_NG ig_NG ha_NG tw_GH en_KE en_KE zu_ZA sw az_AZ"
).split()
CATEGORY = {
    **dict.fromkeys(("first", "nick", "last", "full", "word", "spelled"), "PERSON"),
    **dict.fromkeys(("town", "street"), "LOCATION"),
    **dict.fromkeys(("hospital", "org"), "ORGANIZATION"),
    **dict.fromkeys(("id", "room"), "ID"),
    **dict.fromkeys(("phone", "ext"), "PHONE"),
    **{name: name.upper() for name in ("date", "age", "email", "url")},
}
# Names that are words, and words with a capital that are no names: the two hard sides.
WORD_NAMES = {
    "en": "Will Rich Grace Hope Faith Joy Rose Bill Mark Frank Sandy Heath Dale Robin Jack Art Summer "
    "Brown White Young King Bishop Cook Baker Wood Banks Field Park Stone Rivers Day Moon Winter Small "
    "Long Short Sharp Savage Pike Fox Wolf Crane Marsh Heather Ivy Daisy Pearl Ruby Sunny Miles Guy "
    "Drew Pat Sue Rob Nick Bob Gene Dean Chase Penny Angel Dawn Amber Jade Iris Violet Melody Glory "
    "Blessing Comfort Precious Gift Patience Prudence Clay Cliff Forest Hunter Mason Carter Porter "
    "Church Temple Hall House Rock Bush Snow Frost Rain Gale Bird Swan Finch Lamb Bull Hardy Moody",
    "nl": "Roos Wit Kamer Bakker Visser Bos Berg Dijk Mulder Smit Kok Boer Koning Prins Kuiper Vos Haan "
    "Wolf Beer Storm Ster Mees Floor Madelief Linde Fleur Iris Merel Bas Stijn Loes Bloem Blom Groen "
    "Bruin Zwart Blauw Lang Kort Groot Klein Post Poort Brug Molen Zee Vis Hoek Kruis Kerk Kerkhof Veld "
    "Land Winter Zomer Vrede Hoop Ruiter Ridder Hertog Keizer Bot Kuit Kous Dop Pen Pot Stoel Tas Ton "
    "Wind Zand Zon Maan Gras Hout Beek Broek Bond Brand Dam Duin Hart Hond Schaap Ram Spin Snoek Valk",
}
DRUGS = (
    "Lasix Augmentin Paracetamol Oxycodon Haldol Dormicum Propofol Ketamine Tazocin Flagyl Clexane "
    "Fraxiparine Zofran Ventolin Prednison Metoprolol Amiodarone Digoxin Heparin Syntocinon Nalador "
    "Keppra Temesta Rivotril Fentanyl Perfalgan Calpol Nurofen Movicolon Insuline NovoRapid Lantus "
    "Cordarone Marcoumar Sintrom Eliquis Xarelto Nexium Losec Primperan Buscopan Entonox Oramorph "
    "Pethidine Narcan Adrenaline Atropine Salbutamol Gentamicin Meropenem Rocephin Zinacef"
).split()
BRANDS = (
    "Volvo Subaru Toyota Opel Fiat Peugeot Skoda Vespa Gazelle Ikea Hema Jumbo Lidl Aldi Tesco Boots "
    "Snickers Twix Twizzlers Mars Haribo Calvé Nutella Red Bull Coca-Cola Fanta Tupperware Thermos Crocs "
    "Nike Adidas Zara Primark Nintendo PlayStation iPhone Nokia BlackBerry Walkman Netflix Spotify "
    "WhatsApp Teams Zoom Excel PowerPoint Outlook Citrix Chipsoft Epic Philips Sharpie Post-it Biro "
    "Velcro Lego Playmobil Monopoly Scrabble Duplo Dyson Senseo Nespresso Douwe Egberts Albert Heijn"
).split()
ODD = (
    "Inshallah Mashallah Wollah Habibi Scheiße Servus Genau Doch Oberarzt Chefarzt Ciao Bravo Basta Voilà "
    "Merci Santé Gezellig Ocherm Ajuus Houdoe Ajax Feyenoord Eurovision Bake Off Grey's Anatomy ER "
    "Friends Scrabble Papiamento Tagalog Swahili Sranan Frisian Fries Limburgs Gronings Gaeilge Sláinte "
    "Craic Slainte Hogmanay Tatort Flikken Maastricht Tetris Candy Crush Sudoku Wordle Bingo Tikkie "
    "Bitterballen Stroopwafels Leberkäse Germknödel Kombucha Kapsalon Roti Baklava Börek Couscous Tajine"
).split()
STREETS = {
    "en": "Street Road Lane Avenue Terrace Crescent Close Square".split(),
    "nl": "straat laan weg plein gracht kade singel dijk".split(),
}
SAINTS = (
    "Elisabeth Franciscus Joseph Antonius Lucas Maria Anna Barbara Vincent Jan George Luke".split()
)
MORE_TOWNS = (
    "Casablanca Rabat Tetouan Nador Oujda Fez Ankara Izmir Konya Adana Trabzon Paramaribo Nickerie "
    "Willemstad Oranjestad Jakarta Bandung Surabaya Ambon Lagos Ibadan Accra Kumasi Nairobi Mombasa "
    "Kampala Addis Ababa Mogadishu Hargeisa Kabul Herat Tehran Shiraz Baghdad Aleppo Damascus Beirut "
    "Lahore Karachi Mumbai Chennai Pune Delhi Colombo Dhaka Manila Cebu Hanoi Saigon Seoul Shanghai "
    "Leeds Bradford Hull Ilkley Harrogate Galway Cork Sligo Limerick Tralee Cardiff Swansea Dundee "
    "Inverness Dunedin Napier Geelong Ballarat Hobart Toronto Halifax Boston Dayton Tulsa Fresno"
).split()
UNITS = {
    "en": "zero one two three four five six seven eight nine".split(),
    "nl": "nul een twee drie vier vijf zes zeven acht negen".split(),
}
TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety".split(),
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split(),
}
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
}
ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth nineteenth twentieth twenty-first twenty-fifth thirtieth".split(),
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien zeventien "
    "negentien twintig eenentwintig vijfentwintig dertig".split(),
}
_SLOT = re.compile(r"\{([a-z]+)\}")
Spans = list[tuple[int, int, str]]


class Inventor:
    """Names, numbers and sentences that a seed decides."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._people = {locale: _people(locale) for locale in sorted(set(LOCALES))}
        self._towns = sorted(_towns())
        self._lines = {
            language: [
                line
                for line in (TEMPLATES / f"{language}.txt").read_text(encoding="utf-8").splitlines()
                if line and not line.startswith("#")
            ]
            for language in ("en", "nl")
        }

    def sentence(self, language: str) -> tuple[str, Spans]:
        """One filled template and the spans of what was put in, by start."""
        text, spans, at = "", [], 0
        line = self.random.choice(self._lines[language])
        for slot in _SLOT.finditer(line):
            text += line[at : slot.start()]
            value = self.value(slot[1], language)
            if not text.strip() and value[:1].islower() and self.random.random() < 0.8:
                value = value[:1].upper() + value[1:]
            if slot[1] in CATEGORY:
                spans.append((len(text), len(text) + len(value), CATEGORY[slot[1]]))
            text, at = text + value, slot.end()
        return text + line[at:], spans

    def value(self, slot: str, language: str) -> str:
        """Something to put into a slot of that name."""
        return getattr(self, f"_{slot}")(language)

    def swap(self, text: str, spans: Spans, language: str) -> tuple[str, Spans]:
        """The text with other people, places and organizations, and its spans in the new text.

        A full name and its parts stay one person. Spans inside others are not taken.
        """
        known: dict[str, str] = {}
        flat = [
            s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)
        ]
        for start, end, category in sorted(flat, key=lambda s: (s[0] - s[1], s[0])):
            if category == "PERSON":
                self._rename(text[start:end], known, language)
        made, moved, at = "", [], 0
        for start, end, category in sorted(flat):
            old = text[start:end]
            new = old
            if category == "PERSON":
                new = known[old.casefold()]
            elif category == "LOCATION" and self.random.random() < 0.7:
                new = known.setdefault("L" + old, self.value("town", language))
            elif category == "ORGANIZATION" and self.random.random() < 0.5:
                new = known.setdefault("O" + old, self.value("hospital", language))
            if old.islower():
                new = new.lower()
            elif old.isupper() and len(old) > 3:
                new = new.upper()
            made += text[at:start]
            moved.append((len(made), len(made) + len(new), category))
            made, at = made + new, end
        return made + text[at:], moved

    def _rename(self, old: str, known: dict[str, str], language: str) -> None:
        words = old.casefold().split()
        if old.casefold() in known:
            return
        if len(words) == 1:
            new = self.value("first" if self.random.random() < 0.7 else "last", language)
        else:
            first, last = self._pair()
            new = f"{first} {last}"
            known.setdefault(words[0], first)
            known.setdefault(" ".join(words[1:]), last)
            known.setdefault(words[-1], last.split()[-1])
        known[old.casefold()] = new

    def _pair(self) -> tuple[str, str]:
        locale = self.random.choice(LOCALES)
        firsts, lasts = self._people[locale]
        if self.random.random() < 0.15:  # people marry, and have parents of two cultures
            lasts = self._people[self.random.choice(LOCALES)][1]
        return self.random.choice(firsts), self.random.choice(lasts)

    def _first(self, language: str) -> str:
        name = self._pair()[0]
        if self.random.random() < 0.04:
            name = f"{name}-{self._pair()[0]}"
        return name if self.random.random() < 0.9 else self._bent(name)

    def _last(self, language: str) -> str:
        name = self._pair()[1]
        return name[:1].upper() + name[1:] if self.random.random() < 0.9 else self._bent(name)

    def _full(self, language: str) -> str:
        first, last = self._pair()
        if self.random.random() < 0.1:
            first = f"{first[0]}."
        return f"{first} {last}"

    def _nick(self, language: str) -> str:
        name = self._pair()[0]
        cut = name[: self.random.randint(2, 4)]
        ends = ("", "", "y", "ie", "o", "s", "tje", "ke", "a")
        return (cut + self.random.choice(ends)).capitalize()

    def _bent(self, name: str) -> str:
        """A name that no list holds, as a transcriber or a recognizer of speech would spell it."""
        at = self.random.randrange(len(name))
        other = self.random.choice("aeioujkhlmnrstvwz")
        bent = self.random.choice(
            (name[:at] + other + name[at + 1 :], name[:at] + other + name[at:])
        )
        return bent[:1].upper() + bent[1:].lower()

    def _word(self, language: str) -> str:
        return self.random.choice(WORD_NAMES[language].split())

    def _spelled(self, language: str) -> str:
        name = re.sub(r"[\W_]", "", self._pair()[0])[:8]
        return self.random.choice((" ", "-", ", ")).join(name.lower())

    def _town(self, language: str) -> str:
        return self.random.choice(self._towns)

    def _street(self, language: str) -> str:
        name = re.sub(r"\W", "", self._pair()[1]).capitalize()
        if language == "nl":
            return name + self.random.choice(STREETS["nl"])
        return f"{name} {self.random.choice(STREETS['en'])}"

    def _hospital(self, language: str) -> str:
        town, last, saint = self._town(language), self._pair()[1], self.random.choice(SAINTS)
        english = (
            f"{town} General", f"St {saint}'s", f"{last} Infirmary", f"the {saint}", f"{town} Memorial",
            f"Royal {town}", f"the {last} Clinic", f"the University of {town}", f"{town} Medical Center",
        )  # fmt: skip
        dutch = (
            f"{saint}ziekenhuis", f"Sint {saint}", f"{town} MC", f"UMC {town}", f"{last}kliniek",
            f"{saint} Gasthuis", f"Medisch Centrum {town}", f"{saint}", f"Ziekenhuis {town}",
            "".join(self.random.choice("ABCDGHLMORSTUVWZ") for _ in range(3)),
        )  # fmt: skip
        return self.random.choice(english if language == "en" else dutch)

    def _org(self, language: str) -> str:
        town, last = self._town(language), self._pair()[1].split()[-1]
        english = (
            f"the University of {town}",
            f"{town} College",
            f"{last} & Sons",
            f"{town} Rovers",
        )
        dutch = (f"Universiteit {town}", f"Hogeschool {town}", f"{last} Bouw", f"VV {town}")
        return self.random.choice(english if language == "en" else dutch)

    def _age(self, language: str) -> str:
        number = self.random.choice((self.random.randint(20, 99), self.random.randint(20, 99)))
        return str(number) if self.random.random() < 0.15 else _spoken_number(number, language)

    def _date(self, language: str) -> str:
        day, month = self.random.choice(ORDINALS[language]), self.random.choice(MONTHS[language])
        year = str(self.random.randint(1975, 2025))
        english = (f"the {day} of {month}", f"{month} the {day}", f"{month} {year}", f"{month} last year",
                   f"the end of {month}", f"the second week of {month}", year, f"the summer of {year}",
                   f"{self.random.randint(1, 28)} {month} {year}", "last Easter", "the week before Christmas")  # fmt: skip
        dutch = (f"{day} {month}", f"{month} {year}", f"{month} vorig jaar", f"eind {month}", year,
                 f"de tweede week van {month}", f"de zomer van {year}", "afgelopen Pasen", "Hemelvaart",
                 f"{self.random.randint(1, 28)} {month} {year}", "de week voor kerst")  # fmt: skip
        return self.random.choice(english if language == "en" else dutch)

    def _digits(self, language: str, n_digits: int) -> str:
        numbers = [self.random.randrange(10) for _ in range(n_digits)]
        if self.random.random() < 0.4:
            return "".join(map(str, numbers))
        words = [UNITS[language][n] for n in numbers]
        if language == "en":
            words = [
                "oh" if word == "zero" and self.random.random() < 0.5 else word for word in words
            ]
        joined = ""
        for at, word in enumerate(words):
            gap = "" if not at else (", " if self.random.random() < 0.25 else " ")
            joined += gap + word
        return joined

    def _phone(self, language: str) -> str:
        if self.random.random() < 0.4:
            return (
                self.random.choice(("06 ", "020-", "0", "+31 6 "))
                + "".join(self.random.choice("0123456789 ") for _ in range(7)).strip()
                + str(self.random.randint(10, 99))
            )
        return self._digits(language, 10)

    def _ext(self, language: str) -> str:
        return self._digits(language, self.random.choice((4, 4, 5)))

    def _id(self, language: str) -> str:
        letters = "".join(self.random.choice("ABCDEHKMNPRSTVWZ") for _ in range(2))
        if self.random.random() < 0.4:
            return f"{letters}-{self.random.randint(1000, 99999)}"
        prefix = " ".join(letters) + " " if self.random.random() < 0.4 else ""
        return prefix + self._digits(language, self.random.randint(4, 7))

    def _room(self, language: str) -> str:
        place, bed = self.random.randint(2, 40), self.random.randint(1, 6)
        spoken = [_spoken_number(number, language) for number in (place, bed)]
        if language == "en":
            forms = (f"bay {spoken[0]}, bed {spoken[1]}", f"bed {place}-{bed}", f"{place}.{bed} bed {bed}",
                     f"{spoken[1]} west {spoken[0]}", f"room {spoken[0]}")  # fmt: skip
        else:
            forms = (f"box {spoken[0]} bed {spoken[1]}", f"kamer {place} bed {bed}", f"{place}{bed} bed {bed}",
                     f"kamer {spoken[0]}, bed {spoken[1]}")  # fmt: skip
        return self.random.choice(forms)

    def _email(self, language: str) -> str:
        local, host = (re.sub(r"\W", "", part).lower() for part in self._pair())
        top = self.random.choice(("nl", "com", "org", "co.uk", "example", "eu", "ie"))
        if self.random.random() < 0.4:
            return f"{local[0]}.{local}@{host}.{top}"
        at, dot = (" at ", " dot ") if language == "en" else (" apenstaartje ", " punt ")
        return f"{local[0]}{dot}{local}{at}{host}{dot}{top.replace('.', dot)}"

    def _url(self, language: str) -> str:
        host = re.sub(r"\W", "", self._pair()[1]).lower()
        dot = "." if self.random.random() < 0.5 else (" dot " if language == "en" else " punt ")
        return f"{host}{dot}{self.random.choice(('nl', 'com', 'org', 'example'))}"

    def _drug(self, language: str) -> str:
        return self.random.choice(DRUGS)

    def _brand(self, language: str) -> str:
        return self.random.choice(BRANDS)

    def _odd(self, language: str) -> str:
        return self.random.choice(ODD)


def _spoken_number(number: int, language: str) -> str:
    units, tens = UNITS[language], TENS[language]
    if number < 10:
        return units[number]
    if number < 20:
        teens = {
            "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
            "nl": "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
        }
        return teens[language].split()[number - 10]
    ten, unit = divmod(number, 10)
    if not unit:
        return tens[ten - 2]
    if language == "en":
        return f"{tens[ten - 2]}-{units[unit]}"
    return units[unit] + ("ën" if unit in (2, 3) else "en") + tens[ten - 2]


def _people(locale: str) -> tuple[Sequence[str], Sequence[str]]:
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    found = {}
    for kind in ("first_name", "last_name"):
        names: set[str] = set()
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            if kind in attribute and not callable(value) and not isinstance(value, str):
                names.update(unicodedata.normalize("NFC", str(name)).strip() for name in value)
        found[kind] = sorted(n for n in names if len(n) > 1 and re.fullmatch(r"[\w' ’.-]+", n))
    firsts = found["first_name"] or ["Kim"]
    return firsts, found["last_name"] or firsts


def _towns() -> set[str]:
    towns = set(MORE_TOWNS)
    for locale in ("nl_NL", "nl_BE", "de_DE", "da_DK", "id_ID", "en_IN"):
        provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        cities = [str(city).strip() for city in getattr(provider, "cities", ())]
        towns.update(city for city in cities[:400] if re.fullmatch(r"[\w' -]+", city))
    return towns
