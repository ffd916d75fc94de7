"""themes: pseudonymize interview transcripts, suggest codes, and let people decide."""

from typing import Any

__version__ = "0.1.0"

__all__ = ["ThemeClassifier", "__version__"]


def __getattr__(name: str) -> Any:
    # Heavy libraries come with it: imported when somebody asks, not with the package.
    if name == "ThemeClassifier":
        from themes.estimator import ThemeClassifier

        return ThemeClassifier
    raise AttributeError(f"module 'themes' has no attribute {name!r}")
