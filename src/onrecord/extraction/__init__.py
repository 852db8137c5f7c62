"""What an article says: statements, events, figures, conditions, demands and terms."""
