"""Figures as news tells them: kinds that are easily read wrong."""

from collections.abc import Callable

import pytest

from onrecord.records import Figure, Record

RecordOf = Callable[[str], Record]

# A sentence, and behind "=>" its figures: measure, low and high, "-" for an open bound.

AGES = """
The gunman killed a teacher, 41, and a nurse, 29. =>
Two brothers, 12 and 15, were killed by the mine. => killed 2 2
Police arrested a man, 33, after the attack. =>
The dead were named as Lena Ost, 62, and Karl Ost, 64. =>
A 19-year-old soldier was killed. =>
Three girls aged 7, 9 and 11 died in the fire. => killed 3 3
The shelling wounded Olga Petrenko (52) and her grandson (6). =>
A 70-year-old woman and two men in their 30s were hurt. => wounded 2 2
Ivan Kral, 48, was shot dead; his son, 17, is missing. =>
The victims, aged between 15 and 60, died at the scene. =>
A mother, 38, was killed and her son, 4, was wounded. =>
Omar, 10, lost both legs. =>
A farmer, 55, and four labourers were abducted. => abducted 4 4
Her sons, 5 and 8, were unharmed. =>
The sisters (11 and 14) were found dead. =>
Two pilots, 31 and 44, were killed. => killed 2 2
Three men, 20, 22 and 25, were arrested. => detained 3 3
A doctor, 50, a driver, 28, and a guard, 61, were abducted. =>
Police shot a boy of 14. =>
A man in his 40s was killed. =>
The 34-year-old was wounded. =>
Lund, now 71, led 300 rebels. => fighters 300 300
The suspect, 26, wounded 9 people. => wounded 9 9
At 17, he joined the army. =>
A baby aged three months was killed. =>
He was 45. =>
She is 30 and has two children. => children 2 2
"""

NO_FIGURES = """
Profits fell in Q3, the bank said. =>
The home side won 3-1 on Sunday. =>
Lund beat Berg 6-4, 7-5 to reach the final. =>
The shell hit a house at 14 Harbour Street. =>
The flat is at 221 Mill Road, police said. =>
He lives in room 12 of the hostel. =>
Brigade 72 moved to the front. =>
The bus left from platform 9. =>
Resolution 2231 was adopted. =>
Article 5 was invoked. =>
The plane, a Boeing 737, landed safely. =>
Flight 370 vanished from the screens. =>
They lost 4-2 on penalties. =>
The G7 met in Bari. =>
The quake had a magnitude of 6.4. =>
Temperatures reached 41 degrees. =>
The M5 motorway was closed. =>
Channel 4 showed the film. =>
Flight 815 is missing. =>
Unit 7 was destroyed. =>
The men were taken to Ward 4. =>
Highway 12 is blocked. =>
Prisoner 46 died on Monday. =>
Chapter 9 deals with the war. =>
Gate 3 was bombed. =>
Line 2 of the metro is closed. =>
The number 14 bus was hit. =>
He wore the number 10 shirt. =>
Page 40 names the dead. =>
Battalion 5 lost 30 men. => killed 30 30
Berg beat Ruiz 3-0. =>
The vote was 52-48. =>
Police Station 4 was attacked. =>
The Euro 2020 final was held in London. =>
It is a 5-star hotel. =>
COVID-19 killed 40 people. => killed 40 40
An F-16 was shot down. =>
He drove 300 km. =>
The blaze burned 40 hectares. =>
"""

