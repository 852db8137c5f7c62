"""Which language a text is in, and that what is not English gives no rows."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.language.foreign import language_of, without_foreign
from onrecord.pipeline import extract
from onrecord.reading import article_from_text
from onrecord.store import open_store

FOREIGN = {
    "de": "Der Hafenmeister sagte, dass die Schiffe bis zum Morgen nicht auslaufen werden.",
    "fr": "Le maire a dit que les bateaux ne sont pas sortis du port pour la nuit.",
    "es": "El alcalde dijo que los barcos no salieron del puerto por una tormenta muy fuerte.",
    "it": "Il sindaco ha detto che le navi non sono uscite dal porto per il vento della notte.",
    "pt": "O prefeito disse que os navios não saíram do porto por causa da tempestade.",
    "nl": "De burgemeester zegt dat het schip niet uit de haven wordt gesleept voor het tij.",
    "pl": "Burmistrz powiedział, że statki nie wypłyną z portu, ale jest to tylko na noc.",
    "cs": "Starosta řekl, že se lodě z přístavu do rána nevrátí, protože je na moři bouře.",
    "sv": "Borgmästaren säger att det inte är möjligt för fartygen att gå ut från hamnen.",
    "ro": "Primarul a spus că navele nu au ieșit din port și că este o furtună pe mare.",
    "id": "Wali kota itu mengatakan bahwa kapal yang ada di pelabuhan tidak akan berlayar.",
    "ru": "Капитан порта сказал, что суда не выйдут в море.",
    "uk": "Капітан порту сказав, що судна не вийдуть у море цієї ночі.",
    "ar": "قال رئيس الميناء إن السفن لن تبحر هذه الليلة",
    "el": "Ο λιμενάρχης είπε ότι τα πλοία δεν θα αποπλεύσουν",
    "zh": "港务局长星期四说船只今晚不会出港。",
    "ja": "港長は今夜船は出港しないと述べた。",
    "ko": "항만장은 오늘 밤 배가 출항하지 않을 것이라고 말했다.",
}
ENGLISH = (
    "Omar Lund, the mayor of Norburg, arrested two men on Monday. {} "
    "Tom Berg said the army had lied."
)


@pytest.mark.parametrize(("language", "text"), FOREIGN.items(), ids=FOREIGN)
def test_a_sentence_tells_its_language(language: str, text: str) -> None:
    assert language_of(text) == language
    assert text not in without_foreign(ENGLISH.format(text))


@pytest.mark.parametrize(
    "text",
    [
        "The harbour master said that no ship would sail.",
        "“Nein,” said Herr Braun, the head of the Deutsche Bank, and he left for Den Haag.",
        "He met Charles de Gaulle, Ursula von der Leyen and Luis da Silva in San José.",
        "The Le Monde and La Repubblica reporters of the Corriere della Sera were in Los Angeles.",
    ],
)
def test_english_with_foreign_names_is_english(text: str) -> None:
    assert language_of(text) == "en"
    assert without_foreign(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No.",
        "Guten Tag!",
        "Lavrov, Kuleba, Guterres, Erdogan, Shoigu, Kubrakov",
        "Der Spiegel, Die Zeit, Das Bild",
        "12 345 678",
    ],
)
def test_too_little_tells_nothing(text: str) -> None:
    assert language_of(text) is None
    assert without_foreign(text) == text


def test_a_long_text_in_a_language_that_is_not_listed_is_not_english() -> None:
    assert (
        language_of("Umkhandlu wesikhumulo semikhumbi uthe akukho mkhumbi ozohamba. " * 12) == "und"
    )


def test_blanks_keep_every_place() -> None:
    text = ENGLISH.format(FOREIGN["de"])
    blanked = without_foreign(text)
    assert len(blanked) == len(text)
    assert blanked.split() == ENGLISH.format("").split()


def test_what_the_words_tell_outranks_what_is_stated() -> None:
    assert article_from_text(ENGLISH.format("")).language == "en"
    assert article_from_text(FOREIGN["de"]).language == "de"
    assert article_from_text("Guten Tag!").language is None


@pytest.mark.parametrize("language", ["de", "fr", "ru"])
def test_a_foreign_sentence_in_an_english_text_gives_no_rows(language: str) -> None:
    article = article_from_text(ENGLISH.format(FOREIGN[language]), published="2022-05-10")
    start = article.text.index(FOREIGN[language])
    end = start + len(FOREIGN[language])
    record = extract(article)
    assert [article.cut(span) for row in record.statements for span in row.content]
    spans = [span for row in record.statements for span in (*row.content, *row.source, *row.cue)]
    spans += [row.span for row in record.mentions]
    assert not [span for span in spans if span.end > start and span.start < end]


def run(store: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--store", str(store)])
    assert result.exit_code == 0, result.stderr
    return result.stderr


def test_articles_in_other_languages_are_counted_and_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH.format(""), "utf8")
    (tmp_path / "b.txt").write_text(FOREIGN["de"], "utf8")
    paths, store = [str(tmp_path / name) for name in ("a.txt", "b.txt")], tmp_path / "a.db"
    said = run(store, "read", *paths)
    assert "1 read, 0 unchanged, 0 failed, 1 skipped" in said
    assert "not in English (de)" in said
    assert "--language any" in said
    with open_store(store) as opened:
        assert len(opened.summaries()) == 1
    assert "1 read, 1 unchanged, 0 failed\n" in run(store, "read", *paths, "--language", "any")
    with open_store(store) as opened:
        assert len(opened.summaries()) == 2
