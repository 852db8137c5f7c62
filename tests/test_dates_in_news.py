"""Dates as news tells them: kinds that are easily read wrong, published on Tuesday 10 May 2022."""

import pytest

from factories import make_article
from onrecord.annotate import annotate
from onrecord.pipeline import Tools
from onrecord.resolve.dates import resolve_times

TUESDAY = "2022-05-10"

# A sentence, a day of publication behind "@" where it is another, and behind "=>" its dates.

SHORT_YEARS = """
The pact was signed on 16 May 17. @2017-05-20 => 16 May 17=2017-05-16
The pact was signed on 3 June 21. => 3 June 21=2021-06-03
He resigned on 28 Feb 22. => 28 Feb 22=2022-02-28
It was dated 9 Nov 89. => 9 Nov 89=1989-11-09
He was held from 4 May 20 to 6 June 21.
    => 4 May 20 to 6 June 21=2020-05-04/2021-06-06 ; 4 May 20=2020-05-04 ; 6 June 21=2021-06-06
It was signed on 4 May 22. => 4 May 22=2022-05-04
On 4 May 22 people were killed. => 4 May=2022-05-04
On 4 May 17 soldiers died. => 4 May=2022-05-04
On 16 April '21 the camp closed. => 16 April '21=2021-04-16
The raid was on May 4, '21. => May 4, '21=2021-05-04
He left on 1 March ’19. => 1 March ’19=2019-03-01
She was born on 2 March 68 in Oslo. => 2 March 68=1968-03-02
The raid of 7 Sept 04 was never explained. => 7 Sept 04=2004-09-07
On 9 April 12 rebels surrendered. => 9 April=2022-04-09
By 9 April 12,000 people had left. => 9 April=2022-04-09
The letter is dated 30 November 21; it has no stamp. => 30 November 21=2021-11-30
(Filed 5 Aug 20) => 5 Aug 20=2020-08-05
"""

WEEKS = """
They will meet on Monday week. => Monday week=2022-05-23
The vote is on Friday week. => Friday week=2022-05-20
The ministers will meet a week on Thursday. => a week on Thursday=2022-05-19
The court will rule on Thursday week. => Thursday week=2022-05-19
They will sign a week from Friday. => a week from Friday=2022-05-20 ; Friday=2022-05-13
The trial opens two weeks from Monday. => two weeks from Monday=2022-05-30 ; Monday=2022-05-16
The camp was shelled a week last Tuesday. => a week last Tuesday=2022-04-26
The camp was shelled a week ago last Friday. => a week ago last Friday=2022-04-29
He was arrested a week ago on Monday. => a week ago on Monday=2022-05-02
She was freed a week ago Sunday. => a week ago Sunday=2022-05-01
They fled two weeks ago on Saturday. => two weeks ago on Saturday=2022-04-23
The aid will come tomorrow week. => tomorrow week=2022-05-18
They meet today week. => today week=2022-05-17
The cabinet meets on Wednesday week. => Wednesday week=2022-05-18
The strike, due on Tuesday week, is off. => Tuesday week=2022-05-24
The hearing is set for a week on Monday. => a week on Monday=2022-05-23
She will return two weeks on Friday. => two weeks on Friday=2022-05-27
The bridge was blown up a week last Thursday. => a week last Thursday=2022-04-28
The bridge was blown up two weeks ago last Sunday. => two weeks ago last Sunday=2022-04-24
A week ago on Saturday he was in Rome. => A week ago on Saturday=2022-04-30
"""

WEEKDAYS_OF_A_MONTH = """
They met on the second Tuesday in June. @2022-09-10 => the second Tuesday in June=2022-06-14
They will vote on the first Monday of September. => the first Monday of September=2022-09-05
They will vote on the last Sunday in July. => the last Sunday in July=2022-07-31
Parliament sits on the third Thursday of May. => the third Thursday of May=2022-05-19
It was held on the 2nd Friday of March 2021. => the 2nd Friday of March 2021=2021-03-12
He died on the fourth Wednesday of April. => the fourth Wednesday of April=2022-04-27
The summit is on the third Friday in June. => the third Friday in June=2022-06-17
He was killed on the last Saturday of March. => the last Saturday of March=2022-03-26
The first Tuesday in November is polling day. @2022-10-10
    => The first Tuesday in November=2022-11-01
"""

