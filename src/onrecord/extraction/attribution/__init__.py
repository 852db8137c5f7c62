"""Attribution: who is reported to say, think, want or see what, as spans of the text."""

from onrecord.extraction.attribution.attributions import extract_attributions

__all__ = ["extract_attributions"]
