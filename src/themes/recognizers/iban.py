"""Bank account numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._speech import matches
from themes.records import Mention, Transcript

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)


class Iban:
    """International bank account numbers whose two check digits are right.

    Source: ISO 13616; the number with its first four signs moved to the end, letters read as 10 to
    35, leaves 1 when divided by 97. Spaces between groups of four are allowed. Found:
    "NL91 ABNA 0417 1643 00" (the example of the standard's Dutch annex). Not found:
    "NL92 ABNA 0417 1643 00".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The account numbers in speech, in reading order."""
        yield from matches(transcript, _IBAN, "id", "iban", 1.0, accept=_checks)


def _checks(match: re.Match[str]) -> bool:
    plain = match[0].replace(" ", "").upper()
    if not plain.isascii() or not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
