"""Exports of news databases: one text that holds many documents, each with its fields."""
