"""Both languages say everything, with the same blanks to fill in."""

import re
import string
from pathlib import Path

import themes.review
from themes.errors import ThemesError
from themes.records import CODER_ROLES, KINDS
from themes.review.keys import KEYS
from themes.review.words import words

FOLDER = Path(themes.review.__file__).parent
EN, NL = words("en")._table, words("nl")._table


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_keys_and_blanks():
    assert set(EN) == set(NL)
    assert {k for k in EN if blanks(EN[k]) != blanks(NL[k])} == set()


def test_every_key_that_is_asked_for_is_there():
    text = "".join(p.read_text() for p in (FOLDER / "templates").iterdir())
    asked = set(re.findall(r'\bw\("([a-z_]+)"[,)]', text))
    code = "".join(p.read_text() for p in FOLDER.glob("*.py") if p.name != "words.py")
    asked |= set(re.findall(r'words\(\s*"([a-z_]+)"[,)]', code))
    asked |= {f"act_{action}" for action in KEYS} | {f"role_{role}" for role in CODER_ROLES}
    asked |= {f"kind_{kind.replace(' ', '_')}" for kind in KINDS}
    script = "".join(p.read_text() for p in (FOLDER / "static").glob("[lr]*.js"))
    asked |= {f"js_{name}" for name in re.findall(r"\bwords\.([a-z_]+)", script)}
    reasons = set(re.findall(r'RefusedError\(\s*"([a-z ]+)"', code))
    asked |= {f"refused_{reason.replace(' ', '_')}" for reason in reasons}
    assert asked - set(EN) == set()
    assert issubclass(themes.errors.RefusedError, ThemesError)


def test_every_key_is_asked_for():
    text = "".join(p.read_text() for p in FOLDER.rglob("*") if p.suffix in (".html", ".py", ".js"))
    built = (
        "act_",
        "ask_",
        "do_",
        "find_",
        "js_",
        "key_",
        "kind_",
        "outcome_",
        "refused_",
        "role_",
        "said_",
        "score_",
        "state_",
        "about_",
    )
    unused = {k for k in EN if not k.startswith(built) and f'"{k}"' not in text}
    assert unused == set()
