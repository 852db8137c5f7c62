"""The lexicon: every list is used, stands once, and is in order; its loader refuses what is not."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import CodebookError
from onrecord.language import lexicon
from onrecord.provenance import extractor_of
from onrecord.settings import Settings

PACKAGE = Path(lexicon.__file__).parents[1]
FIELDS = sorted(lexicon.FOLDER.glob("*.toml"))
LISTS = {
    f"{path.stem}.{name}": entry
    for path in FIELDS
    for name, entry in lexicon.load_field(path).items()
}
LONG = 10  # words
ASKS = {"words": "words", "alternation": "words"} | {
    kind: kind for kind in ("series", "pairs", "groups")
}


def asked() -> Iterator[tuple[str, str]]:
    """The names of lists that the package's modules ask for, and of what kind."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="lexicon"), attr=attr),
                    args=[ast.Constant(value=str(name))],
                ):
                    yield name, ASKS[attr]


def words_of(name: str) -> tuple[str, ...]:
    """All words of a list, whatever its kind."""
    match LISTS[name]:
        case {"words": _}:
            return tuple(lexicon.words(name))
        case {"series": _}:
            return lexicon.series(name)
        case {"pairs": _}:
            return tuple(lexicon.pairs(name))
        case _:
            return tuple(word for words in lexicon.groups(name).values() for word in words)


def test_every_list_is_used_and_every_list_asked_for_is_there() -> None:
    kinds = {name: (entry.keys() & set(lexicon.KINDS)).pop() for name, entry in LISTS.items()}
    assert dict(asked()) == kinds


def test_no_two_lists_have_the_same_words() -> None:
    names: dict[frozenset[str], str] = {}
    for name in LISTS:
        other = names.setdefault(frozenset(words_of(name)), name)
        assert other == name, f"{other} and {name} are one list"


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_is_in_order(name: str) -> None:
    entry = LISTS[name]
    assert entry["purpose"].endswith((".", '."')) or entry["purpose"][-1] in '"):', name
    assert entry["source"]
    assert all(word == word.lower() and word.strip() for word in words_of(name))
    if "words" in entry:
        told = entry["words"]
        listed = told.split() if isinstance(told, str) else told
        assert listed == sorted(listed)


def test_the_lists_of_a_field_are_in_order() -> None:
    for path in FIELDS:
        names = list(lexicon.load_field(path))
        assert names == sorted(names), path.name


def test_no_word_list_is_split_from_a_string_elsewhere() -> None:
    """Long lists that are no codes come from the lexicon."""
    for folder in ("language", "extraction", "resolve", "happenings"):
        for path in (PACKAGE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf8"))):
                match node:
                    case ast.Call(
                        func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split")
                    ):
                        long = len(text.split()) >= LONG
                        assert not long or text.isupper(), f"{path}: {text}"


def test_the_kinds_of_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = 'purpose = "For a test."\nsource = "own"\n'
    (tmp_path / "fruit.toml").write_text(
        f'[sweet]\n{head}words = "apple pear"\n'
        f'[two_words]\n{head}words = ["blood orange", "fig", "fig."]\n'
        f'[by_size]\n{head}series = "currant plum melon"\n'
        f'[colours]\n{head}[colours.pairs]\nplum = "blue"\n'
        f'[trees]\n{head}[trees.groups]\nrose = "apple pear"\n'
        f'[doubled]\n{head}words = "fig fig"\n',
        "utf8",
    )
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    assert lexicon.words("fruit.sweet") == {"apple", "pear"}
    assert lexicon.alternation("fruit.two_words") == r"blood\s+orange|fig\.|fig"
    assert lexicon.series("fruit.by_size") == ("currant", "plum", "melon")
    assert lexicon.pairs("fruit.colours") == {"plum": "blue"}
    assert lexicon.groups("fruit.trees") == {"rose": {"apple", "pear"}}
    with pytest.raises(CodebookError, match=r"fruit\.doubled of the lexicon has fig twice"):
        lexicon.words("fruit.doubled")
    for name in ("fruit.sour", "fruit.by_size"):
        with pytest.raises(CodebookError, match=rf"no list {name} of words"):
            lexicon.words(name)
    with pytest.raises(CodebookError, match="no field nuts"):
        lexicon.words("nuts.hard")


@pytest.mark.parametrize(
    "text",
    [
        '[one]\npurpose = "P."\nwords = "a"\n',  # without a source
        '[one]\npurpose = "P."\nsource = "own"\n',  # without words
        '[one]\npurpose = "P."\nsource = "own"\nwords = "a"\nseries = "a"\n',
        '[one]\npurpose = "P."\nsource = "own"\nwords = "a"\nnote = "a"\n',
        '[one]\npurpose = "P."\nsource = "own"\nwords = "a"\n[one]\n',  # twice
    ],
)
def test_a_fault_is_an_error_that_names_the_field(text: str, tmp_path: Path) -> None:
    path = tmp_path / "field.toml"
    path.write_text(text, "utf8")
    with pytest.raises(CodebookError, match=r"field\."):
        lexicon.load_field(path)


def test_a_list_changed_is_another_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    before = extractor_of("model", Settings())
    read = Path.read_bytes

    def changed(path: Path) -> bytes:
        return read(path) + (b"# changed\n" if path == FIELDS[0] else b"")

    monkeypatch.setattr(Path, "read_bytes", changed)
    assert extractor_of("model", Settings()) != before
