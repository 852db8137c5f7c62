"""What the model's heads make of a text's figures: their words, and what they count."""

from __future__ import annotations

from onrecord.drafts import Overlaps
from onrecord.onepass import Reading
from onrecord.onepass.tagged import Stretch, softmax, tagged
from onrecord.records import Measure, Span

HEAD = "figure"


class Learned:
    """The figures that the model's head tags in one text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._stretches = list(tagged(reading, HEAD))
        self._overlaps = Overlaps((stretch.span,) for stretch in self._stretches)

    def stretch_at(self, span: Span) -> Stretch | None:
        """Return the first stretch that shares a character with a span, None without one."""
        position = min(self._overlaps.touching((span,)), default=None)
        return self._stretches[position] if position is not None else None

    def word_at(self, span: Span) -> int:
        """Return the index of the word that a span begins in."""
        return self._reading.word_at(span.start)

    def measure(self, word: int) -> tuple[Measure, float]:
        """Return the likeliest measure of a figure by its first word, and how likely it is."""
        window = self._reading.window_of(word)
        chances = softmax(window.scores["measure"][word - window.first])
        best = int(chances.argmax())
        measure: Measure = self._reading.labels.measures[best]  # type: ignore[assignment]
        return measure, float(chances[best])
