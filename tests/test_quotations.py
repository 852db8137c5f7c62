"""Who says what in quotations: several speakers, replies, marks of all sorts, transcripts.

Each case names who says which words; nobody else may say them as well.
"""

from collections.abc import Callable

import pytest

from onrecord.records import Record, Statement

RecordOf = Callable[[str], Record]
Said = list[tuple[str, str]]


def speaker(record: Record, statement: Statement) -> str:
    """The name of who speaks, the words of the source where it is nobody's."""
    actor = record.actor(statement.speaker_id)
    return actor.name if actor else " ".join(record.article.cut(s) for s in statement.source)


def speakers_of(record: Record, words: str, *, quoted: bool = True) -> list[str]:
    """Who says words, outside others' contents."""
    return [
        speaker(record, one)
        for one in record.statements
        if one.parent_id is None and not (quoted and one.kind == "indirect")
        for piece in one.content
        if words in record.article.cut(piece)
    ]


def case(name: str, text: str, *said: tuple[str, str]) -> object:
    return pytest.param(text, list(said), id=name)


SEVERAL = [
    case(
        "three in a row",
        "“The bridge is shut,” Mr Holm said. “It was never open,” Ms Vane said. "
        "“Somebody sold it,” Mr Okoro said.",
        ("Holm", "The bridge is shut"),
        ("Vane", "It was never open"),
        ("Okoro", "Somebody sold it"),
    ),
    case(
        "four, short answers",
        "“We heard two shots,” Ms Ferro said. “Three,” Mr Lang said. “I counted none,” "
        "Ms Adeyemi said. “I was asleep,” Mr Stroud said.",
        ("Ferro", "We heard two shots"),
        ("Adeyemi", "I counted none"),
        ("Stroud", "I was asleep"),
    ),
    case(
        "verb before the name",
        "“The harbour froze,” said Mr Dahl. “So did the river,” said Ms Quist. “We had no coal,” "
        "said Mr Brandvold. “Neither had we,” said Ms Ruud.",
        ("Dahl", "The harbour froze"),
        ("Quist", "So did the river"),
        ("Brandvold", "We had no coal"),
        ("Ruud", "Neither had we"),
    ),
    case(
        "other verbs",
        "“The fund is empty,” Ms Costa warned. “It is full,” Mr Alba insisted. "
        "“Nobody has looked,” Mr Reyes added.",
        ("Costa", "The fund is empty"),
        ("Alba", "It is full"),
        ("Reyes", "Nobody has looked"),
    ),
    case(
        "wrote",
        "“I signed,” Mr Petrov said. “I refused,” Ms Ivanova wrote. “I was not asked,” "
        "Mr Sokolov wrote.",
        ("Petrov", "I signed"),
        ("Ivanova", "I refused"),
        ("Sokolov", "I was not asked"),
    ),
    case(
        "two, straight marks",
        '"We lost the vote," Mr Amsel said. "We won it," Ms Drach said.',
        ("Amsel", "We lost the vote"),
        ("Drach", "We won it"),
    ),
    case(
        "countered",
        "“Taxes will fall,” Mr Hale said. “They will rise,” Ms Moreau countered. "
        "“They will not move,” Mr Hale replied.",
        ("Hale", "Taxes will fall"),
        ("Moreau", "They will rise"),
        ("Hale", "They will not move"),
    ),
    case(
        "a judge and a witness",
        "“Were you at the mill?” the prosecutor asked. “I was at home,” Mr Weir answered. "
        "“Who saw you there?” the prosecutor asked. “My sister did,” Mr Weir replied.",
        ("prosecutor", "Were you at the mill"),
        ("Weir", "I was at home"),
        ("prosecutor", "Who saw you there"),
        ("Weir", "My sister did"),
    ),
    case(
        "a reporter and a minister",
        "“Will you resign?” a reporter shouted. “I will not,” Ms Lacroix said. "
        "“Why should I?” she added.",
        ("reporter", "Will you resign"),
        ("Lacroix", "I will not"),
        ("Lacroix", "Why should I"),
    ),
    case(
        "goes on behind the tag",
        "“The road is closed,” Ms Berg said. “It opens in May.” “That is too late,” "
        "Mr Falk said. “We need it now.”",
        ("Berg", "The road is closed"),
        ("Berg", "It opens in May"),
        ("Falk", "That is too late"),
        ("Falk", "We need it now"),
    ),
    case(
        "goes on, next has a tag of its own",
        "“The pumps failed,” Mr Nunes said. “They failed twice.” “They were old,” Ms Pinto said.",
        ("Nunes", "The pumps failed"),
        ("Nunes", "They failed twice"),
        ("Pinto", "They were old"),
    ),
    case(
        "a tag in the midst",
        "“The town,” Mr Haddad said, “is lost.” “Not yet,” Ms Salim said.",
        ("Haddad", "The town"),
        ("Haddad", "is lost"),
        ("Salim", "Not yet"),
    ),
    case(
        "a colon before each",
        "Mr Osei said: “The mine is safe.” Ms Mensah said: “It is not.” "
        "Mr Boateng said: “I closed it.”",
        ("Osei", "The mine is safe"),
        ("Mensah", "It is not"),
        ("Boateng", "I closed it"),
    ),
    case(
        "a tag before and a tag behind",
        "Mr Kiplagat said: “The rains are late.” “They are early,” Ms Wanjiru said.",
        ("Kiplagat", "The rains are late"),
        ("Wanjiru", "They are early"),
    ),
    case(
        "paragraph by paragraph",
        "“The train was full,” Mr Novak said.\n\n“It was empty,” Ms Hruba said.\n\n"
        "“There was no train,” Mr Kolar said.",
        ("Novak", "The train was full"),
        ("Hruba", "It was empty"),
        ("Kolar", "There was no train"),
    ),
    case(
        "whom the quotation is about does not say it",
        "Mr Ito praised Ms Abe. “She kept the port open,” he noted.",
        ("Ito", "She kept the port open"),
    ),
    case(
        "about a man who is named last",
        "The mayor, Ines Prado, blamed Mr Gil for the fire. “He left the gate open,” she said.",
        ("Ines Prado", "He left the gate open"),
    ),
    case(
        "about a man, the tag names another",
        "Mr Orban met Mr Kohl on Monday. “He was late,” Ms Sand said. “He always is.”",
        ("Sand", "He was late"),
        ("Sand", "He always is"),
    ),
    case(
        "told, with whom",
        "“The vault was open,” Mr Reinholt told Ms Castle. “I locked it,” Ms Castle replied.",
        ("Reinholt", "The vault was open"),
        ("Castle", "I locked it"),
    ),
    case(
        "said to one, answered by the other",
        "“You broke the truce,” Mr Kamau said to Mr Otieno. “You broke it first,” Mr Otieno said.",
        ("Kamau", "You broke the truce"),
        ("Otieno", "You broke it first"),
    ),
]

