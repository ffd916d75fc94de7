"""`themes doctor`: is this installation in one piece?"""

from __future__ import annotations

import platform
from importlib import metadata

import typer

from themes import __version__
from themes.errors import ThemesError

# What each library is for, in the user's words.
_LIBRARIES = {
    "onnxruntime": "the default encoder",
    "tokenizers": "the default encoder",
    "safetensors": "trained heads",
    "cryptography": "the key",
    "phonenumbers": "phone numbers",
    "pyarrow": "parquet",
    "openpyxl": "xlsx",
    "pypdfium2": "pdf",
    "rapidfuzz": "names of a roster, misspelled",
    "spacy": "names that no list holds",
    "striprtf": "rtf",
    "defusedxml": "docx, odt and other XML",
    "jinja2": "the report and the review page",
    "sqlalchemy": "studies",
    "pg8000": "studies in a PostgreSQL database",
    "fastapi": "the review page",
    "uvicorn": "the review page",
    "argon2-cffi": "passwords of coders",
    "itsdangerous": "sessions of coders",
    "python-multipart": "forms of the review page",
    "scikit-learn": "training",
    "sentence-transformers": "--model with other encoders",
    "torch": "--model with other encoders",
}


def doctor() -> None:
    """Check what is installed and which models load; say how to get what is missing."""
    from themes import codebooks, resources
    from themes.recognizers._network import network
    from themes.stages.open_model import open_model

    healthy = True
    print(f"themes {__version__}, Python {platform.python_version()}, {platform.platform()}")
    for library, purpose in _LIBRARIES.items():
        try:
            print(f"ok       {library} {metadata.version(library)} ({purpose})")
        except metadata.PackageNotFoundError:
            healthy = False
            print(f"missing  {library} ({purpose}); install it: pip install {library}")
    for name in resources.shipped("codebooks"):
        healthy &= _try(f"codebook {name}", lambda name=name: codebooks.load(name))
    for name in resources.shipped("models"):
        if (resources.folder("models") / name / "network.json").exists():
            healthy &= _try(f"model {name}", lambda name=name: network(name))
        else:
            healthy &= _try(
                f"model {name}", lambda name=name: open_model(name, codebooks.load("help-seeking"))
            )
    if not healthy:
        raise typer.Exit(1)


def _try(what: str, load: object) -> bool:
    try:
        load()
    except ThemesError as error:
        print(f"broken   {what}: {error}")
        return False
    except Exception as error:  # noqa: BLE001 - finding out what is broken is what this is for
        print(f"broken   {what}: {type(error).__name__}; install it again")
        return False
    print(f"ok       {what}")
    return True
