"""Sentences that tell of a deed, beside sentences with the same words that tell of none.

Each kind has sentences in which there must be no actual event of the types named, and, where a rule
might go too far, sentences in which there must be one.
"""

NONE_ACTUAL: dict[str, tuple[str, list[str]]] = {
    "an idea is attacked": (
        "ASSAULT",
        [
            "The senator attacked the government's housing policy on Sunday.",
            "Opposition leaders assaulted the budget as a gift to the rich.",
            "Macron attacked the reform in a speech to mayors in Lyon.",
            "The bishop attacked the new law in his Easter sermon.",
            "Two former ministers attacked Scholz's handling of the energy crisis.",
            "The prime minister attacked the court's ruling as undemocratic.",
        ],
    ),
    "somebody is attacked in words": (
        "ASSAULT",
        [
            "Le Pen attacked Macron over pensions.",
            "Modi attacked Gandhi in a speech in Lucknow.",
            "Johnson attacked Starmer for voting against the bill.",
            "The president attacked the judge on Twitter.",
            "Lula attacked Bolsonaro during a televised debate.",
            "Erdogan hit out at Germany over the arrests.",
            "Turkey hit back at Greece over gas drilling.",
            "Beijing hit back at Canada's accusations on Friday.",
            "Russia fired back at the United States over the expulsions.",
            "The minister shot back at his critics on Monday.",
        ],
    ),
    "a plan is killed": (
        "ASSAULT",
        [
            "The Senate killed the climate bill on Thursday.",
            "Ministers shot down the proposal for a joint army.",
            "Germany torpedoed the merger talks.",
            "Hungary killed off the agreement on migration.",
            "The court struck down the law on foreign agents.",
            "Voters shot down a plan to build a second airport.",
            "France blew up the trade deal with Australia, officials said.",
        ],
    ),
    "duties and fines hit": (
        "ASSAULT",
        [
            "Washington hit Canada with duties on lumber.",
            "The European Union hit Google with a record fine.",
            "Iran was hit with new sanctions by Britain.",
            "China was hit by American tariffs on steel.",
            "Prosecutors hit the former mayor with fraud charges.",
            "The ministry slapped India with a ban on rice.",
        ],
    ),
    "somebody loses a post": (
        "ASSAULT",
        [
            "Zelensky fired his defence minister on Sunday.",
            "The president fired two generals over the lost town.",
            "Trump fired the head of the agency by tweet.",
            "The army chief was fired on Tuesday.",
            "The king fired the whole cabinet.",
        ],
    ),
    "a warning is fired": (
        "ASSAULT",
        [
            "Beijing fired a warning at Taipei in its morning papers.",
            "The central bank fired a warning at lenders.",
            "Poland fired off an angry letter to Brussels.",
            "France fired a broadside at the United States over subsidies.",
            "Greece fired off a protest note to Turkey.",
        ],
    ),
    "a match": (
        "ASSAULT",
        [
            "Wales beat Ireland 3-1 in Cardiff on Saturday.",
            "Brazil thrashed Peru 4-0.",
            "Croatia beat Japan on penalties to reach the quarter-finals.",
            "Germany beat Spain in the final of the tournament.",
            "Australia destroyed England by 120 runs in the second Test.",
            "Argentina beat Chile 2-0 in a World Cup qualifier.",
            "Morocco crushed Togo 5-0.",
            "Italy crushed Poland 4-0 in Rome.",
            "Brazil thrashed Serbia 3-1 on Friday.",
            "Kenya hammered Uganda in the first half of the match.",
            "Japan destroyed Germany in the second half of the final.",
        ],
    ),
    "an election": (
        "ASSAULT",
        [
            "Macron beat Le Pen in the run-off.",
            "Lula beat Bolsonaro in the election by two points.",
            "Clinton fought Sanders for the nomination.",
            "The Greens beat the Liberals in three districts in Sunday's vote.",
            "Duda beat Trzaskowski in the second round of voting.",
        ],
    ),
    "nobody strikes": (
        "ASSAULT",
        [
            "Argentina was hit by inflation of 90 percent.",
            "Sri Lanka was battered by an economic crisis.",
            "Locusts invaded fields in northern Ethiopia.",
            "Somalia was invaded by locusts in January.",
            "Recession hit Italy again in the autumn.",
            "A fuel shortage hit Cuba this week.",
            "The Philippines was struck by a typhoon on Monday.",
            "A power cut hit Pakistan on Monday.",
            "A scandal hit the Austrian government.",
            "Lebanon was hit hard by the pandemic.",
            "A wave of strikes by railway workers hit France.",
        ],
    ),
    "a strike of workers": (
        "ASSAULT",
        [
            "A strike by pilots hit Germany on Monday.",
            "Nurses began a two-day strike in London.",
            "Teachers in Hungary launched a strike over pay.",
            "The strike of doctors in Kenya entered its third week.",
            "Dockers struck for higher wages in Antwerp.",
            "Unions called a general strike in Belgium.",
        ],
    ),
    "a crime is no commitment": (
        "AGREE",
        [
            "The tribunal said Serbian troops had committed genocide.",
            "Russia is committing war crimes in Ukraine, Poland said.",
            "Myanmar denied committing genocide against the Rohingya.",
            "Soldiers committed atrocities in the village.",
            "The report says militias committed massacres in Tigray.",
        ],
    ),
    "in advance": (
        "MOBILIZE",
        [
            "The ministry told reporters in advance that it would not comment.",
            "Israel informed the United States in advance.",
            "Tickets for the summit were sold in advance.",
            "Germany paid for the gas well in advance of the winter.",
            "The embassy asked for the list in advance.",
        ],
    ),
    "a peril is no threat": (
        "THREATEN",
        [
            "The United Nations warned of famine in Somalia.",
            "Aid agencies warned of disease in the camps.",
            "Ethiopia warned of a drought in the south.",
            "The World Bank warned of a recession in Russia.",
            "Officials warned of flooding along the Danube.",
            "Kenya warned of food shortages.",
        ],
    ),
    "talks about a truce": (
        "RETREAT",
        [
            "Ceasefire talks between Israel and Hamas opened in Cairo.",
            "Sudan's generals sent envoys to truce talks in Jeddah.",
            "The ceasefire negotiations in Doha broke down.",
            "Egypt presented a ceasefire proposal to both sides.",
            "Envoys discussed a truce plan for Yemen on Monday.",
        ],
    ),
    "a condition": (
        "ASSAULT",
        [
            "If China invades, the United States will help Taiwan.",
            "Had Serbia attacked Kosovo, NATO troops would have stepped in.",
            "Should North Korea attack the South, the alliance will answer.",
            "In the event of an Iranian attack on Israel, Washington would act.",
            "In case of a Chinese invasion of Taiwan, Japan will close its ports.",
            "Finland would defend Estonia if Russia invaded.",
            "Were Turkey to attack Greece, the EU would impose sanctions.",
            "Unless Hamas attacks Israel again, the truce will hold.",
        ],
    ),
    "fiction and drills": (
        "ASSAULT",
        [
            "The film shows a Chinese invasion of Taiwan.",
            "Her novel tells of a Russian attack on Norway.",
            "In the thriller, terrorists bomb the British parliament.",
            "The drill simulated a North Korean attack on Seoul.",
            "In the war game, Russia invaded Lithuania.",
            "The exercise imagined an Iranian missile strike on Bahrain.",
            "The television series depicts a Russian occupation of Norway after an invasion.",
            "Players in the video game attack Washington.",
        ],
    ),
    "false reports": (
        "ASSAULT",
        [
            "A post falsely claimed that Poland had attacked Belarus.",
            "The picture was wrongly said to show Israel bombing a church.",
            "A fake video shows Ukraine shelling a hospital.",
            "The clip falsely shows French soldiers killing civilians in Mali.",
            "A false report said that Armenia had shelled Ganja.",
            "Users spread a hoax that Iran had bombed Dubai.",
            "The report that Turkey had bombed the town was a hoax.",
            "A viral video of China bombing Taiwan was fabricated.",
            "Claims that Israel shelled the school were false.",
            "The story that Poland had attacked Belarus was made up.",
            "It was untrue that Iran had bombed the consulate.",
        ],
    ),
    "no evidence": (
        "ASSAULT",
        [
            "There is no evidence that Georgia attacked Russia.",
            "Inspectors found no evidence that Syria had bombed the clinic.",
            "There is no proof that Rwanda invaded Congo.",
            "Investigators saw no sign that Iran attacked the ship.",
            "The panel found no evidence of a Ukrainian attack on the dam.",
            "There was no indication that Turkey had shelled the village.",
            "No evidence has been found that Turkey bombed the dam.",
            "No proof was ever shown that Iran had attacked the tanker.",
        ],
    ),
    "acquitted": (
        "ASSAULT",
        [
            "The colonel was acquitted of killing 12 farmers.",
            "A court cleared the officer of murdering two protesters.",
            "The jury found him not guilty of bombing the train.",
            "Two soldiers were exonerated of torturing prisoners.",
            "The former president was acquitted of the murder of a rival.",
        ],
    ),
    "foiled": (
        "ASSAULT",
        [
            "Police foiled a plot to blow up the bridge.",
            "Denmark thwarted a plan to assassinate an exile.",
            "Security forces foiled an attack on a church in Lahore.",
            "The army prevented militants from bombing the market.",
            "Intelligence officers uncovered a plot to kill the king.",
            "An attempt to bomb the consulate was foiled by guards.",
        ],
    ),
    "sanctions that are not imposed": (
        "SANCTION",
        [
            "The EU delayed sanctions on Serbia.",
            "China vetoed sanctions against North Korea.",
            "Hungary blocked sanctions on Russian oil.",
            "Washington postponed sanctions on Turkey until June.",
            "The council shelved sanctions on Mali.",
            "Britain held off on sanctions against Iran.",
        ],
    ),
}

