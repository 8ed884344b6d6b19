"""What a package index shows of the README: its words, without what is found in a checkout only."""

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


def for_an_index(text: str) -> str:
    """Return Markdown without pictures and with links to files as their words.

    >>> for_an_index('See [the method](docs/method.md), [that](https://a.org). <img src="a.png">')
    'See the method, [that](https://a.org). '
    """
    text = re.sub(r"<img[^>]*>", "", text)
    text = re.sub(r"!?\[([^\]]*)\]\((?!https?://)[^)]*\)", r"\1", text)
    return re.sub(r"\n{3,}", "\n\n", text)


class Readme(MetadataHookInterface):
    """Fills in the field `readme`."""

    def update(self, metadata: dict) -> None:
        """Put the words of the README into the metadata."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": for_an_index(text)}