WORDS = """
Two dozen sailors are missing. => missing 24 24
At least two dozen miners were trapped. => trapped 24 -
A dozen protesters were arrested. => detained 12 12
Half a dozen activists were detained. => detained 6 6
About half a dozen rebels were killed. => killed 6 6
Police detained a half-dozen students. => detained 6 6
Four dozen villagers were evacuated. => evacuated 48 48
Several dozen people were hurt. => wounded 24 -
Dozens of passengers were wounded. => wounded 24 -
Two and a half million people fled. => displaced 2500000 2500000
Some two and a half thousand fighters surrendered. => fighters 2500 2500
A quarter of a million people were displaced. => displaced 250000 250000
Three quarters of a million people lack water. => affected 750000 750000
One and a half million refugees crossed the river. => refugees 1500000 1500000
A million and a half children need food. => children 1500000 1500000
More than a quarter of a million civilians were evacuated. => evacuated 250000 -
Nearly half a million were displaced. => displaced 500000 500000
Over one-and-a-half million people were affected. => affected 1500000 -
3½ million people fled. => displaced 3500000 3500000
4 1/2 thousand soldiers were wounded. => wounded 4500 4500
Half a dozen houses burned down. =>
Three and a half million refugees crossed. => refugees 3500000 3500000
Four-and-a-half thousand soldiers died. => killed 4500 4500
A half-million people fled. => displaced 500000 500000
The blast killed a half dozen guards. => killed 6 6
A couple of dozen protesters were held. => detained 24 -
A hundred people were injured. => wounded 100 100
A hundred and twenty men were freed. => evacuated 120 120
Twenty-five hundred troops were deployed. => troops 2500 2500
One hundred and five miners were trapped. => trapped 105 105
Two hundred thousand people were displaced. => displaced 200000 200000
More than 1 1/2 million people were displaced. => displaced 1500000 -
Well over two dozen students were kidnapped. => abducted 24 -
Just under 3,000 people fled. => displaced - 3000
Hundreds of thousands fled. => displaced 200000 -
Tens of millions of voters took part. => other 20000000 -
"""

DIGITS = """
Some 12 000 people fled the town. => displaced 12000 12000
About 1 200 000 refugees were registered. => refugees 1200000 1200000
The ministry has 45'000 soldiers. => troops 45000 45000
The ministry has 45’000 soldiers. => troops 45000 45000
The fleet lost 1.500 sailors. => killed 1500 1500
Around 20.000 troops took part. => troops 20000 20000
The region received 3.500.000 euros. => money 3500000 3500000
The budget is 2,5 million euros. => money 2500000 2500000
12,00,000 voters were registered. => other 1200000 1200000
Some 12\u00a0000 people fled the town. => displaced 12000 12000
Some 12\u202f000 people fled the town. => displaced 12000 12000
Some 12\u2009000 people fled the town. => displaced 12000 12000
"""

SCALES = """
The bank was fined $1.2 bln. => money 1200000000 1200000000
The fund gave 30 mln euros. => money 30000000 30000000
The repairs cost 5 mn dollars. => money 5000000 5000000
The state spent Rs 20 crore on shelters. => money 200000000 200000000
Over 2 lakh people were displaced. => displaced 200000 -
Nearly 1.5 lakh residents were evacuated. => evacuated 150000 150000
About 4 crore voters took part. => other 40000000 40000000
The plan costs ₹3 lakh crore. => money 3000000000000 3000000000000
The firm paid €2.5bn. => money 2500000000 2500000000
The firm paid 300m pounds. => money 300000000 300000000
Some 1.3m people fled. => displaced 1300000 1300000
Some 40k people marched. => other 40000 40000
The army bought arms worth US$3 trillion. => money 3000000000000 3000000000000
The aid is worth 2.1 billion US dollars. => money 2100000000 2100000000
"""

SHARES = """
One in five soldiers deserted. =>
One in three children is hungry, the agency said. =>
Two in five women had been hurt. =>
Three out of four families have lost a home. =>
One out of every ten nurses left. =>
Nine out of 10 residents fled. =>
1 in 6 patients died. =>
"""

RANGES = """
Some 50-60 people were arrested. => detained 50 60
Between 20 and 25 people were killed. => killed 20 25
10 to 15 houses burned and 3 people died. => killed 3 3
From 200 to 300 fighters remain there. => fighters 200 300
Two or three men were wounded. => wounded 2 3
About 100–150 demonstrators were detained. => detained 100 150
Between 1.1 million and 1.4 million people fled. => displaced 1100000 1400000
The deal is worth $3-4 billion. => money 3000000000 4000000000
Some two to three thousand troops were sent. => troops 2000 3000
Five or more people were killed. => killed 5 -
15 or so people were hurt. => wounded 15 15
The town needs two, three, 400 soldiers. => troops 200 400
They want five, six, 700 police officers. => other 500 700
Between 2 million and 3 million people fled. => displaced 2000000 3000000
Between two and three dozen rebels died. => killed 24 36
From 40 to 50 people were killed. => killed 40 50
Between 30,000 and 40,000 soldiers were killed. => killed 30000 40000
Seven to ten sailors drowned. => killed 7 10
Three or four policemen were hurt. => wounded 3 4
Between $2 million and $3 million was stolen. => money 2000000 3000000
A few hundred people were detained. => detained 200 -
80 or more houses burned; 12 or so people died. => killed 12 12
100-odd protesters were arrested. => detained 100 100
200-plus people were killed. => killed 200 -
30+ soldiers were wounded. => wounded 30 -
"""

