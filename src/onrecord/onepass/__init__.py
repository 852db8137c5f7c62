"""One pass: the trained model reads a text once, and everything learnt goes on from that."""

from onrecord.onepass.model import OnePass, Reading, WindowReading, load_onepass

__all__ = ["OnePass", "Reading", "WindowReading", "load_onepass"]
