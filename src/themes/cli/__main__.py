"""`python -m themes.cli`, where the `themes` script is not on the path."""

from themes.cli import main

if __name__ == "__main__":
    main()
