"""What somebody is said to be, just before the name: a proposal for a person to judge."""

from __future__ import annotations

import re

_ROLES = (
    "supervisor consultant boss manager mentor teacher professor tutor attending registrar resident "
    "nurse doctor GP midwife secretary colleague partner husband wife boyfriend girlfriend mother "
    "father mum dad sister brother daughter son friend neighbour aunt uncle grandmother grandfather "
    "roommate flatmate student patient "
    "begeleider begeleidster opleider leidinggevende baas hoogleraar docent huisarts verpleegkundige "
    "arts arts-assistent coassistent verloskundige secretaresse collega vriend vriendin moeder vader "
    "zus broer dochter zoon buurvrouw buurman tante oom oma opa echtgenoot echtgenote student patiënt"
).split()
_BEFORE = re.compile(
    r"\b(?:my|our|his|her|their|your|mijn|m['’]n|onze|ons|zijn|haar|hun|jouw|jullie|uw)\s+"
    rf"(?:\w+\s+)?(?P<role>{'|'.join(map(re.escape, _ROLES))})"
    r"(?:,|\s+(?:called|named|genaamd))?(?:\s+(?:Dr|Prof|Mr|Mrs|Ms|dokter|meneer|mevrouw)\.?)?\s*$",
    re.IGNORECASE,
)
_REACH = 60


def role_before(text: str, at: int) -> str:
    """The role that the words before `at` give, "" where they give none.

    >>> role_before("I called my supervisor, Anna.", 24), role_before("then Anna came", 5)
    ('supervisor', '')
    """
    found = _BEFORE.search(text[max(0, at - _REACH) : at])
    return found["role"].casefold() if found else ""