OVER = """
The rebels handed over 12 prisoners. => detained 12 12
Police took over 4 villages and killed 3 men. => killed 3 3
Guards turned over 8 suspects to the court. => detained 8 8
The lorry ran over 2 soldiers. => troops 2 2
The army handed over 30 bodies. => other 30 30
Over 30 bodies were found. => killed 30 -
The jet flew over 200 protesters. => other 200 200
The king rules over 3 million people. => other 3000000 3000000
Fighting over 20 hostages broke out. => hostages 20 20
"""

TOLLS = """
The toll rose to 52. => killed 52 52
The death toll has risen from 12 to 15. => killed 12 12 ; killed 15 15
Toll climbs to 31 after blast => killed 31 31
The number of dead rose to 44. => killed 44 44
The toll stands at more than 90. => killed 90 -
The death toll passed 1,000. => killed 1000 1000
The number of wounded reached 210. => wounded 210 210
Death toll in mine collapse rises to 26 => killed 26 26
The death toll was revised down to 17. => killed 17 17
"""

HEADLINES = """
Nine dead, 14 hurt in bus crash => killed 9 9 ; wounded 14 14
Six killed, dozens injured in blast => killed 6 6 ; wounded 24 -
12 dead after ferry sinks => killed 12 12
At least 30 dead in quake => killed 30 -
Two soldiers killed, one missing => killed 2 2 ; missing 1 1
Bomb kills 8 in Kabul => killed 8 8
Army: 15 rebels killed in raid => killed 15 15
Floods displace 20,000 => displaced 20000 20000
Three dead, five missing after avalanche => killed 3 3 ; missing 5 5
Police arrest 40 at march => detained 40 40
Ferry sinks; 60 missing => missing 60 60
40 killed as train derails => killed 40 40
Gunmen kill 5, abduct 12 in village raid => killed 5 5 ; abducted 12 12
Storm leaves 9 dead, thousands homeless => killed 9 9 ; displaced 2000 -
Blast in mine: 7 dead, 20 trapped => killed 7 7 ; trapped 20 20
3 dead, 10 injured in fire at hotel => killed 3 3 ; wounded 10 10
Quake death toll tops 2,000 => killed 2000 2000
Some 300 held after riot => detained 300 300
"""

DEEDS = """
A mine exploded, killing at least one and wounding six others. => killed 1 - ; wounded 6 6
The shell hit a market, killing 11 people and injuring 40. => killed 11 11 ; wounded 40 40
Rockets struck the port, leaving three dead and 12 wounded. => killed 3 3 ; wounded 12 12
Gunmen raided the school, abducting 30 pupils. => abducted 30 30
The dam burst, forcing 5,000 people from their homes. => displaced 5000 5000
The bomb killed five and wounded ten more. => killed 5 5 ; wounded 10 10
A suicide bomber killed himself and four others. => killed 4 4
The strike killed seven, including two children. => killed 7 7 ; children 2 2
The raid left 9 people dead and another 20 injured. => killed 9 9 ; wounded 20 20
The attack claimed 16 lives. => killed 16 16
The storm killed 20 and left 300 homeless. => killed 20 20 ; displaced 300 300
The raid killed six and injured nine. => killed 6 6 ; wounded 9 9
Of the 40 wounded, 12 were children. => wounded 40 40 ; wounded 12 12
Seven people were killed and dozens more wounded. => killed 7 7 ; wounded 24 -
The strikes killed 20 in Gaza and 5 in Lebanon. => killed 20 20 ; killed 5 5
Two died and three were hurt. => killed 2 2 ; wounded 3 3
At least four were killed and as many as 20 injured. => killed 4 - ; wounded - 20
Three were arrested, two were freed. => detained 3 3 ; evacuated 2 2
The gunman killed three people and then himself. => killed 3 3
Fifteen more were wounded. => wounded 15 15
Another 30 are missing. => missing 30 30
Some 60 others were injured. => wounded 60 60
The clashes left 4 soldiers and 11 rebels dead. => killed 4 4 ; killed 11 11
He shot dead his wife and three neighbours. => killed 3 3
The bomber wounded himself and six others. => wounded 6 6
"""

