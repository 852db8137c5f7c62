"""What phrases mean: one table for each way a date is told, read on Friday 11 March 2022."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language.calendar import Moment, period_from_iso
from onrecord.resolve.dates import resolve_date
from onrecord.resolve.dates.finding import find_dates
from onrecord.resolve.dates.forms import Now

FRIDAY = "2022-03-11"

BY_THEMSELVES = """
10 March 2022                         2022-03-10
10th March 2022                       2022-03-10
10th of March, 2022                   2022-03-10
the 10th of March 2022                2022-03-10
March 10, 2022                        2022-03-10
March 10th, 2022                      2022-03-10
March 10 2022                         2022-03-10
Mar. 10, 2022                         2022-03-10
10 Mar 2022                           2022-03-10
1 Sept 2014                           2014-09-01
Thursday 10 March 2022                2022-03-10
Thursday, March 10, 2022              2022-03-10
2022-03-10                            2022-03-10
2022/03/10                            2022-03-10
2022-03-10T09:30                      2022-03-10
23/03/2022                            2022-03-23
03/23/2022                            2022-03-23
03/03/2022                            2022-03-03
23.3.2022                             2022-03-23
10/03/2022                            -
31 February 2022                      -
45/13/2022                            -
March 2022                            2022-03
March of 2022                         2022-03
early March 2022                      2022-03
mid-March 2022                        2022-03
2014                                  2014
mid-2019                              2019
late 2013                             2013
early in 2016                         2016
the 2014 annexation                   2014
2011's uprising                       2011
the 2003 photo op                     2003
in 1683, at Vienna                    1683
2014-15                               2014/2015
1980–88                               1980/1988
2014 and 2015                         2014/2015
the 1990s                             1990/1999
the early 1990s                       1990/1999
1970s                                 1970/1979
the 90s                               1990/1999
the ’90s                              1990/1999
the mid-90s                           1990/1999
the sixties                           1960/1969
the 20th century                      1900/1999
the early 21st century                2000/2099
the summer of 2014                    2014-06/2014-08
summer 2014                           2014-06/2014-08
autumn of 2015                        2015-09/2015-11
fall 2015                             2015-09/2015-11
winter 2021-22                        2021-12/2022-02
the winter of 2021                    2021-12/2022-02
the first quarter of 2022             2022-01/2022-03
the fourth quarter of 2021            2021-10/2021-12
the second half of 2014               2014-07/2014-12
the first four months of 2018          2018-01/2018-04
the last ten days of March 2022       2022-03-22/2022-03-31
the first Thursday of February 2024   2024-02-01
the last Friday in March 2022         2022-03-25
the second Friday of March 2022       2022-03-11
the third Friday of March 2022        2022-03-18
the fourth Friday of March 2022       2022-03-25
the 4th Friday of March 2022          2022-03-25
the second week of March 2022         2022-03-08/2022-03-14
the third quarter of 2021             2021-07/2021-09
the last quarter of 2021              2021-10/2021-12
the first half of 2014                2014-01/2014-06
on 6 may 2024                         2024-05-06
between 8 and 15 March 2023           2023-03-08/2023-03-15
the first week of March 2022          2022-03-01/2022-03-07
the last week of February 2022        2022-02-22/2022-02-28
the last day of February 2024         2024-02-29
the week of 7 March 2022              2022-03-07/2022-03-13
the end of 2014                       2014
by the end of 2014                    2014-12-31
the end of February 2024              2024-02
by the end of February 2024           2024-02-29
the beginning of 2014                 2014
the start of May 2014                 2014-05
the middle of 2014                    2014
the morning of 10 March 2022          2022-03-10
7-13 March 2022                       2022-03-07/2022-03-13
7 to 13 March 2022                    2022-03-07/2022-03-13
from 7 to 13 March 2022               2022-03-07/2022-03-13
between 7 and 8 March 2022            2022-03-07/2022-03-08
March 7-13, 2022                      2022-03-07/2022-03-13
March 7 through 13, 2022              2022-03-07/2022-03-13
from 2011 to 2014                     2011/2014
between 2011 and 2014                 2011/2014
2000-2050                             2000/2050
1939–1945                             1939/1945
between July 2003 and December 2004   2003-07/2004-12
from 28 February to 3 March 2022      2022-02-28/2022-03-03
December 20 to January 3, 2015        2014-12-20/2015-01-03
from March to May 2014                2014-03/2014-05
from March 2014 to 5 May 2015         2014-03/2015-05-05
the eve of 24 February 2022           2022-02-23
the day before 24 February 2022       2022-02-23
the day after the 14 July 2016 attack 2016-07-15
two days after 24 February 2022       2022-02-26
three weeks before March 10, 2022     2022-02-17
a year after March 2014               2015
9/11                                  2001-09-11
the September 11 attacks              2001-09-11
"""

FROM_PUBLICATION = """
March 10                              2022-03-10
10 March                              2022-03-10
10th of March                         2022-03-10
March 11                              2022-03-11
April 20                              2021-04-20
March 20                              2022-03-20
20 December                           2021-12-20
Jan. 6                                2022-01-06
Thursday 10 March                     2022-03-10
Saturday, March 12                    2022-03-12
Saturday, April 23                    -
Friday 13 November                    2020-11-13
10 March last year                    2021-03-10
March last year                       2021-03
early March of last year              2021-03
7-13 March                            2022-03-07/2022-03-13
March 7 through 13                    2022-03-07/2022-03-13
10 and 11 March                       2022-03-10/2022-03-11
from January 23 through March 9       2022-01-23/2022-03-09
March                                 2022-03
early March                           2022-03
since February                        2022-02
in April                              2021-04
last March                            2021-03
last April                            2021-04
this March                            2022-03
next March                            2023-03
next April                            2022-04
next February                         2023-02
last May                              2021-05
this April                            2021-04
February’s offensive                  2022-02
in May                                2021-05
since May                             2021-05
last May                              2021-05
between March and May                 2022-03/2022-05
from November to January              2021-11/2022-01
Friday                                2022-03-11
on Friday night                       2022-03-11
until Friday                          2022-03-11
Monday                                2022-03-07
Saturday                              2022-03-05
10am on Monday                        2022-03-07
early on Monday                       2022-03-07
the early hours of Monday             2022-03-07
last Monday                           2022-03-07
last Friday                           2022-03-04
next Tuesday                          2022-03-15
next Friday                           2022-03-18
this coming Sunday                    2022-03-13
this past Sunday                      2022-03-06
Monday of last week                   2022-02-28
Tuesday next week                     2022-03-15
Monday to Wednesday                   2022-03-07/2022-03-09
from Friday to Sunday                 2022-03-11/2022-03-13
three days after Monday               2022-03-10
from March 1 through Sunday           2022-03-01/2022-03-06
a week before Monday                  2022-02-28
today                                 2022-03-11
tonight                               2022-03-11
this morning                          2022-03-11
yesterday                             2022-03-10
yesterday afternoon                   2022-03-10
last night                            2022-03-10
tomorrow                              2022-03-12
overnight                             2022-03-10/2022-03-11
over the weekend                      2022-03-05/2022-03-06
this weekend                          2022-03-05/2022-03-06
last weekend                          2022-03-05/2022-03-06
next weekend                          2022-03-19/2022-03-20
last week                             2022-02-28/2022-03-06
this past week                        2022-02-28/2022-03-06
this week                             2022-03-07/2022-03-13
earlier this week                     2022-03-07/2022-03-13
later this week                       2022-03-07/2022-03-13
next week                             2022-03-14/2022-03-20
early next week                       2022-03-14/2022-03-20
the end of this week                  2022-03-07/2022-03-13
by the end of this week               2022-03-13
last month                            2022-02
earlier this month                    2022-03
later this month                      2022-03
the end of the month                  2022-03
by the end of this month              2022-03-31
next month                            2022-04
this year                             2022
late last year                        2021
earlier this year                     2022
earlier in the year                   2022
by year end                           2022-12-31
by the end of the year                2022-12-31
the end of last year                  2021
the first half of last year           2021-01/2021-06
next year                             2023
this decade                           2020/2029
last century                          1900/1999
a week ago                            2022-03-04
a fortnight ago                       2022-02-25
two days ago                          2022-03-09
a couple of days ago                  2022-03-09
six months ago                        2021-09
three years ago                       2019
[Ten] years ago                       2012
twenty-two years ago                  2000
22 years ago                          2000
a year and a half ago                 2020-09
two-and-a-half years ago              2019-09
the past seven-and-a-half years       2014-09/2022-03
the past month of air strikes         2022-02/2022-03
a week from tonight                   2022-03-18
the first Thursday of February        2022-02-03
between Feb 8 and 25                  2022-02-08/2022-02-25
since 6 march                         2022-03-06
a decade ago                          2012
two decades ago                       2002
a century ago                         1922
3,000 years ago                       -
two weeks from now                    2022-03-25
in three days’ time                   2022-03-14
in the past 24 hours                  2022-03-10/2022-03-11
the last 48 hours                     2022-03-09/2022-03-11
the past week                         2022-03-04/2022-03-11
the past 10 days                      2022-03-01/2022-03-11
the last three months                 2021-12/2022-03
the past year                         2021-03/2022-03
the past five years                   2017-03/2022-03
last 30 years                         1992-03/2022-03
the past two decades                  2002-03/2022-03
last spring                           2021-03/2021-05
this spring                           2022-03/2022-05
next spring                           2023-03/2023-05
last summer                           2021-06/2021-08
over the summer                       2021-06/2021-08
this autumn                           2022-09/2022-11
last winter                           2021-12/2022-02
Christmas Day                         2021-12-25
before Christmas                      2021-12-25
New Year's Eve                        2021-12-31
New Years Eve                         2021-12-31
New Year’s Day                        2022-01-01
Easter Sunday                         2021-04-04
Good Friday                           2021-04-02
"""

AHEAD = """
Friday                                2022-03-11
Monday                                2022-03-14
Saturday                              2022-03-12
March 11                              2022-03-11
March 20                              2022-03-20
2 January                             2023-01-02
Friday 13 January                     2023-01-13
from March 20 to 3 April              2022-03-20/2022-04-03
March                                 2022-03
February                              2023-02
March 1                               2022-03-01
New Year’s Eve                        2022-12-31
between June and July                 2022-06/2022-07
from Monday to Wednesday              2022-03-14/2022-03-16
over the weekend                      2022-03-12/2022-03-13
this weekend                          2022-03-12/2022-03-13
over the summer                       2022-06/2022-08
the next two years                    2022-03/2024-03
the next 10 days                      2022-03-11/2022-03-21
the coming week                       2022-03-11/2022-03-18
by Christmas                          2022-12-25
Easter Monday                         2022-04-18
"""

NO_DATES = """
for two years
a two-year war
every Friday
each year in August
one Friday
on a Wednesday morning
the last few days
recent months
weeks later
to this day
an hour ago
2,000 people
2014 soldiers
more than 2000
nearly 2014
$2014
2,014 euros
2020%
2020.5 points
Flight MH2017
resolution 1973
Case 2000
the Europe of today
Today’s Russia is a new state
6 may have died
of 6 may have died
20:14
Theresa May
may go
the troops march on
his thirties
the Today programme
April Smith
the weekend she left
a 19th-century church
"""


def rows(table: str) -> list[tuple[str, str | None]]:
    """The phrases of a table, each with its value; "-" is none."""
    pairs = [line.rsplit(maxsplit=1) for line in table.strip().splitlines()]
    return [(phrase.strip(), None if value == "-" else value) for phrase, value in pairs]


@pytest.mark.parametrize(("phrase", "value"), rows(BY_THEMSELVES))
def test_dates_that_stand_by_themselves(phrase: str, value: str | None) -> None:
    assert resolve_date(phrase, published=FRIDAY) == value
    assert resolve_date(phrase) == value


@pytest.mark.parametrize(("phrase", "value"), rows(FROM_PUBLICATION))
def test_dates_told_from_the_publication(phrase: str, value: str | None) -> None:
    assert resolve_date(phrase, published=FRIDAY) == value
    assert resolve_date(phrase) is None


@pytest.mark.parametrize(("phrase", "value"), rows(AHEAD))
def test_dates_in_a_clause_about_the_future(phrase: str, value: str | None) -> None:
    assert resolve_date(phrase, published=FRIDAY, ahead=True) == value


@pytest.mark.parametrize("phrase", NO_DATES.strip().splitlines())
def test_what_only_looks_like_a_date(phrase: str) -> None:
    assert resolve_date(phrase, published=FRIDAY) is None


def test_the_tables_are_long() -> None:
    assert len(rows(BY_THEMSELVES) + rows(FROM_PUBLICATION) + rows(AHEAD)) >= 150


@pytest.mark.parametrize(
    ("phrase", "published", "value"),
    [
        ("last year", "2022", "2021"),
        ("last year", "2022-03", "2021"),
        ("last month", "2022-03", "2022-02"),
        ("last month", "2022", None),
        ("three years ago", "2022", "2019"),
        ("Monday", "2022-03", None),
        ("last week", "2022-03", None),
        ("last summer", "2022-08-15", "2021-06/2021-08"),
        ("last summer", "2022-10-01", "2022-06/2022-08"),
        ("last summer", "2022-06-01", "2021-06/2021-08"),  # it began today
        ("last summer", "2022-08-31", "2021-06/2021-08"),  # it ends today
        ("last summer", "2022-09-01", "2022-06/2022-08"),
        ("next summer", "2022-05-31", "2022-06/2022-08"),
        ("next summer", "2022-06-01", "2023-06/2023-08"),
        ("next summer", "2022-08-31", "2023-06/2023-08"),
        ("this autumn", "2018-12-21", "2018-09/2018-11"),
        ("this weekend", "2022-03-12", "2022-03-12/2022-03-13"),
        ("over the weekend", "2022-03-13", "2022-03-12/2022-03-13"),
        ("2,000 years ago", "2022-03-11", None),
        ("the past 999 decades", "2022-03-11", None),
        ("yesterday", "0001-01-01", None),
        ("29 February", "2023-03-11", None),
    ],
)
def test_other_days_of_publication(phrase: str, published: str, value: str | None) -> None:
    assert resolve_date(phrase, published=published) == value


PIECES = (
    "the last next past two 31 30 2022 2,014 1999 9999 day days week month years ago later "
    "earlier that May March 29 February Feb. Monday today of same following 1990s - / , to "
    "from and between end eve before after weekend summer decades century half quarter first "
    "Easter 999 overnight coming this through 2014-15 9/11 31/12/1999 one night previous "
    "-year year 24 hours a [ten]"
).split()


@settings(max_examples=500, deadline=None)
@given(
    words=st.lists(st.sampled_from(PIECES), max_size=8),
    published=st.none() | st.dates().map(str),
    ahead=st.booleans(),
)
def test_any_phrase_gives_a_date_an_interval_or_nothing(
    words: list[str], published: str | None, ahead: bool
) -> None:
    value = resolve_date(" ".join(words), published=published, ahead=ahead)
    if value is not None:
        found = period_from_iso(value)
        assert found is not None
        assert found.iso == value
        assert found.start.as_date <= found.end.last_day


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("December", "2021-12"),
        ("July", "2021-07"),  # eight months back
        ("June", "2022-06"),  # nine: the one to come is likelier
        ("April", "2022-04"),
        ("March", "2022-03"),
        ("last June", "2021-06"),
        ("next December", "2022-12"),
    ],
)
def test_a_month_far_back_is_rather_one_to_come_where_no_tense_tells(
    phrase: str, value: str
) -> None:
    now = Now(Moment(2022, 3, 11))
    (found,) = find_dates(phrase, now_at=lambda _: now, tense_at=lambda _: "open")
    assert found.value == value