REPLIES = [
    case(
        "the name behind the verb of a question",
        "“The road is closed,” said Maria Lindt. “Since when?” asked Tom Barr. “Since dawn,” "
        "Lindt replied.",
        ("Lindt", "The road is closed"),
        ("Barr", "Since when"),
        ("Lindt", "Since dawn"),
    ),
    case(
        "straight single quotes, a counter",
        "'We are tired,' said Anna Roth. 'We are not,' countered Max Bell. 'You never are,' Roth "
        "answered.",
        ("Roth", "We are tired"),
        ("Bell", "We are not"),
        ("Roth", "You never are"),
    ),
    case(
        "a quotation that goes on before another is introduced",
        "“It is not,” countered the engineer Paul Reyes. “Nobody has looked at it since March.” "
        "The mayor, Rosa Klein, wrote: “We have to wait.”",
        ("Reyes", "It is not"),
        ("Klein", "We have to wait"),
    ),
    case(
        "what is told goes on in a quotation before another is introduced",
        "Paul Reyes said the road was closed. “It has been for weeks.” Then Rosa Klein said: “We "
        "have to wait.”",
        ("Reyes", "It has been for weeks"),
        ("Klein", "We have to wait"),
    ),
    case(
        "asked and answered",
        "“Who sealed the hold?” the lawyer asked. “I never saw it,” Mr Holt answered. “And the "
        "key?” the lawyer asked.",
        ("lawyer", "Who sealed the hold"),
        ("Holt", "I never saw it"),
        ("lawyer", "And the key"),
    ),
    case(
        "answered by the one behind the verb",
        "“Who will pay?” asked the mayor, Lena Voss. “The state will,” answered Olaf Stein.",
        ("Voss", "Who will pay"),
        ("Stein", "The state will"),
    ),
    case(
        "shouted, cried, begged",
        "“Stop there,” shouted Jan Vos. “Never again,” cried Piet Bos. “Do,” begged Els Kok.",
        ("Vos", "Stop there"),
        ("Bos", "Never again"),
        ("Kok", "Do"),
    ),
    case(
        "an order and a refusal, the answer in two parts",
        '"Did you see the ship?" the captain asked. "No," the pilot replied. "It was dark." '
        '"Then look again," the captain ordered.',
        ("captain", "Did you see the ship"),
        ("pilot", "It was dark"),
        ("captain", "Then look again"),
    ),
    case(
        "an answer in a letter",
        "“Not one gate was checked,” Ms Aho wrote in her report. “All were checked,” the company "
        "answered in a letter. “That is a lie,” Ms Aho told reporters.",
        ("Aho", "Not one gate"),
        ("company", "All were checked"),
        ("Aho", "That is a lie"),
    ),
    case(
        "a question in the speaker's own words, then other people",
        "“The gate was shut,” Mr Phelps said. “Who had the key?” His neighbours "
        "had said they would look for it.",
        ("Phelps", "The gate was shut"),
        ("Phelps", "Who had the key"),
    ),
    case(
        "a question of one word",
        "“Why?” Ms Ekdahl asked. “Because it rains,” Mr Sund replied.",
        ("Sund", "Because it rains"),
    ),
    case(
        "asked whether",
        "Asked whether the dam would hold, Ms Tran said: “I do not know.” "
        "“She does know,” Mr Pham retorted.",
        ("Tran", "I do not know"),
        ("Pham", "She does know"),
    ),
    case(
        "to which",
        "“Leave the square,” the colonel ordered. “We live here,” Ms Darwish shot back.",
        ("colonel", "Leave the square"),
        ("Darwish", "We live here"),
    ),
    case(
        "responded",
        "“The ship is ours,” Mr Vuong said. “It is nobody's,” Mr Tan responded.",
        ("Vuong", "The ship is ours"),
        ("Tan", "It is nobody's"),
    ),
    case(
        "agreed",
        "“The price is too high,” Ms Bell said. “Far too high,” Mr Roche agreed.",
        ("Bell", "The price is too high"),
        ("Roche", "Far too high"),
    ),
    case(
        "a reply first, then who it was to",
        "“We will pay,” Mr Lund answered when Ms Holt asked who would pay.",
        ("Lund", "We will pay"),
    ),
    case(
        "a letter",
        "“The well is poisoned,” Dr Amari wrote in a letter. “It is clean,” the ministry replied.",
        ("Amari", "The well is poisoned"),
        ("ministry", "It is clean"),
    ),
]

