"""themes: pseudonymize interview transcripts, suggest codes, and let people decide."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from themes.stages.audit import Audit

__version__ = "0.1.0"

__all__ = ["ThemeClassifier", "__version__", "audit"]


def audit(frame: pd.DataFrame, *, seed: int = 1, margin: float = 0.10, **how: Any) -> Audit:
    """Audit a table of who coded what: agreement with intervals, code by code, and what it rests on.

    `frame` is in long form (segment, transcript, coder, code) or in wide form (a column a coder);
    further keywords are those of `themes.codings.table.codings_from`. The result has `.blocks`,
    `.frame(name)` for each of `.tables`, `.refused` for what was not computed, and `.page()`, the
    page that the command line writes. Raises InputError for a table that cannot be understood.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"segment": [1, 2], "transcript": ["p", "p"], "a": ["x", "y"], "b": ["x", "y"]})
    >>> audit(frame).frame("headline")["value"].tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0]
    """
    from themes.codings.table import codings_from
    from themes.inference.intervals import Resampling
    from themes.stages.audit import Settings
    from themes.stages.audit import audit as audit_codings

    settings = Settings(how=Resampling(seed=seed), margin=margin)
    return audit_codings(codings_from(frame, **how), settings)


def __getattr__(name: str) -> Any:
    # Heavy libraries come with it: imported when somebody asks, not with the package.
    if name == "ThemeClassifier":
        return import_module("themes.estimator").ThemeClassifier
    raise AttributeError(f"module 'themes' has no attribute {name!r}")
