"""Training of the attribution model: data, model, decoding, evaluation, export."""