ACTUAL: dict[str, tuple[str, list[str]]] = {
    "attacked": (
        "ASSAULT",
        [
            "Turkey attacked Kurdish positions in northern Syria.",
            "Gunmen attacked a village in Burkina Faso on Sunday.",
            "Russia attacked the airport of Odesa with drones.",
            "Rebels attacked the prime minister's convoy for two hours.",
            "Protesters attacked the embassy over the burning of a Koran.",
        ],
    ),
    "killed, hit, beat, fired": (
        "ASSAULT",
        [
            "Militants killed a judge in Kabul on Monday.",
            "Soldiers shot down a Turkish drone.",
            "Israel hit a depot near Damascus with missiles.",
            "The town was hit by Russian shells.",
            "Troops fired at protesters in Yangon.",
            "North Korea fired two missiles at an island.",
            "Azerbaijan struck an Armenian column on Tuesday.",
            "Insurgents blew up a bridge in Mali.",
            "Iraq invaded Kuwait in 1990.",
            "American warplanes struck the base.",
            "A Saudi strike hit a hospital in Yemen.",
        ],
    ),
    "committed": (
        "AGREE",
        [
            "Germany committed to close its coal plants.",
            "India and Japan agreed to share fuel.",
        ],
    ),
    "an advance": ("MOBILIZE", ["Russia continued its advance on Kharkiv with tanks."]),
    "a threat": (
        "THREATEN",
        [
            "Iran threatened to close the strait.",
            "Moscow warned Finland of retaliation if it joined NATO.",
        ],
    ),
    "a truce": ("RETREAT", ["Israel and Hamas agreed on a ceasefire, which began on Friday."]),
    "sanctions": (
        "SANCTION",
        [
            "Canada imposed sanctions on Belarus on Monday.",
            "The EU hit Belarus with sanctions on Monday.",
        ],
    ),
    "drills": ("MOBILIZE", ["China began a military exercise near Taiwan on Thursday."]),
    "films beside deeds": (
        "ASSAULT",
        [
            "Gunmen attacked a cinema that was showing a film about the war.",
            "Soldiers filmed the killing of three villagers, a video shows.",
            "The video shows a drone striking a car in Gaza.",
        ],
    ),
    "evidence": (
        "ASSAULT",
        [
            "Inspectors found evidence that Syria had bombed the clinic.",
            "Evidence has been found that Turkey bombed the dam.",
            "It was not untrue that Iran had bombed the consulate.",
            "The report that Turkey had bombed the town was accurate.",
            "The town was calm after Iran had bombed the bridge.",
        ],
    ),
}

# Not mended yet: the parser takes the verb for a noun; the second event stands beside what is told.
BEYOND = frozenset(
    {
        "Players in the video game attack Washington.",
        "The television series depicts a Russian occupation of Norway after an invasion.",
    }
)
