"""themes: pseudonymize interview transcripts, suggest codes, and let people decide."""

__version__ = "0.1.0"

__all__ = ["__version__"]
