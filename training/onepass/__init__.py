"""The one-pass model: one encoder and every head that learns from a text, trained together."""
