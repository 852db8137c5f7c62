"""What people found right and wrong in records, and the record as they see it."""

from onrecord.reviews.applying import Outcome, Reviewed, apply_corrections
from onrecord.reviews.corrections import Correction, Undo

__all__ = ["Correction", "Outcome", "Reviewed", "Undo", "apply_corrections"]