BETWEEN = """
The talks will be held between 10 and 12 June. => 10 and 12 June=2022-06-10/2022-06-12
They met between April 3 and 5. => April 3 and 5=2022-04-03/2022-04-05
The town was shelled between 28 April and 2 May.
    => 28 April and 2 May=2022-04-28/2022-05-02 ; 28 April=2022-04-28 ; 2 May=2022-05-02
The army attacked between Monday and Wednesday. @2022-05-13
    => Monday and Wednesday=2022-05-09/2022-05-11 ; Monday=2022-05-09 ; Wednesday=2022-05-11
Between the 3rd and the 7th of April the town fell.
    => the 3rd and the 7th of April=2022-04-03/2022-04-07
The fair runs from 3 to 5 June. => 3 to 5 June=2022-06-03/2022-06-05
The fair ran from April 28 to May 1.
    => April 28 to May 1=2022-04-28/2022-05-01 ; April 28=2022-04-28 ; May 1=2022-05-01
The siege lasted between 3 and 9 April. => 3 and 9 April=2022-04-03/2022-04-09
The visit will take place between July 4 and 8. => July 4 and 8=2022-07-04/2022-07-08
Between 27 June and 3 July the ministers will meet.
    => 27 June and 3 July=2022-06-27/2022-07-03 ; 27 June=2022-06-27 ; 3 July=2022-07-03
"""

LISTS = """
They met on May 3, 4 and 5. => May 3=2022-05-03 ; 4=2022-05-04 ; 5=2022-05-05
They met on 3, 4 and 5 May. => 3=2022-05-03 ; 4=2022-05-04 ; 5 May=2022-05-05
They met on 3 and 6 May. => 3=2022-05-03 ; 6 May=2022-05-06
The polls were held on April 10 and 24. => April 10=2022-04-10 ; 24=2022-04-24
Talks were held on 7, 9 and 15 March 2021. => 7=2021-03-07 ; 9=2021-03-09 ; 15 March 2021=2021-03-15
The town was hit on March 2, 9 and 11, 2021.
    => March 2=2021-03-02 ; 9=2021-03-09 ; 11, 2021=2021-03-11
They met on May 3rd, 4th and 5th. => May 3rd=2022-05-03 ; 4th=2022-05-04 ; 5th=2022-05-05
They met on May 3 and 4. => May 3 and 4=2022-05-03/2022-05-04
On May 3, 4 people were killed. => May 3=2022-05-03
On May 3, 4 and 5 year-olds were vaccinated. => May 3=2022-05-03
Strikes hit the port on April 2, 8 and 19. => April 2=2022-04-02 ; 8=2022-04-08 ; 19=2022-04-19
Strikes hit the port on 2, 8 and 19 April. => 2=2022-04-02 ; 8=2022-04-08 ; 19 April=2022-04-19
Trains will stop on June 21, 23 and 25. => June 21=2022-06-21 ; 23=2022-06-23 ; 25=2022-06-25
Trains will stop on 21, 23 and 25 June, the union said.
    => 21=2022-06-21 ; 23=2022-06-23 ; 25 June=2022-06-25
The election will be on June 5 or 12. => June 5=2022-06-05 ; 12=2022-06-12
Shells fell on March 1, 2, 3 and 4, 2022.
    => March 1=2022-03-01 ; 2=2022-03-02 ; 3=2022-03-03 ; 4, 2022=2022-03-04
Units 12, 14 and 16 were hit. =>
On April 3, 14 and 2 half-sisters died. => April 3=2022-04-03
On May 2, 7 soldiers and 3 officers were killed. => May 2=2022-05-02
They met on May 3, 4 and 5, and again on 8 May.
    => May 3=2022-05-03 ; 4=2022-05-04 ; 5=2022-05-05 ; 8 May=2022-05-08
"""

WITH_A_WEEKDAY = """
The town was hit on Thursday, April 28. => Thursday, April 28=2022-04-28
He ruled from Thursday, August 18. @2022-09-01 => Thursday, August 18=2022-08-18
The office is closed from Thursday, August 18. @2022-08-01 => Thursday, August 18=2022-08-18
The fair opens on Friday 10 June. => Friday 10 June=2022-06-10
They met on Sunday, 1 May. => Sunday, 1 May=2022-05-01
He spoke on Monday (May 9). => Monday=2022-05-09 ; May 9=2022-05-09
They talked on Saturday, 7th May 2022. => Saturday, 7th May 2022=2022-05-07
The curfew runs from Thursday, May 12. => Thursday, May 12=2022-05-12
The ban holds from Monday, July 4. => Monday, July 4=2022-07-04
From Sunday, February 6, the town was under fire. => Sunday, February 6=2022-02-06
He spoke on Wednesday, May 4, 2022. => Wednesday, May 4, 2022=2022-05-04
It fell on Saturday 12 March 2022. => Saturday 12 March 2022=2022-03-12
"""

CONTRADICTED = """
He was shot on Friday, 5 May 2022. => Friday, 5 May 2022=-
They met on Monday, May 3, 2022. => Monday, May 3, 2022=-
They met on Monday, 3 May. => Monday, 3 May=2021-05-03
He spoke on Tuesday, May 4, 2022. => Tuesday, May 4, 2022=-
It fell on Friday 12 March 2022. => Friday 12 March 2022=-
"""

