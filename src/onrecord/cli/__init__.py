"""The command line: `onrecord read`, `show`, `find`, `report`, `export`, `score` and `demo`."""

from onrecord.cli.app import main

__all__ = ["main"]
