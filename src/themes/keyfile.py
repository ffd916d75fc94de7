"""The key on disk: one encrypted file, readable with its passphrase and nothing else.

    themes key\\n
    {"version": 1, "id": ..., "kdf": "scrypt", "n": ..., "r": 8, "p": 1, "salt": ..., "nonce": ...}\\n
    AES-256-GCM of compressed JSON; both lines above are authenticated with it

Sources: scrypt, RFC 7914; AES-GCM, NIST SP 800-38D (a fresh random 96-bit nonce a write).
"""

from __future__ import annotations

import json
import os
import secrets
import unicodedata
import zlib
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from themes.atomic import MARK, write_file
from themes.errors import KeyFileError
from themes.records import Key, Span
from themes.records.key import Entity, Piece, Restoration
from themes.records.name_decision import NameDecision
from themes.records.roster import Person, Place

COST = 2**17
"""scrypt's n for new keys: 128 MB and about half a second a guess."""
SHORTEST_PASSPHRASE = 12

_MAGIC = b"themes key\n"
_VERSION = 1
_MOST_COST = 2**20  # a header may be forged; this much memory is the most it may ask for


class KeyFile:
    """An opened key: `key` as it stands on disk, and `save` to put a newer one in its place.

    The passphrase is not kept, only what was derived from it.
    """

    def __init__(self, path: Path, header: dict[str, Any], cipher: AESGCM, key: Key) -> None:
        self.path, self.key = path, key
        self._header, self._cipher = header, cipher

    def save(self, key: Key) -> None:
        """Put `key` on disk in one step, readable by its owner only.

        Raises KeyFileError when the file was changed since it was opened, so that no decision made
        elsewhere is lost, and ExportError for whatever the disk refuses.
        """
        if (
            self.path.exists()
            and _read_header(self.path.read_bytes(), self.path)[0] != self._header
        ):
            raise KeyFileError(
                self.path, "was changed by somebody else meanwhile", "start again; both are kept"
            )
        header = {**self._header, "nonce": secrets.token_hex(12)}
        head = _MAGIC + json.dumps(header, sort_keys=True).encode() + b"\n"
        body = zlib.compress(json.dumps(_packed(key), ensure_ascii=False).encode(), 6)
        sealed = self._cipher.encrypt(bytes.fromhex(header["nonce"]), body, head)
        write_file(self.path, head + sealed, mode=0o600)
        self._header, self.key = header, key


def create_key(path: Path, passphrase: str) -> KeyFile:
    """A new key for a new study; nothing is on disk before it is saved.

    Raises KeyFileError when a file of that name exists or the passphrase is too short to hold.
    """
    if path.exists():
        raise KeyFileError(path, "exists", "choose another name for a new key")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise KeyFileError(
            path,
            f"its passphrase has {len(passphrase)} characters, {SHORTEST_PASSPHRASE} are needed",
            "take four or five words that nobody would guess",
        )
    key = Key(secrets.token_hex(8), secrets.token_bytes(32))
    header = {
        "version": _VERSION, "id": key.id, "kdf": "scrypt", "n": COST, "r": 8, "p": 1,
        "salt": secrets.token_hex(16), "nonce": "",
    }  # fmt: skip
    return KeyFile(path, header, _cipher(header, passphrase), key)


