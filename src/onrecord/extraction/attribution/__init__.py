"""Attribution: who is reported to say, think, want or see what, as spans of the text."""

from onrecord.extraction.attribution.attributions import extract_attributions
from onrecord.extraction.attribution.trained import (
    Decodings,
    Proposal,
    decodings_of,
    inner_proposals,
    proposals_of,
)

__all__ = [
    "Decodings",
    "Proposal",
    "decodings_of",
    "extract_attributions",
    "inner_proposals",
    "proposals_of",
]