THINGS = """
Russia fired 40 missiles at the city. => other 40 40
The army lost 12 tanks and 300 men. => other 12 12 ; killed 300 300
Air defence shot down 23 drones. => other 23 23
Germany will send 14 tanks. => other 14 14
Some 2,000 troops and 50 armoured vehicles crossed the border. => troops 2000 2000 ; other 50 50
The navy has 14 submarines. => other 14 14
Moscow lost 100 tanks and 20 jets. => other 100 100 ; other 20 20
They seized 300 rifles. => other 300 300
Some 60 rockets were fired. => other 60 60
Dozens of drones were shot down. => other 24 -
The fine is 10,000 Czech crowns. => money 10000 10000
Kuwait gave 3 million Kuwaiti dinars. => money 3000000 3000000
Five of the dead were children. => killed 5 5
"""

MONEY = """
Turnout was 64 per cent. => percent 64 64
Prices rose 3.5%. => percent 3.5 3.5
The party won between 20 and 25 percent of the vote. => percent 20 25
Britain pledged £50 million. => money 50000000 50000000
The army receives more than $2bn a year. => money 2000000000 -
The deal was worth 45 million Swiss francs. => money 45000000 45000000
Inflation hit a record 9.1 percent. => percent 9.1 9.1
Some 40% of voters stayed at home. => percent 40 40
They paid a ransom of 3 million dollars. => money 3000000 3000000
The repairs will cost about 2 billion rubles. => money 2000000000 2000000000
Aid worth 500m euros was frozen. => money 500000000 500000000
"""

DENIED = """
No evidence has been found that 200 people were executed.
No proof was ever presented that 30 villagers had been killed.
There was never any evidence that 15 people were shot.
Inspectors found no sign that 40 people had been detained.
It is a lie that 12 civilians were killed, the general said.
The army denied that 12 soldiers had been killed.
Officials rejected reports that 40 people had died.
It is not true that 200 men were detained.
The ministry denied killing 30 civilians.
There is no evidence that 15 children were killed.
Reports that 60 rebels were killed are false.
The claim that 500 troops had fled was untrue, he said.
The governor dismissed claims that 70 miners were trapped.
Police denied having arrested 40 people.
The group denied it had abducted 20 girls.
No evidence exists that 9 people drowned.
The army denied the deaths of 12 soldiers.
The rebels denied losing 300 fighters.
The ministry refuted a report that 45 tanks were lost.
Contrary to reports, 12 soldiers were not killed.
"""

NOT_DENIED = """
The ministry denied responsibility for the strike that killed 30 civilians.
The army said 12 soldiers had been killed.
The army did not deny that 12 soldiers had been killed.
He denied that he knew of the raid in which 7 people died.
The army denied shelling the town, where 8 people were killed.
Nobody denies that 80 people died.
Evidence has been found that 200 people were executed.
Inspectors found a sign that 40 people had been detained.
"""

MIXED = """
The twins, 9 and 9, drowned. =>
Four cousins (13, 15, 16 and 20) were detained. => detained 4 4
Profits in Q2 fell by 4%. => percent 4 4
Bari beat Lecce 4-1. =>
Police raided 40 Garden Road. =>
The group handed over 40 prisoners. => detained 40 40
About two dozen nurses were abducted. => abducted 24 24
A quarter of a million refugees returned. => refugees 250000 250000
Some 15 000 soldiers were deployed. => troops 15000 15000
More than 7 lakh farmers were affected. => affected 700000 -
The minister pledged 2.3 bln euros. => money 2300000000 2300000000
One in four nurses has left. =>
Some 70-80 fishermen are missing. => missing 70 80
The toll has climbed to 112. => killed 112 112
Seven dead, 30 hurt in market blast => killed 7 7 ; wounded 30 30
A shell landed in the yard, killing three and wounding eleven. => killed 3 3 ; wounded 11 11
The town hired six, seven, 800 guards. => other 600 800
The mob killed at least nine and injured 30 others. => killed 9 - ; wounded 30 30
Troops handed over 7 villages. =>
More than three and a half million people were displaced. => displaced 3500000 -
The rebels freed half a dozen hostages. => hostages 6 6
The ministry denied that 60 tanks had been lost. => other 60 60
"""

