"""Attribution: who is reported to say, think, want or see what, as spans of the text."""

from onrecord.extraction.attribution.attributions import extract_attributions
from onrecord.extraction.attribution.trained import (
    AttributionModel,
    Proposal,
    load_attribution_model,
    word_states,
)

__all__ = [
    "AttributionModel",
    "Proposal",
    "extract_attributions",
    "load_attribution_model",
    "word_states",
]
