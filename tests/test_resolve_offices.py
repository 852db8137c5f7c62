"""Actor phrases of our own: country and PLOVER sector from words first, then from tables."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.codebook import Codebook, codebook_with, load_codebook
from onrecord.records import Actor
from onrecord.resolve.offices import explain_actor, has_unknown_name, resolve_actor

NOBODY = "nobody"

# phrase, country, sector; "-" is null
PHRASES = """
the Norwegian foreign minister | NOR GOV
Portugal's Ministry of Finance | PRT GOV
Ministry of Fisheries of Iceland | ISL GOV
Minister for Women's Affairs | - GOV
Ghanaian Deputy Minister of Lands | GHA GOV
the US Department of Agriculture | USA GOV
Secretary of the Interior | - GOV
Senegal's government spokesman | SEN GOV
the Peruvian ambassador to Japan | PER GOV
the Danish Embassy in Nairobi | DNK GOV
an ambassador to Egypt | - GOV
the mayor of Gdansk | POL GOV
Kosovan officials | XKX GOV
officials in Bamako | MLI GOV
Antananarivo | MDG GOV
the Élysée | FRA GOV
the Kremlin | RUS GOV
Downing Street | GBR GOV
Kazakhstan's central bank | KAZ GOV
Uruguay's electoral court | URY JUD
the ruling party | - GOV
the Bolivian navy | BOL MIL
Cameroonian paratroopers | CMR MIL
Finnish border guards | FIN MIL
a Belgian warship | BEL MIL
troops from Burundi | BDI MIL
Eritrean soldiers in Ethiopia | ERI MIL
the army of Paraguay | PRY MIL
a spokesman for the Latvian army | LVA MIL
Colonel Ama Boateng | - MIL
Gen. Piet Vos | - MIL
the chief of the general staff of Jordan | JOR MIL
Dutch military intelligence | NLD SPY
the Austrian secret service | AUT SPY
Swiss intelligence officials | CHE SPY
the head of Bulgaria's intelligence agency | BGR SPY
police in Lusaka | ZMB COP
Lagos police | NGA COP
Croatian riot police | HRV COP
two Fijian policemen | FJI COP
the chief of police of Oslo | NOR COP
a prison guard | - COP
Spain's Guardia Civil | ESP COP
the Supreme Court of Malawi | MWI JUD
Hungarian judges | HUN JUD
the public prosecutor of Lima | PER JUD
a lawyer from Tunisia | TUN JUD
Slovenia's constitutional court | SVN JUD
the Zambian parliament | ZMB LEG
a Lithuanian lawmaker | LTU LEG
members of parliament | - LEG
Senator Rosa Okafor | - LEG
the Speaker of the Maltese parliament | MLT LEG
Storting | NOR LEG
the lower house of parliament | - LEG
the Labour Party of Ireland | IRL PTY
New Zealand's Green Party | NZL PTY
the National Reform Party | - PTY
a Honduran presidential candidate | HND PTY
the leader of a political party | - PTY
the Mongolian opposition | MNG OPP
Thai opposition leaders | THA OPP
anti-government demonstrators in Amman | JOR OPP
pro-democracy activists | - OPP
Burundian dissidents | BDI OPP
pro-Russian separatists in eastern Ukraine | UKR REB
Chadian rebels | TCD REB
US-backed rebels in Syria | SYR REB
the Assamese Liberation Front | - REB
the People's Liberation Movement | - REB
insurgents in Mozambique | MOZ REB
jihadists | - REB
Hamas fighters | PSE REB
a Hezbollah commander | LBN REB
Boko Haram troops | NGA REB
UN troops | - MIL
a pro-government militia | - PRM
paramilitaries in Colombia | COL PRM
vigilantes in Burkina Faso | BFA PRM
unidentified gunmen | - UAF
masked gunmen in Karachi | PAK UAF
Libyan mercenaries | LBY UAF
armed men | - UAF
a Nigerian newspaper | NGA JRN
Albanian journalists | ALB JRN
the editor of a Slovak magazine | SVK JRN
the Tallinn Gazette | EST JRN
state television | - JRN
Vanuatu Broadcasting Corporation | VUT JRN
villagers | - CVL
Haitian civilians | HTI CVL
residents of Odesa | UKR CVL
the Yoruba community | - CVL
families of the victims | - CVL
Rwandan women | RWA CVL
protesters | - CVL
Venezuelan refugees in Colombia | VEN REF
asylum seekers | - REF
Sudan's displaced | SDN REF
internally displaced people in Ituri | COD REF
Gambian doctors | GMB MED
a hospital in Kharkiv | UKR MED
an army hospital director | - MED
a government hospital spokesman | - MED
a Hamas hospital official | PSE MED
the Kenya Nursing Association | KEN MED
ambulance crews | - MED
students in Dhaka | BGD EDU
the University of Ljubljana | SVN EDU
Teachers in Morocco | MAR EDU
Heidelberg University | DEU EDU
a Filipino professor | PHL EDU
the Bank of Saint-Malo | FRA BUS
a Taiwanese chipmaker | TWN BUS
Danish shipping companies | DNK BUS
the chief executive of a Swedish bank | SWE BUS
the Chamber of Commerce of Honduras | HND BUS
Northwind Holdings Ltd | - BUS
Chilean miners | CHL LAB
Greek dockworkers | GRC LAB
a Zimbabwean trade union | ZWE LAB
the Confederation of Labour | - LAB
French farmers | FRA AGR
herders in Niger | NER AGR
cattle ranchers in Paraguay | PRY AGR
the Irish Farmers Association | IRL AGR
the Archbishop of Kampala | UGA REL
Orthodox priests in Georgia | GEO REL
Tibetan Buddhist monks | CHN REL
Sunni clerics in Bahrain | BHR REL
a Methodist church | - REL
Muslim leaders | - REL
former president of Botswana | BWA ELI
ex-ministers | - ELI
a retired Indian general | IND ELI
Nauru's ousted leader | NRU ELI
the former foreign minister of Oman | OMN ELI
a Mexican drug cartel | MEX CRM
pirates off Somalia | SOM CRM
gang members in Port-au-Prince | HTI CRM
human traffickers | - CRM
prisoners | - CRM
Yemeni tribal leaders | YEM SOC
the Estonian Human Rights Association | EST SOC
environmental campaigners | - SOC
a football club in Turin | ITA SOC
aid workers | - NGO
a humanitarian organisation | - NGO
a rights group | - NGO
an Ethiopian charity | ETH SOC
the United Nations | - IGO
UN officials in Goma | COD IGO
the president of the European Commission | - GOV
a breakaway region | - PRE
Somaliland | SOM PRE
two people | - CVL
several men | - -
he | - -
the invaders | - -
Uzbekistan | UZB -
the Uzbeks | UZB -
targets in Mali | MLI -
Timbuktu | MLI CVL
the West | - -
yesterday | nobody
a proposal | nobody
the flood | nobody
Friday | nobody
three questions | nobody
xkqjv wpfl | nobody
Petra Novotna-Hill | nobody
was said to | nobody
"""

LISTED = [line.split(" | ") for line in PHRASES.strip().splitlines()]


def codes(actor: Actor | None) -> str:
    return NOBODY if actor is None else f"{actor.country or '-'} {actor.sector or '-'}"


@pytest.mark.parametrize(("phrase", "wanted"), LISTED, ids=[phrase for phrase, _ in LISTED])
def test_country_and_sector_of_a_phrase(phrase: str, wanted: str) -> None:
    assert codes(resolve_actor(phrase, date="2022-09-01")) == wanted


def test_there_are_enough_of_them_for_every_sector() -> None:
    assert len(LISTED) >= 150
    told = {wanted.split()[-1] for _, wanted in LISTED}
    assert told >= set(
        "AGR BUS COP CRM CVL EDU ELI GOV IGO JRN JUD LAB LEG MED MIL NGO OPP PRE PRM PTY REB REF "
        "REL SOC SPY UAF".split()
    )


@pytest.mark.parametrize(
    ("phrase", "day", "wanted"),
    [
        ("Angela Merkel", "2017-06-01", "DEU GOV"),
        ("Angela Merkel", "2022-06-01", "DEU ELI"),
        ("the German chancellor", "2022-06-01", "DEU GOV"),
        ("former chancellor Angela Merkel", "2022-06-01", "DEU ELI"),
        ("Gordon Brown", "2009-01-01", "GBR GOV"),
        ("Clinton", "1995-01-01", "USA GOV"),  # of two of that surname who held office then
        ("Kirchner", "2005-01-01", "ARG GOV"),
        ("Gordon Brown", "2012-01-01", "GBR ELI"),
        ("Dilma Rousseff", "2014-01-01", "BRA GOV"),
        ("Barack Obama", "2012-05-05", "USA GOV"),
        ("Obama", "2019", "USA ELI"),
        ("Jacques Chirac", "1999-03-03", "FRA GOV"),
        ("Alpha Condé", "2020-10", "GIN GOV"),
        ("Alpha Conde", "2022-10", "GIN ELI"),
        ("Samia Suluhu Hassan", "2020-01-01", "TZA -"),  # before she took office: not known
        ("Samia Suluhu Hassan", "2021-04-01", "TZA GOV"),
        ("President Samia Suluhu Hassan", "2020-01-01", "TZA GOV"),  # the words say so
        ("Robert Fico", "2020-06-01", "SVK ELI"),
        ("Robert Fico", "2024-06-01", "SVK GOV"),
        ("Hu Jintao", "2010-01-01", "CHN GOV"),
        ("Kim Jong-un", "2015-01-01", "PRK GOV"),
        ("António Guterres", "2020-01-01", "- IGO"),  # who serves the UN acts for no country
    ],
)
def test_an_office_holds_while_it_is_held(phrase: str, day: str, wanted: str) -> None:
    assert codes(resolve_actor(phrase, date=day)) == wanted


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Vladimir Vladimirovich Putin", "Vladimir Putin"),
        ("MUAMMAR GADDAFI", "Muammar Gaddafi"),
        ("Muammar Qaddafi", "Muammar Gaddafi"),
        ("Joao Lourenco", "João Lourenço"),
        ("President Macron's", "Emmanuel Macron"),
        ("Xi", "Xi Jinping"),
    ],
)
def test_a_person_is_found_in_other_spellings(spelling: str, name: str) -> None:
    actor = resolve_actor(spelling, date="2020-06-01")
    assert actor is not None
    assert (actor.name, actor.kind) == (name, "person")


@pytest.mark.parametrize(
    "phrase", ["Chad Wolfram", "Jordan Petersen-Hale", "Paul James", "Ivan Putinov", "us", "who"]
)
def test_a_name_of_somebody_else_is_nobody_the_tables_know(phrase: str) -> None:
    actor = resolve_actor(phrase, date="2022-09-01")
    assert actor is None or (actor.country, actor.sector) == (None, None)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("the Biden administration", "government"),
        ("Kenyan police", "group"),
        ("the Kenyan police chief", "person"),
        ("the Bank of Turku", "organisation"),
        ("Prime Minister Ana Brnabić", "person"),
        ("NATO", "igo"),
        ("the German Defence Minister", "person"),
        ("Minister", "person"),
        ("Boko Haram", "armed_group"),
        ("Japan", "state"),
        ("the West", "bloc"),
    ],
)
def test_kinds(phrase: str, kind: str) -> None:
    actor = resolve_actor(phrase, date="2022-09-01")
    assert actor is not None
    assert actor.kind == kind


@pytest.mark.parametrize(
    ("surname", "day", "name"),
    [
        ("Bush", "1990-06-01", "George H. W. Bush"),
        ("Bush", "2005-06-01", "George W. Bush"),
        ("Clinton", "1995-01-01", "Bill Clinton"),
    ],
)
def test_a_surname_is_that_of_who_held_office(surname: str, day: str, name: str) -> None:
    actor = resolve_actor(surname, date=day)
    assert actor is not None
    assert actor.name == name


def test_a_surname_of_several_is_nobodys_while_none_holds_office() -> None:
    actor = resolve_actor("Bush", date="2015-01-01")
    assert actor is None or actor.kind != "person"


def test_a_date_may_be_a_date() -> None:
    assert codes(resolve_actor("Angela Merkel", date=date(2017, 6, 1))) == "DEU GOV"
    with pytest.raises(ValueError, match="date '1 June 2017' is not a date such as 2022"):
        resolve_actor("Angela Merkel", date="1 June 2017")


def test_words_outrank_the_tables() -> None:
    assert codes(resolve_actor("Tunisian journalist Angela Merkel")) == "TUN JRN"
    assert (
        codes(resolve_actor("the Ruritanian Ministry of Defence")) == "GBR GOV"
    )  # table's default
    assert codes(resolve_actor("the Laotian Ministry of Defence")) == "LAO GOV"


def test_the_name_is_the_phrase_without_its_article() -> None:
    actor = resolve_actor("“the pro-Russian separatists”")
    assert actor is not None
    assert actor.name == "pro-Russian separatists"


def test_the_same_actor_has_the_same_id_and_another_has_not() -> None:
    first, again = resolve_actor("Emmanuel Macron"), resolve_actor("President Macron")
    other = resolve_actor("Olaf Scholz")
    assert first is not None
    assert again is not None
    assert other is not None
    assert first.actor_id == again.actor_id != other.actor_id


def test_what_decided_is_told() -> None:
    found = explain_actor("German Defence Minister").evidence
    assert [(one.words, one.meaning, one.source) for one in found] == [
        ("German", "country DEU", "countries.toml"),
        ("Defence Minister", "sector GOV", "sectors.toml"),
    ]


def test_an_unknown_name_is_told_from_known_words(book: Codebook) -> None:
    assert has_unknown_name("General Ama Boateng", book)
    assert not has_unknown_name("German police", book)


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(phrase: str) -> None:
    actor = resolve_actor(phrase, date="2022-09-01")
    assert actor is None or actor.name


TABLE = """# our own
name,aliases,kind,country,sector,title,from,to,wikidata
Harbour League,HL|Harbour Defence League,armed_group,EST,PRM,,,2019-06-30,Q17
Harbour League,,armed_group,EST,REB,,2019-07-01,,
Mari Tamm,,person,EST,GOV,Harbour Minister,2021-01-26,2023-04-17,Q4115189
Boko Haram,,armed_group,TCD,CRM,,,,
"""


@pytest.fixture
def own(tmp_path: Path) -> Codebook:
    path = tmp_path / "mine.csv"
    path.write_text(TABLE, "utf8")
    return codebook_with(path)


@pytest.fixture
def book() -> Codebook:
    return load_codebook()


def test_a_users_table_extends_and_overrides(own: Codebook) -> None:
    assert codes(resolve_actor("Boko Haram")) == "NGA REB"
    assert codes(resolve_actor("Boko Haram", codebook=own)) == "TCD CRM"
    assert codes(resolve_actor("Mari Tamm", date="2022-01-01", codebook=own)) == "EST GOV"
    assert codes(resolve_actor("Mari Tamm", date="2024-01-01", codebook=own)) == "EST ELI"
    assert codes(resolve_actor("Mari Tamm", date="2024-01-01")) == NOBODY


def test_a_users_period_holds_for_its_days(own: Codebook) -> None:
    assert codes(resolve_actor("the HL", date="2019-06-30", codebook=own)) == "EST PRM"
    assert codes(resolve_actor("Harbour League fighters", date="2020", codebook=own)) == "EST REB"
    assert codes(resolve_actor("Harbour League", codebook=own)) == "EST REB"


def test_a_users_item_reaches_the_actor(own: Codebook) -> None:
    named = [resolve_actor(name, codebook=own) for name in ("Mari Tamm", "Harbour Defence League")]
    assert [actor.wikidata for actor in named if actor] == ["Q4115189", "Q17"]