TWO_WORDS = """
Some 200 families lost their homes in the fire. => displaced 200 200
At least 12 people lost their lives. => killed 12 -
More than 4,000 villagers have taken flight since Monday. => displaced 4000 -
Around 900 people took refuge in a church. => displaced 900 900
Some 7,000 Afghans sought asylum in Pakistan. => refugees 7000 7000
Over 20,000 people have been driven from their homes. => displaced 20000 -
Some 5,000 residents were forced out by the rebels. => displaced 5000 5000
Two million people are without access to clean water. => affected 2000000 2000000
Nearly 30,000 people live in besieged towns. => trapped 30000 30000
Three nurses were taken hostage. => hostages 3 3
The rebels took 9 aid workers hostage. => hostages 9 9
Eight students were led away in handcuffs. => detained 8 8
Nine activists were taken into custody. => detained 9 9
Seven men were put to death on Sunday. => killed 7 7
Rescuers brought 45 people to safety. => evacuated 45 45
The mob beat two men to death. => killed 2 2
Some 600 villagers went home when the water fell. => returned 600 600
Jordan sent 40 migrants back. => returned 40 40
The minister took 12 officials to dinner. => other 12 12
"""

WHOSE = """
A 10,000-strong rebel force took the town. => fighters 10000 10000
Some 400 rebel troops crossed the river. => fighters 400 400
A 2,000-strong government force took the town. => troops 2000 2000
Dozens of Isis members have fled to the hills. => fighters 24 -
About 40 Taliban members fled. => fighters 40 40
Some 40 Hamas members were killed. => killed 40 40
Dozens of villagers have fled to the hills. => displaced 24 -
The number of injured stands at 387. => wounded 387 387
The number of injured being treated in hospitals stands at 52. => wounded 52 52
The number of missing has risen to 19. => missing 19 19
The finance ministry will allocate 5.5 million for clinics. => money 5500000 5500000
The city spent 3 million on the bridge. => money 3000000 3000000
The bank will invest 40 million in the port. => money 40000000 40000000
The firm paid 250,000 for the land. => money 250000 250000
"""

TABLES = (
    WHOSE,
    TWO_WORDS,
    MIXED,
    AGES,
    NO_FIGURES,
    WORDS,
    DIGITS,
    SCALES,
    SHARES,
    RANGES,
    OVER,
    TOLLS,
    HEADLINES,
    DEEDS,
    THINGS,
    MONEY,
)
ROWS = [row for table in TABLES for row in table.strip().splitlines()]


def told(figure: Figure) -> str:
    bounds = ("-" if bound is None else f"{bound:.15g}" for bound in (figure.low, figure.high))
    return " ".join((figure.measure, *bounds))


@pytest.mark.parametrize("row", ROWS)
def test_figures_of_a_sentence(record_of: RecordOf, row: str) -> None:
    text, _, listed = row.partition(" =>")
    expected = [one.strip() for one in listed.split(" ; ") if one.strip()]
    assert sorted(map(told, record_of(text).figures)) == sorted(expected)


@pytest.mark.parametrize("text", DENIED.strip().splitlines())
def test_a_denied_figure_says_so(record_of: RecordOf, text: str) -> None:
    assert [figure.denied for figure in record_of(text).figures] == [True]


@pytest.mark.parametrize("text", NOT_DENIED.strip().splitlines())
def test_a_figure_that_is_taken_for_granted_is_not_denied(record_of: RecordOf, text: str) -> None:
    assert [figure.denied for figure in record_of(text).figures] == [False]