WHAT_BEFELL = """
The leader promised revenge for the raid Tuesday. @2022-05-13 => Tuesday=2022-05-10
He vowed to answer the attack on Sunday. => Sunday=2022-05-08
The minister said he would punish those behind Friday's bombing. => Friday=2022-05-06
They will mourn those killed on Monday. => Monday=2022-05-09
The group pledged more attacks after the strike on Saturday. => Saturday=2022-05-07
The court will hear the men arrested on Wednesday. => Wednesday=2022-05-04
The army will investigate the explosion Sunday. => Sunday=2022-05-08
He demanded an inquiry into the shooting on Thursday. => Thursday=2022-05-05
The president promised compensation for victims of the flood Friday. => Friday=2022-05-06
The ministry wants talks on Friday. => Friday=2022-05-13
The two sides agreed to talks on Thursday. => Thursday=2022-05-12
He will attend the funeral on Saturday. => Saturday=2022-05-14
He promised justice after the killings on Sunday. => Sunday=2022-05-08
The minister will visit survivors of the fire on Monday. => Monday=2022-05-16
They swore revenge for the bombing Thursday. => Thursday=2022-05-05
The premier must explain the shooting on Saturday. => Saturday=2022-05-07
The group threatened to strike again in reply to an attack on Friday. => Friday=2022-05-06
The army said it would respond to the shelling on Wednesday. => Wednesday=2022-05-04
The general will launch the attack on Sunday. => Sunday=2022-05-15
The union will hold a strike on Friday. => Friday=2022-05-13
The union will begin the strike on Friday. => Friday=2022-05-13
"""

DIARIES = """
The envoy travels to Ankara on Monday. => Monday=2022-05-16
The minister flies to Rome on Thursday. => Thursday=2022-05-12
Voters go to the polls on Sunday. => Sunday=2022-05-15
The president meets her on Friday. => Friday=2022-05-13
The king arrives in Oslo on Wednesday. => Wednesday=2022-05-11
The team heads to Lima on Saturday. => Saturday=2022-05-14
The minister visits Rome on Friday. => Friday=2022-05-13
Talks resume on Thursday. => Thursday=2022-05-12
The court hears the case on Monday. => Monday=2022-05-16
The sides are meeting in Bern on Friday. => Friday=2022-05-13
He is flying to Rome on Thursday. => Thursday=2022-05-12
Minister resigns on Monday => Monday=2022-05-09
Holy Week begins on Sunday. => Sunday=2022-05-15
The chancellor travels to Baku on Sunday. => Sunday=2022-05-15
The foreign minister heads to Cairo on Wednesday for talks. => Wednesday=2022-05-11
The two leaders meet in Geneva on Thursday. => Thursday=2022-05-12
Parliament convenes on Monday to elect a speaker. => Monday=2022-05-16
Ana Lund, who flies to Doha on Friday, said she was hopeful. => Friday=2022-05-13
The pope is visiting Malta on Saturday. => Saturday=2022-05-14
The envoy, who arrived on Monday, leaves on Thursday. => Monday=2022-05-09 ; Thursday=2022-05-12
A woman walks past a ruined house in Kharkiv on Monday. => Monday=2022-05-09
PM meets king on Monday => Monday=2022-05-09
The mayor says the town was shelled on Monday. => Monday=2022-05-09
They want the men freed by Friday. => Friday=2022-05-13
"""

MONTHS = """
In December the army withdrew. @2022-03-10 => December=2021-12
The town fell in December. @2022-03-10 => December=2021-12
In December, rebels seized the port. @2022-03-10 => December=2021-12
Elections will be held in December. @2022-03-10 => December=2022-12
The ceasefire that began in November has collapsed. @2022-03-10 => November=2021-11
He was arrested in June. @2022-03-10 => June=2021-06
The vote is in September. @2022-03-10 => September=2022-09
The deal expires in October. @2022-03-10 => October=2022-10
The two signed a deal in May. @2022-03-10 => May=2021-05
It has been closed since December. @2022-03-10 => December=2021-12
The accord, dated 12 Jan 19, was never published. => 12 Jan 19=2019-01-12
In November the rebels took the dam. @2022-02-03 => November=2021-11
The dam, which the rebels took in October, was mined. @2022-02-03 => October=2021-10
Voting is in August. @2022-02-03 => August=2022-08
The trial is in October. @2022-02-03 => October=2022-10
He has been in jail since September. @2022-02-03 => September=2021-09
"""

