"""Records in the forms that other tools read: event data, annotations, graphs, maps and tables."""

from onrecord.exports.forms import FORMS
from onrecord.exports.references import without_text
from onrecord.exports.told import Told

__all__ = ["FORMS", "Told", "without_text"]
