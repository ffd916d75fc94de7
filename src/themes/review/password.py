"""Passwords: kept as argon2id hashes, never as themselves."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 10
MAX_LENGTH = 256


def hashed(secret: str) -> str:
    """An argon2id hash with its own salt and settings (RFC 9106).

    >>> hashed("a long password").startswith("$argon2id$")
    True
    """
    return _hasher().hash(secret)


def fits(secret: str, value: str) -> bool:
    """Whether `secret` is the password of the hash `value`; as slow for no hash at all."""
    try:
        return _hasher().verify(value or _nobody(), secret[:MAX_LENGTH]) and bool(value)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    # So that a name that does not exist takes as long to refuse as a wrong password.
    return hashed("nobody has this password")
