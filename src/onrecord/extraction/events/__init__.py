"""Events: who did what to whom, in PLOVER's terms."""

from onrecord.extraction.events.events import extract_events
from onrecord.extraction.events.weighing import EventSettings, event_settings_of

__all__ = ["EventSettings", "event_settings_of", "extract_events"]
