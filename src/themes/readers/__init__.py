"""Readers: one file format each, named after its suffix.

A member holds one class with `suffixes`, the lower-case suffixes it reads, and
`read(path) -> tuple[Transcript, ...]`: one transcript for most files, several for a table of
them. The first line of the class's docstring is what `themes formats` prints. A file that is
damaged raises ReadError, with the line where there is one, never another exception, and the
message never shows text. What a label, a time, an encoding or a role is, `themes.grammar` says.
"""
