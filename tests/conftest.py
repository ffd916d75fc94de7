"""What holds for all tests."""

# Doctests are looked for in every module; several of one name cannot be imported side by side.
collect_ignore_glob = ["conftest.py", "*/conftest.py"]
