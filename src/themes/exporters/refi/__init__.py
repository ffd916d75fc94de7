"""REFI-QDA (QDA-XML 1.0): a study as a project that MAXQDA, ATLAS.ti and NVivo import.

`project` builds the XML, `check` asks what the schema cannot. The schemas are REFI's own, under
the MIT licence that stands in them. Positions are as the standard says: Unicode code points from
0, the end not included, in a UTF-8 text without byte-order mark and with LF line ends. A profile
for a program that counts otherwise would change the bytes of the text and the positions together,
and belongs here, between `project` and the archive.
"""

from __future__ import annotations

from pathlib import Path

PROJECT_SCHEMA = Path(__file__).parent / "Project.xsd"
CODEBOOK_SCHEMA = Path(__file__).parent / "Codebook.xsd"
NAMESPACE = "urn:QDA-XML:project:1.0"
