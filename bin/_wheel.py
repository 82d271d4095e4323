"""What goes into a wheel besides the code: the word folders, and the browser files or no wheel at all."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BROWSER_FILES = ("htmx.min.js", "pico.min.css", "markdown-toolbar.js")
WORD_FOLDERS = ("templates", "letters", "campaigns")


class CarryWordsAndBrowserFiles(BuildHookInterface):
    """An installed copy has no checkout beside it, so it carries what `advocacy/paths.py` looks for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Put the words under `advocacy/_words/`; an environment linked to a checkout needs no copy."""
        if version == "editable":
            return
        self.refuse_bare_pages()
        for folder in WORD_FOLDERS:
            build_data["force_include"][folder] = f"advocacy/_words/{folder}"

    def refuse_bare_pages(self) -> None:
        """Git ignores the browser files; a wheel without them would show unstyled pages to everybody."""
        vendor = Path(self.root, "advocacy", "static", "vendor")
        missing = [name for name in BROWSER_FILES if not (vendor / name).is_file()]
        if missing:
            names = ", ".join(missing)
            raise SystemExit(f"The wheel needs {names} in advocacy/static/vendor: run bin/run --setup first.")
