"""How web hosts end and how their stops are read aloud, as pieces of regular expressions."""

from __future__ import annotations

TLD = (
    r"(?:com|org|net|edu|gov|info|eu|nl|be|de|fr|uk|ie|no|se|dk|fi|es|it|pt|pl|ch|at|us|ca|au|nz"
    r"|in|io|nu|me|tv|app|blog|online|site|amsterdam|frl|example|test)"
)
"""Top-level domains that a host may end in without "https://"."""

# "At some point in" ends no address: where the stop is also a noun, words are no domains.
SPOKEN_END = (
    rf"(?:(?:dot|punktum|punkt|punto)\s+{TLD}|(?:point|punt)\s+"
    rf"(?!(?:in|it|me|no|at|us|online|test)\b|(?<=point )be\b){TLD})"
)
"""The last stop of a host and what follows it, read aloud."""

DOT = r"(?:dot|punt|point|punktum|punkt|punto)"
"""A stop, read aloud."""
