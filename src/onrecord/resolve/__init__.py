"""Who, when and where: words resolved to actors, dates and places."""
