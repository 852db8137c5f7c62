"""Events: who did what to whom, as PLOVER codes it, with modality and voice."""

from onrecord.extraction.events.events import extract_events

__all__ = ["extract_events"]