SINGLE = [
    case(
        "two colons",
        "Ms Holt said: 'I won't go.' Mr Berg said: 'You will.'",
        ("Holt", "I won't go"),
        ("Berg", "You will"),
    ),
    case(
        "in a headline before the verb",
        "Minister 'won't answer' claims, says Lund",
        ("Lund", "won't answer"),
    ),
    case(
        "after a colon",
        "Ms Ortega said: 'The canal will open in June.'",
        ("Ortega", "The canal will open in June"),
    ),
    case(
        "before the tag",
        "'The canal is open,' Ms Ortega said.",
        ("Ortega", "The canal is open"),
    ),
    case(
        "with an apostrophe inside",
        "'We don't know who they were,' Mr Sayed said.",
        ("Sayed", "We don't know who they were"),
    ),
    case(
        "a part of the clause",
        "Ms Gray said the plan was 'dead on arrival' and would cost jobs.",
        ("Gray", "dead on arrival"),
    ),
    case(
        "a headline that ends in the mark",
        "Gray says she 'can't go on'",
        ("Gray", "can't go on"),
    ),
    case(
        "two speakers",
        "'The vote was fair,' Mr Banda said. 'It was stolen,' Ms Phiri said.",
        ("Banda", "The vote was fair"),
        ("Phiri", "It was stolen"),
    ),
    case(
        "goes on behind the tag",
        "'The fire began at noon,' Mr Kerr said. 'It burned all night.'",
        ("Kerr", "The fire began at noon"),
        ("Kerr", "It burned all night"),
    ),
    case(
        "owners' apostrophes quote nothing of their own",
        "The workers' leader, Mr Pohl, said: 'We're on strike until the owners' offer is better.'",
        ("Pohl", "until the owners' offer is better"),
    ),
    case(
        "curled",
        "‘The valley is ours,’ Mr Zeidan said. ‘We won’t leave it.’",
        ("Zeidan", "The valley is ours"),
        ("Zeidan", "We won’t leave it"),
    ),
]

