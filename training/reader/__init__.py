"""The reader: one encoder and every head that learns from a text, trained together."""
