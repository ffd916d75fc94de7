"""Who is asking: signed cookies, tokens against forged requests, and patience with passwords."""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

from themes.atomic import write_file

COOKIE = "themes_session"
LIFETIME_S = 12 * 3600
_KEY_FILE = ".session-key"


@dataclass(frozen=True, slots=True)
class Session:
    """A coder who is let in; `csrf` must come back with every request that changes something."""

    coder_id: int
    csrf: str


class Sessions:
    """Gives and reads cookies, signed with a key that lies in the study's folder.

    A cookie is bound to the coder's password hash: a new password closes every session.
    """

    def __init__(self, study: Path) -> None:
        self._key = _key(study / _KEY_FILE)
        self._signer = URLSafeTimedSerializer(self._key, salt="themes session")
        self._tickets: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def issue(self, coder_id: int, password_hash: str) -> str:
        """A new cookie for a coder."""
        return self._signer.dumps([coder_id, secrets.token_hex(8), _bound(password_hash)])

    def who(self, cookie: str) -> tuple[int, str] | None:
        """(coder id, what the password must still be bound to) of a cookie that is ours."""
        try:
            coder_id, _, bound = self._signer.loads(cookie, max_age=LIFETIME_S)
        except (BadSignature, ValueError, TypeError):
            return None
        return coder_id, bound

    def open(self, cookie: str, bound: str, coder_id: int, password_hash: str) -> Session | None:
        """The session of a cookie, None where the password has changed since."""
        if not compare_digest(bound, _bound(password_hash)):
            return None
        return Session(coder_id, hmac(self._key, b"csrf" + cookie.encode(), "sha256").hex())

    def ticket(self, coder_id: int) -> str:
        """A word that lets a coder in once, within ten minutes, without a password."""
        word = secrets.token_urlsafe(24)
        with self._lock:
            self._tickets[word] = (coder_id, time.monotonic() + 600)
        return word

    def redeem(self, word: str) -> int | None:
        """The coder of a ticket; it is used up."""
        with self._lock:
            coder_id, until = self._tickets.pop(word, (None, 0.0))
        return coder_id if time.monotonic() < until else None


class Patience:
    """How many wrong passwords are heard out: `limit` within `window_s`, for each key.

    >>> patience = Patience(limit=2, window_s=60)
    >>> [patience.wait_s("anna") > 0 for _ in range(3) if patience.failed("anna") is None]
    [False, True, True]
    """

    def __init__(self, limit: int, window_s: float) -> None:
        self._limit, self._window_s = limit, window_s
        self._failed: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait_s(self, key: str) -> float:
        """How long until the next attempt for `key` is heard, 0 for now."""
        now = time.monotonic()
        with self._lock:
            times = self._failed.get(key)
            while times and now - times[0] > self._window_s:
                times.popleft()
            if times is not None and not times:
                del self._failed[key]
            if not times or len(times) < self._limit:
                return 0.0
            return self._window_s - (now - times[0])

    def failed(self, key: str) -> None:
        with self._lock:
            if len(self._failed) > 10_000:  # names that somebody makes up must not fill memory
                self._failed.clear()
            self._failed.setdefault(key, deque(maxlen=self._limit)).append(time.monotonic())


def _bound(password_hash: str) -> str:
    return sha256(password_hash.encode()).hexdigest()[:16]


def _key(path: Path) -> bytes:
    try:
        key = path.read_bytes()
        if len(key) >= 32:
            return key
    except OSError:
        pass
    key = secrets.token_bytes(32)
    write_file(path, key)
    path.chmod(0o600)
    return key