PARAGRAPHS = [
    case(
        "a quotation over three paragraphs",
        "“The dam is safe,” Ms Lindqvist said. “We looked at every gate.\n\n"
        "“There was ice on two of them.\n\n“We cleared it by hand.”\n\nThe road stayed shut.",
        ("Lindqvist", "The dam is safe"),
        ("Lindqvist", "There was ice on two of them"),
        ("Lindqvist", "We cleared it by hand"),
    ),
    case(
        "with a cue inside",
        "“My brother called me,” Mr Haziri said. “He said the bridge was gone.\n\n"
        "“I did not believe him.”",
        ("Haziri", "My brother called me"),
        ("Haziri", "I did not believe him"),
    ),
    case(
        "a cue inside the second paragraph",
        "“We ran to the cellar,” Ms Olena Bilyk said.\n\n"
        "“The soldiers told us to stay there. We stayed for a week.”\n\n"
        "“Then they left,” she said.",
        ("Olena Bilyk", "We ran to the cellar"),
        ("Olena Bilyk", "Then they left"),
    ),
    case(
        "the next paragraph has its own tag",
        "“The well is dry,” Mr Abdi said. “We have walked for days.\n\n“The goats died.”\n\n"
        "“We have water for a week,” Ms Warsame said.",
        ("Abdi", "The goats died"),
        ("Warsame", "We have water for a week"),
    ),
    case(
        "announced by a colon at the end of a paragraph",
        "Ms Fournier told the inquiry:\n\n“The alarm had been switched off.”",
        ("Fournier", "The alarm had been switched off"),
    ),
]

MARKS = [
    case(
        "a tag without a space behind the mark",
        "“The ferry was overloaded,”Mr Tanaka said.",
        ("Tanaka", "The ferry was overloaded"),
    ),
    case(
        "comma behind the mark",
        '"The ferry sank", Mr Tanaka said.',
        ("Tanaka", "The ferry sank"),
    ),
    case(
        "angles",
        "«The border is open», Ms Rossi said. «It was never closed», Mr Conti said.",
        ("Rossi", "The border is open"),
        ("Conti", "It was never closed"),
    ),
    case(
        "low and high",
        "„The bank is solvent“, Mr Vogel said.",
        ("Vogel", "The bank is solvent"),
    ),
    case(
        "dash quotation",
        "— The pass is closed, said Mr Aliyev.\n\n— Since when? asked Ms Mammadova.",
        ("Aliyev", "The pass is closed"),
        ("Mammadova", "Since when?"),
    ),
    case(
        "an inner quotation is not the outer speaker's own",
        "“He shouted, ‘Nobody leaves the ship,’ and locked the door,” Ms Vidal said.",
        ("Vidal", "and locked the door"),
    ),
]