EDGES = """
The camp will close at the end of May. => the end of May=2022-05
The army will leave by the end of May. => the end of May=2022-05-31
They will be home before the end of June. => the end of June=2022-06
He was in power until the end of March. => the end of March=2022-03
The term starts at the beginning of September. => the beginning of September=2022-09
They fled at the start of April. => the start of April=2022-04
They fled in the middle of April. => the middle of April=2022-04
They fled in late April. => late April=2022-04
Elections are due in early July. => early July=2022-07
They withdrew towards the end of April. => the end of April=2022-04
The lease runs out at the end of May. => the end of May=2022-05
The start of May saw heavy fighting. => The start of May=2022-05
Prices fell at the beginning of March. => the beginning of March=2022-03
He wants it done by the end of December. => the end of December=2022-12-31
In mid-May the river rose. @2022-06-10 => mid-May=2022-05
During May 200 people fled. @2022-06-10 => May=2022-05
"""

OTHERS = """
The bill passes next week. => next week=2022-05-16/2022-05-22
He was born on 30 February 2001. => 30 February 2001=-
The talks resume tomorrow morning. => tomorrow morning=2022-05-11
It was signed on 05/06/2021. => 05/06/2021=-
It was signed on 25/06/2021. => 25/06/2021=2021-06-25
They fled the day before yesterday. => the day before yesterday=2022-05-08 ; yesterday=2022-05-09
They will meet the day after tomorrow. => the day after tomorrow=2022-05-12 ; tomorrow=2022-05-11
He left three days ago. => three days ago=2022-05-07
He left last Friday. => last Friday=2022-05-06
They meet next Tuesday. => next Tuesday=2022-05-17
He left on Monday last week. => Monday last week=2022-05-02
He died last month. => last month=2022-04
She returns next month. => next month=2022-06
They met in the first week of April. => the first week of April=2022-04-01/2022-04-07
It was in Q3 2021. => Q3 2021=2021-07/2021-09
The firm lost money in the third quarter. =>
The treaty was signed in spring 2020. => spring 2020=2020-03/2020-05
He ruled for 20 years. =>
He may march in June. => June=2022-06
Sales slumped in Q1 2020. => Q1 2020=2020-01/2020-03
Sales slumped in Q4 of 2021. => Q4 of 2021=2021-10/2021-12
Theresa May was in office. =>
"""

MIXED = """
The accord was initialled on 23 Nov 20. => 23 Nov 20=2020-11-23
It will be debated on Sunday week. => Sunday week=2022-05-22
He fled a week last Friday. => a week last Friday=2022-04-29
They met on the third Monday in March. => the third Monday in March=2022-03-21
The army struck between 5 and 8 May. => 5 and 8 May=2022-05-05/2022-05-08
Polls close on May 14, 15 and 16. => May 14=2022-05-14 ; 15=2022-05-15 ; 16=2022-05-16
The shop shut from Friday, April 1. => Friday, April 1=2022-04-01
He swore vengeance for the ambush Monday. => Monday=2022-05-09
The king flies to Amman on Saturday. => Saturday=2022-05-14
The rebels took the town in November. => November=2021-11
The army will go at the end of May. => the end of May=2022-05
He was seen on Sunday, 3 May 2022. => Sunday, 3 May 2022=-
On Monday, Wednesday and Friday they protest.
    => Monday=2022-05-09 ; Wednesday=2022-05-04 ; Friday=2022-05-06
The team travels to Kyiv next Monday. => next Monday=2022-05-16
The talks were on 2 and 4 May 2022. => 2=2022-05-02 ; 4 May 2022=2022-05-04
The minister leaves for Riga on Thursday. => Thursday=2022-05-12
The chief warned of revenge for the murder on Friday. => Friday=2022-05-06
"""

TABLES = (
    MIXED,
    SHORT_YEARS,
    WEEKS,
    WEEKDAYS_OF_A_MONTH,
    BETWEEN,
    LISTS,
    WITH_A_WEEKDAY,
    CONTRADICTED,
    WHAT_BEFELL,
    DIARIES,
    MONTHS,
    EDGES,
    OTHERS,
)
ROWS = [row for table in TABLES for row in table.strip().replace("\n   ", "").splitlines()]


@pytest.mark.parametrize("row", ROWS)
def test_dates_of_a_sentence(tools: Tools, row: str) -> None:
    told, _, listed = row.partition(" =>")
    text, _, published = told.partition(" @")
    article = make_article(text, published=published or TUESDAY, published_from="given")
    times = resolve_times(article, annotate(text, tools.onepass.read(text), tools.nlp))
    found = [f"{text[time.span.start : time.span.end]}={time.value or '-'}" for time in times]
    assert found == [one.strip() for one in listed.split(" ; ") if one.strip()]


def test_a_short_year_needs_a_day_of_publication(tools: Tools) -> None:
    text = "The pact was signed on 16 May 17."
    article = make_article(text, published=None, published_from=None)
    (time,) = resolve_times(article, annotate(text, tools.onepass.read(text), tools.nlp))
    assert time.value is None