def open_key(path: Path, passphrase: str) -> KeyFile:
    """The key in a file. Raises KeyFileError when it is no key or the passphrase does not open it."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise KeyFileError(path, "does not exist", "check the path of the key") from None
    except OSError as error:
        raise KeyFileError(path, f"cannot be opened ({error.strerror})") from None
    header, length = _read_header(data, path)
    try:
        cipher = _cipher(header, passphrase)
        body = cipher.decrypt(bytes.fromhex(header["nonce"]), data[length:], data[:length])
    except InvalidTag:
        raise KeyFileError(
            path,
            "does not open: the passphrase is not its own, or the file was changed",
            "type it again, or take a backup of the key",
        ) from None
    return KeyFile(path, header, cipher, _unpacked(json.loads(zlib.decompress(body))))


def refuse_near(path: Path, outputs: Path) -> None:
    """Raise KeyFileError when the key would lie in an output folder, or right beside this one.

    Whoever is given the folder, or the one around it, must not get the key with it.
    """
    place = Path(os.path.realpath(path)).parent
    outputs = Path(os.path.realpath(outputs))
    remedy = "keep the key in a folder of its own that is never shared"
    if place == outputs or outputs in place.parents:
        raise KeyFileError(path, "lies inside the output", remedy)
    if place == outputs.parent:
        raise KeyFileError(path, "lies beside the output", remedy)
    if any(
        (above / mark).is_file()
        for above in (place, *place.parents)
        for mark in (MARK, "study.toml")
    ):
        raise KeyFileError(path, "lies inside a study or an earlier output", remedy)


def _cipher(header: dict[str, Any], passphrase: str) -> AESGCM:
    derived = Scrypt(
        salt=bytes.fromhex(header["salt"]), length=32, n=header["n"], r=header["r"], p=header["p"]
    )
    # One passphrase on every keyboard: accents may be typed as one sign or as two.
    return AESGCM(derived.derive(unicodedata.normalize("NFC", passphrase).encode()))


def _read_header(data: bytes, path: Path) -> tuple[dict[str, Any], int]:
    """The header and where it ends; KeyFileError for anything that themes did not write."""
    end = data.find(b"\n", len(_MAGIC))
    try:
        if not data.startswith(_MAGIC) or end < 0:
            raise ValueError("no header")
        header = json.loads(data[len(_MAGIC) : end])
        sound = (
            header["kdf"] == "scrypt"
            and (header["r"], header["p"]) == (8, 1)
            and 2 <= header["n"] <= _MOST_COST
            and header["n"] & (header["n"] - 1) == 0
            and all(isinstance(bytes.fromhex(header[part]), bytes) for part in ("salt", "nonce"))
        )
        version = header["version"]
    except (ValueError, KeyError, TypeError):
        sound, version, header = False, _VERSION, {}
    if version != _VERSION:
        raise KeyFileError(path, f"is a key of version {version}", "use a newer themes")
    if not sound:
        raise KeyFileError(path, "is no key that themes made", "check the path of the key")
    return header, end + 1


def _packed(key: Key) -> dict[str, Any]:
    return {
        "id": key.id,
        "secret": key.secret.hex(),
        "people": [[p.name, list(p.nicknames), p.role] for p in key.people],
        "places": [[p.name, p.role] for p in key.places],
        "entities": [
            [e.category, e.number, [list(n) for n in e.names], list(e.forms), e.role, e.language,
             dict(e.pseudonyms)]
            for e in key.entities
        ],
        "decisions": [
            [d.number, list(d.words), d.found, d.act, d.category, d.role, d.reason, d.by, d.at]
            for d in key.decisions
        ],
        "restorations": [
            [r.transcript_id, r.sha256, r.original_id, r.source, r.source_sha256, r.participant,
             [[p.span.start, p.span.end, p.original, p.entity] for p in r.pieces]]
            for r in key.restorations
        ],
    }  # fmt: skip


def _unpacked(data: dict[str, Any]) -> Key:
    return Key(
        data["id"],
        bytes.fromhex(data["secret"]),
        tuple(Person(name, tuple(nicknames), role) for name, nicknames, role in data["people"]),
        tuple(Place(name, role) for name, role in data["places"]),
        tuple(
            Entity(category, number, tuple(map(tuple, names)), tuple(forms), *rest)
            for category, number, names, forms, *rest in data["entities"]
        ),
        tuple(
            NameDecision(number, tuple(words), *rest) for number, words, *rest in data["decisions"]
        ),
        tuple(
            Restoration(
                *head, tuple(Piece(Span(start, end), *rest) for start, end, *rest in pieces)
            )
            for *head, pieces in data["restorations"]
        ),
    )
