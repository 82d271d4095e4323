"""`python -m advocacy` is `advocacy`."""

from advocacy.cli import main

main()