@pytest.mark.parametrize(("text", "said"), [*SEVERAL, *REPLIES, *SINGLE, *PARAGRAPHS, *MARKS])
def test_who_says_what(record_of: RecordOf, text: str, said: Said) -> None:
    record = record_of(text)
    found = [(words, speakers_of(record, words)) for _, words in said]
    assert all(len(names) == 1 for _, names in found), found
    assert all(name in names[0] for (name, _), (_, names) in zip(said, found, strict=True)), found


TRANSCRIPTS = [
    case(
        "a tabulated Q",
        "Q    Is the border open?\n\nMR. CARTER:  It is.\n\nQ    For whom?\n\n"
        "MR. CARTER:  For all who have a visa.",
        ("Q", "Is the border open?"),
        ("CARTER", "It is."),
        ("Q", "For whom?"),
        ("CARTER", "For all who have a visa."),
    ),
    case(
        "a Q with one space",
        "MS. LEE: Good afternoon.\n\nQ Has the president seen the report?\n\nMS. LEE: He has.",
        ("LEE", "Good afternoon."),
        ("Q", "Has the president seen the report?"),
        ("LEE", "He has."),
    ),
    case(
        "a Q behind a tab",
        "MR. NORTH: The bill is signed.\n\nQ\tBy whom?\n\nMR. NORTH: By her.",
        ("NORTH", "The bill is signed."),
        ("Q", "By whom?"),
        ("NORTH", "By her."),
    ),
    case(
        "a Q and an answer marked A",
        "Q. Who owns the ship?\n\nA. A firm in Lagos.\n\nQ. And the cargo?\n\nA. The bank.",
        ("Q", "Who owns the ship?"),
        ("A", "A firm in Lagos."),
        ("Q", "And the cargo?"),
        ("A", "The bank."),
    ),
    case(
        "a title without a dot",
        "QUESTION: Is there a truce?\n\nMS JENSEN: Since noon.\n\nQUESTION: With both?\n\n"
        "MS JENSEN: With both.",
        ("QUESTION", "Is there a truce?"),
        ("JENSEN", "Since noon."),
        ("QUESTION", "With both?"),
        ("JENSEN", "With both."),
    ),
    case(
        "a secretary",
        "SECRETARY HOLLIS: The embassy is open.\n\nQUESTION: Since when?\n\n"
        "SECRETARY HOLLIS: Since Monday.",
        ("HOLLIS", "The embassy is open."),
        ("QUESTION", "Since when?"),
        ("HOLLIS", "Since Monday."),
    ),
    case(
        "an office with its holder, later alone",
        "The Home Secretary (Ruth Abney): The fence will stay.\n\n"
        "Jane Marsh (Westbrook) (Lab): Who pays for it?\n\nThe Home Secretary: The county does.",
        ("Abney", "The fence will stay."),
        ("Marsh", "Who pays for it?"),
        ("Abney", "The county does."),
    ),
    case(
        "members with seat and party",
        "Dr Alan Poole (Harwick East) (LD): Has the minister read it?\n\n"
        "The Minister for Ports (Carol Finch): I have.\n\n"
        "Dr Poole: Then he knows.",
        ("Poole", "Has the minister read it?"),
        ("Finch", "I have."),
        ("Poole", "Then he knows."),
    ),
    case(
        "a chair",
        "The Chair: The hearing is open.\n\nMr Bright (Northmoor): I thank the Chair.\n\n"
        "The Chair: You may begin.",
        ("Chair", "The hearing is open."),
        ("Bright", "I thank the Chair."),
        ("Chair", "You may begin."),
    ),
    case(
        "Congress: a dot behind the name",
        "Mr. HARLAN. The bill is before us.\n\nMs. DUARTE. I rise to oppose it.\n\n"
        "Mr. HARLAN. I yield.",
        ("HARLAN", "The bill is before us."),
        ("DUARTE", "I rise to oppose it."),
        ("HARLAN", "I yield."),
    ),
    case(
        "Congress: with a state",
        "Mr. BOONE of Kansas. The farmers have waited a year.\n\n"
        "The SPEAKER. The time has expired.\n\nMr. BOONE of Kansas. I yield back.",
        ("BOONE", "The farmers have waited a year."),
        ("SPEAKER", "The time has expired."),
        ("BOONE", "I yield back."),
    ),
    case(
        "times before the names",
        "[00:01:12] Jane Roe: Where were you?\n[00:01:15] Sam Dow: At the pier.\n"
        "[00:01:20] Jane Roe: Alone?",
        ("Jane Roe", "Where were you?"),
        ("Sam Dow", "At the pier."),
        ("Jane Roe", "Alone?"),
    ),
    case(
        "times in round marks behind the names",
        "Jane Roe (00:12): Where were you?\nSam Dow (00:15): At the pier.\n"
        "Jane Roe (00:21): Alone?",
        ("Jane Roe", "Where were you?"),
        ("Sam Dow", "At the pier."),
        ("Jane Roe", "Alone?"),
    ),
    case(
        "times without marks",
        "10:02 MODERATOR: Welcome.\n10:03 ANNA FOSS: Thank you.\n10:04 MODERATOR: How is the sea?",
        ("MODERATOR", "Welcome."),
        ("ANNA FOSS", "Thank you."),
        ("MODERATOR", "How is the sea?"),
    ),
    case(
        "a time behind a name, words on the next line",
        "Jane Roe 0:01\nWhere were you?\n\nSam Dow 0:04\nAt the pier.\n\nJane Roe 0:09\nAlone?",
        ("Jane Roe", "Where were you?"),
        ("Sam Dow", "At the pier."),
        ("Jane Roe", "Alone?"),
    ),
    case(
        "initials",
        "JR: Where were you?\n\nSD: At the pier.\n\nJR: Alone?\n\nSD: With my son.",
        ("JR", "Where were you?"),
        ("SD", "At the pier."),
        ("JR", "Alone?"),
        ("SD", "With my son."),
    ),
    case(
        "initials with dots",
        "J.R.: Where were you?\n\nS.D.: At the pier.\n\nJ.R.: Alone?",
        ("J.R.", "Where were you?"),
        ("S.D.", "At the pier."),
        ("J.R.", "Alone?"),
    ),
    case(
        "two dots for a newspaper",
        "The Gazette: Why did you leave?\n\nLina Moss: I was tired.\n\nThe Gazette: Of what?\n\n"
        "Lina Moss: Of the snow.",
        ("Gazette", "Why did you leave?"),
        ("Lina Moss", "I was tired."),
        ("Gazette", "Of what?"),
        ("Lina Moss", "Of the snow."),
    ),
    case(
        "what was said over several lines",
        "MR. CARTER: The border is open.\n\nIt was closed for a week.\n\nQ    Why?\n\n"
        "MR. CARTER: Ask the neighbours.",
        ("CARTER", "The border is open."),
        ("CARTER", "It was closed for a week."),
        ("Q", "Why?"),
        ("CARTER", "Ask the neighbours."),
    ),
    case(
        "a stage direction behind the name",
        "MR. CARTER: (Laughing.) The border is open.\n\nQ    Really?\n\nMR. CARTER: Yes.",
        ("CARTER", "The border is open."),
        ("Q", "Really?"),
        ("CARTER", "Yes."),
    ),
    case(
        "Markdown around the names",
        "**Jane Roe:** Where were you?\n\n**Sam Dow:** At the pier.\n\n**Jane Roe:** Alone?",
        ("Jane Roe", "Where were you?"),
        ("Sam Dow", "At the pier."),
        ("Jane Roe", "Alone?"),
    ),
    case(
        "a bare Q and A, line by line",
        "Q: Are you afraid?\nA: No.\nQ: Why not?\nA: I am old.",
        ("Q", "Are you afraid?"),
        ("A", "No."),
        ("Q", "Why not?"),
        ("A", "I am old."),
    ),
    case(
        "an aside behind a name",
        "Ana (laughs): I was there.\nBo: When?\nAna: In May.",
        ("Ana", "I was there."),
        ("Bo", "When?"),
        ("Ana", "In May."),
    ),
    case(
        "participants and unknown speakers",
        "UNIDENTIFIED MALE: They came at night.\n\nDANA WELLS, CNN ANCHOR: Who came?\n\n"
        "UNIDENTIFIED MALE: Soldiers.\n\nWELLS: From where?",
        ("UNIDENTIFIED MALE", "They came at night."),
        ("WELLS", "Who came?"),
        ("UNIDENTIFIED MALE", "Soldiers."),
        ("WELLS", "From where?"),
    ),
]


