"""Write the list of nouns for things: `python scripts/things.py WORDNET`.

WORDNET is the folder of WordNet 3.0's database, with `index.noun`, `data.noun` and `cntlist.rev`.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from onrecord.codebook import load_codebook
from onrecord.language import lexicon

DATA = Path(__file__).parents[1] / "src" / "onrecord" / "data"
HEAD = """\
# Nouns for things.
#
# Read by onrecord.language.lexicon, which says what belongs here. Written by scripts/things.py from
# WordNet 3.0 (Princeton University, WordNet License).
"""
ENTRY = '''
[{name}]
purpose = "{purpose}"
source = "WordNet 3.0, by scripts/things.py"
words = """
{words}
"""
'''
PURPOSES = {
    "solid": "Nouns for goods, places, plants and animals, which are nobody but their owner's.",
    "thought": "Nouns for deeds, thoughts, words and what happens, which neither act nor speak.",
}

GROUP, PERSON, QUANTITY, TOPS = 14, 18, 23, 3  # lexicographers' files
SOLID = frozenset({5, 6, 8, 13, 15, 17, 20, 21, 27})  # animals, goods, places, substances
PARTIES = frozenset({GROUP, PERSON})
WORD = re.compile(r"[a-z]{3,}")
FEW = 5  # tagged uses below which a sense that nobody met may be as common
MOST_PARTIES, MOST_AMOUNTS = 0.05, 0.1  # shares of the uses
OF_PEOPLE = frozenset("assembly life medium resistance".split())  # those who do what they name


def senses_of(folder: Path) -> Mapping[str, Sequence[int]]:
    """Return the lexicographers' files of each common noun's senses, the commonest first."""
    rows = list(rows_of(folder / "data.noun"))
    files = {row[0]: int(row[1]) for row in rows}
    common = {word for row in rows for word in row[4 : 4 + 2 * int(row[3], 16) : 2]}
    return {
        row[0]: [files[sense] for sense in row[-int(row[2]) :]]
        for row in rows_of(folder / "index.noun")
        if row[0] in common  # a name is written with a capital
    }


def rows_of(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a database file, without the licence that stands before them."""
    for line in path.read_text("utf8").splitlines():
        if not line.startswith("  "):
            yield line.split()


def uses_of(path: Path) -> Mapping[str, Counter[int]]:
    """Return how often each noun was met in running text, by lexicographers' file."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for key, _, times in rows_of(path):
        word, _, sense = key.partition("%")
        kind, file, *_ = sense.split(":")
        if kind == "1":
            found[word][int(file)] += int(times)
    return found


def is_thing(senses: Sequence[int], uses: Counter[int]) -> bool:
    """Whether a noun that was met means people, bodies or amounts hardly ever."""
    total, parties = uses.total(), uses[GROUP] + uses[PERSON]
    if senses[0] in PARTIES or (total < FEW and PARTIES & {*senses[:3]}):
        return False
    few = parties <= 1 and parties < MOST_PARTIES * total
    return few and uses[QUANTITY] < MOST_AMOUNTS * total


def main() -> None:
    """Write the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wordnet", type=Path)
    folder = parser.parse_args().wordnet
    senses, uses = senses_of(folder), uses_of(folder / "cntlist.rev")
    common = frozenset((DATA / "models" / "reader" / "vocab.txt").read_text("utf8").splitlines())
    sectors = load_codebook().sectors
    left_out = OF_PEOPLE | lexicon.words("speech.outlets") | lexicon.words("places.directions")
    left_out |= lexicon.words("places.sides") | lexicon.words("people.amounts")
    words = [
        word
        for word, kinds in senses.items()
        if WORD.fullmatch(word) and word not in left_out and not sectors.is_party((word,))
        if (is_thing(kinds, uses[word]) if word in uses else is_never(kinds) and word in common)
    ]
    listed = {
        "solid": [word for word in words if senses[word][0] in SOLID],
        "thought": [word for word in words if senses[word][0] not in SOLID],
    }
    entries = [
        ENTRY.format(name=name, purpose=PURPOSES[name], words=wrapped(sorted(listed[name])))
        for name in sorted(listed)
    ]
    (DATA / "lexicon" / "things.toml").write_text(HEAD + "".join(entries), "utf8")


def wrapped(words: Sequence[str]) -> str:
    """Return words on lines as long as those of the other lists."""
    return "\n".join(textwrap.wrap(" ".join(words), 99))


def is_never(senses: Sequence[int]) -> bool:
    """Whether no sense of a noun is of people, bodies or amounts."""
    return not {*PARTIES, QUANTITY, TOPS} & {*senses}


if __name__ == "__main__":
    main()
