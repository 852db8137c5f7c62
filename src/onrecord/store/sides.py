"""Between which countries something is told to have happened, in the few letters a telling has.

"RUS>UKR" is what one did to the other, "POL USA>UKR" what two did, "BLR=RUS=UKR" what all of them
did with each other.
"""

from __future__ import annotations

from onrecord.happenings import Telling

_TO, _WITH = ">", "="  # stand in no code of a country


def countries_of(telling: Telling) -> str | None:
    """Return the countries of the parties to an event; None where no two are on its two sides."""
    actors, recipients = (
        {party.country for party in side if party.country is not None}
        for side in (telling.actors, telling.recipients)
    )
    return written(actors, recipients, symmetric=telling.symmetric)


def written(actors: set[str], recipients: set[str], *, symmetric: bool) -> str | None:
    """Return likewise what is kept of the countries of two sides."""
    everyone = actors | recipients
    if len(everyone) < 2:
        return None
    if symmetric:
        return _WITH.join(sorted(everyone))
    sides = (" ".join(sorted(side)) for side in (actors, recipients))
    return _TO.join(sides) if actors and recipients else None


def did_to(countries: str, one: str, other: str) -> bool:
    """Whether one of two countries did something to the other, by what is kept."""
    if _WITH in countries:
        return {one, other} <= {*countries.split(_WITH)}
    actors, recipients = countries.split(_TO)
    return one in actors.split() and other in recipients.split()
