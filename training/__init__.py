"""How the package's models and its gazetteer are made, from data that is not in the repository."""
