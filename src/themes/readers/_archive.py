"""Members of a zip file, read without trust."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from themes.errors import ReadError

_MOST_BYTES = 512 << 20  # of one member, unpacked
_ALWAYS_FINE_BYTES = 10 << 20
_HIGHEST_RATIO = 200  # unpacked to packed, above which a large member is a zip bomb


class Archive:
    """The members of the zip file at `path`; ReadError where it is damaged or a zip bomb."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError):
            raise self._damaged() from None

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    @property
    def names(self) -> tuple[str, ...]:
        """The member names, in the order of the file."""
        return tuple(self._zip.namelist())

    def check(self) -> None:
        """Refuse a bomb by what its members declare, before a library unpacks them itself."""
        for info in self._zip.infolist():
            self._refuse_bomb(info.file_size, info.compress_size)

    def xml(self, name: str) -> Element:
        """The root of the XML member `name`."""
        try:
            return parse_xml(self.read(name), self._path)
        except ReadError as error:
            raise ReadError(self._path.name, error.what, error.remedy) from None

    def read(self, name: str) -> bytes:
        """The bytes of member `name`, if they are not absurdly many."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 0x1:
                raise ReadError(self._path.name, "is password-protected", "remove the password")
            self._refuse_bomb(info.file_size, info.compress_size)
            with self._zip.open(info) as member:
                # The declared size may lie, so no more than the limit is ever unpacked.
                data = member.read(_MOST_BYTES + 1)
        except (KeyError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
            raise self._damaged() from None
        except zipfile.zlib.error:
            raise self._damaged() from None
        self._refuse_bomb(len(data), info.compress_size)
        return data

    def _refuse_bomb(self, n_bytes: int, n_packed: int) -> None:
        ratio = n_bytes / max(n_packed, 1)
        if n_bytes > _MOST_BYTES or (n_bytes > _ALWAYS_FINE_BYTES and ratio > _HIGHEST_RATIO):
            raise ReadError(
                self._path.name,
                f"would unpack to {n_bytes >> 20} MB or more, far more than a transcript",
                "check where the file comes from",
            )

    def _damaged(self) -> ReadError:
        return ReadError(self._path.name, "is a damaged file", "save it again, as a copy")


def parse_xml(data: bytes, path: Path) -> Element:
    """The root of an XML document, without entities or anything from elsewhere."""
    try:
        return fromstring(data)
    except ParseError as error:
        line = error.position[0]
        raise ReadError(path.name, "is broken XML", "export it again", line=line) from None
    except DefusedXmlException:
        raise ReadError(
            path.name, "defines XML entities, which are unsafe", "export it again"
        ) from None
    except (ValueError, LookupError):
        raise ReadError(path.name, "has an unknown XML encoding", "save it as UTF-8") from None


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The attribute called `name` in whatever namespace, None if there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None