@pytest.mark.parametrize(("text", "said"), TRANSCRIPTS)
def test_who_speaks_in_a_transcript(record_of: RecordOf, text: str, said: Said) -> None:
    record = record_of(text)
    found = [(words, speakers_of(record, words)) for _, words in said]
    assert all(len(names) == 1 for _, names in found), found
    assert all(
        name.lower() in names[0].lower() for (name, _), (_, names) in zip(said, found, strict=True)
    ), found


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        pytest.param(
            "LAGOS: Rebels took a fort on Monday, officials said.\n\nABUJA: The army denied it.",
            {"LAGOS", "ABUJA"},
            id="two datelines",
        ),
        pytest.param(
            "GENEVA: Talks on a truce opened on Tuesday.\n\nThe envoy said they went well.",
            {"GENEVA"},
            id="one dateline",
        ),
        pytest.param(
            "NEW DELHI: Farmers blocked two roads.\n\nISLAMABAD: Lorries waited at the border.\n\n"
            "NEW DELHI: Police cleared one road.",
            {"NEW DELHI", "ISLAMABAD"},
            id="datelines that come again",
        ),
        pytest.param(
            "BYLINE: Ana Ruiz\n\nLENGTH: 412 words\n\nDATELINE: Lima\n\nA quake shook Lima.",
            {"BYLINE", "LENGTH", "DATELINE"},
            id="fields of an archive",
        ),
        pytest.param(
            "SECTION: NEWS\n\nHEADLINE: Quake shakes Lima\n\nBODY: A quake shook Lima on Friday.",
            {"SECTION", "HEADLINE", "BODY"},
            id="more fields",
        ),
        pytest.param(
            "LOAD-DATE: May 3, 2015\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper",
            {"LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE"},
            id="fields with a hyphen",
        ),
        pytest.param(
            "TRIPOLI, LIBYA: Militias fought on Monday.\n\nTUNIS, TUNISIA: A ferry left.",
            {"TRIPOLI, LIBYA", "TUNIS, TUNISIA", "TRIPOLI", "TUNIS"},
            id="datelines with a country",
        ),
        pytest.param(
            "Beirut: A bank closed.\n\nDamascus: Bread is dear.\n\nBeirut: The bank opened again.",
            {"Beirut", "Damascus"},
            id="datelines not in capitals",
        ),
    ],
)
def test_datelines_and_fields_do_not_speak(
    record_of: RecordOf, text: str, nobody: set[str]
) -> None:
    record = record_of(text)
    assert nobody.isdisjoint(speaker(record, one) for one in record.statements)
