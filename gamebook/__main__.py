"""``python -m gamebook`` is the ``gamebook`` command."""

from gamebook.cli import main

if __name__ == "__main__":
    main()
