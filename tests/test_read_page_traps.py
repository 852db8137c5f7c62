"""Pages with traps: dates and words that stand on a page and are not its story's."""

import json

import pytest

from onrecord.reading.articles import article_from_text
from onrecord.reading.pages import read_page

LEAD = "The harbour master, Lena Frost, closed the port on Thursday after a tanker ran aground."
STORY = (
    f"<p>{LEAD}</p>"
    "<p>Nine sailors were taken off the ship by helicopter, and two of them were treated for cold, "
    "the coast guard said.</p>"
    "<p>“Nobody will sail tonight,” Frost told reporters on the quay. “We wait for the tide.”</p>"
)
BYLINE = '<p class="byline">By Max Hale</p>'


def page(head: str = "", body: str = "", *, before: str = "", after: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Port closed</title>{head}</head><body>"
        f"{before}<article><h1>Port closed</h1>{body or STORY}</article>{after}</body></html>"
    )


def linked(*nodes: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes
    )


def story(date: str, **more: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "datePublished": date, **more}


SITE = {"@type": "WebSite", "datePublished": "2009-02-03"}
FIRM = {"@type": ["Organization", "NewsMediaOrganization"], "datePublished": "1921-05-05"}
OTHER = story("2023-08-08", headline="Something else")
OWN = story("2021-04-15", headline="Port closed")
CANONICAL = '<link rel="canonical" href="https://example.org/port-closed">'


@pytest.mark.parametrize(
    "head",
    [
        linked({"@context": "https://schema.org", "@graph": [SITE, FIRM, OWN]}),
        linked(FIRM, SITE, {"@type": "Article", "datePublished": "2021-04-15T06:00:00+02:00"}),
        linked([{"@type": "BreadcrumbList", "itemListElement": [OTHER]}, OWN]),
        linked({"@type": "ItemList", "itemListElement": [{"item": OTHER}]}, OWN),
        linked({**OWN, "hasPart": [OTHER], "isPartOf": SITE, "comment": [OTHER]}),
        linked({**OWN, "mentions": OTHER, "publisher": FIRM}),
        linked({"@type": "WebPage", "datePublished": "2020-01-01", "mainEntity": OWN}),
        linked(OTHER, OWN),  # told by the headline
        CANONICAL
        + linked(OTHER, story("2021-04-15", url="https://example.org/port-closed?utm_source=a")),
        CANONICAL
        + linked(
            story("2023-08-08", mainEntityOfPage={"@id": "https://example.org/b"}),
            story("2021-04-15", mainEntityOfPage={"@id": "https://example.org/port-closed"}),
        ),
        linked({"@type": "WebPage", "@id": "#page", "datePublished": "2021-04-15"}, SITE),
        linked({"@type": "https://schema.org/ReportageNewsArticle", "datePublished": "2021-04-15"}),
        linked({**OWN, "datePublished": [{"@value": "2021-04-15"}]}),
        linked({**OWN, "datePublished": 1618472400}),
        linked({**OWN, "datePublished": "April 15, 2021 9:00 AM"}),
        '<script type="application/ld+json">//<![CDATA[\n{"@type": "NewsArticle", '
        '"datePublished": "2021-04-15"}\n//]]></script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "name": "a\tb", '
        '"datePublished": "2021-04-15",}</script>',  # a comma too many
        linked({"@type": "NewsArticle"}) + '<meta name="date" content="2021-04-15">',
        linked(story("1970-01-01")) + '<meta name="date" content="20210415">',
        linked(story("2999-12-31T00:00:00Z")) + '<meta name="pubdate" content="1618472400000">',
    ],
)
def test_the_date_is_that_of_the_page_s_own_story(head: str) -> None:
    assert read_page(page(head)).published == "2021-04-15"


@pytest.mark.parametrize(
    "head",
    [
        linked(SITE),
        linked({"@graph": [FIRM, SITE]}),
        linked({"@type": "ItemList", "itemListElement": [OTHER, story("2022-01-01")]}),
        linked(story("2023-08-08", headline="One"), story("2022-08-08", headline="Two")),
        linked({"@type": "VideoObject", "datePublished": "2020-05-05"}),
        linked({"@type": "NewsArticle", "comment": {"@type": "Comment", "datePublished": "2022"}}),
        '<script type="application/ld+json">{"@type": "WebSite", "datePublished": "2009",}'
        "</script>",
        '<script type="application/ld+json">[[[[[[[[[[[[[[{"datePublished": "2009"}</script>',
        '<meta name="date" content="1970-01-01T00:00:00Z">',
        '<meta name="date" content="1969-12-31T19:00:00-05:00">',
        '<meta property="article:published_time" content="2199-01-01">',
        '<meta name="date" content="0">',
    ],
)
def test_dates_of_sites_lists_and_none_are_not_taken(head: str) -> None:
    assert read_page(page(head)).published is None


@pytest.mark.parametrize(
    "body",
    [
        f"<p>The lighthouse was lit on <time datetime='1911-10-01'>1 October</time>.</p>{STORY}",
        f"<p>It has run since <time datetime='1911'>1911</time> without a break.</p>{STORY}",
        f"{STORY}<p>A hearing follows on <time>3 May 2021</time>, the court said.</p>",
        f"<blockquote><p>It sank <time datetime='1911-10-01'>long ago</time>, he said.</p>"
        f"</blockquote>{STORY}",
        f"<ul><li>Opened by the king on <time datetime='1911-10-01'>a day</time></li></ul>{STORY}",
        f"<p>Updated <time datetime='2021-04-16'>16 April 2021</time></p>{STORY}",
        f"<p><time class='modified' datetime='2021-04-16'>16 April 2021</time></p>{STORY}",
        f"<p><time datetime='2021-04-16'>Updated 16 April 2021</time></p>{STORY}",
        f"<figure><img src=a><figcaption>The quay, <time datetime='2011-01-01'>2011</time>"
        f"</figcaption></figure>{STORY}",
        f"<div class='latest'><time datetime='2022-02-02'>2 February</time> Ferry</div>{STORY}",
        f"<div id='most-read'><time datetime='2022-02-02'>2 February</time></div>{STORY}",
        f"{STORY}<section id='comments'><article><time datetime='2021-06-01'>1 June</time>"
        f"<p>Well done.</p></article></section>",
        f"{STORY}<ul class='comment-list'><li><time datetime='2021-06-01'>1 June</time></li></ul>",
        f"<a href='/b'><time datetime='2022-02-02'>2 February 2022</time> Ferry late</a>{STORY}",
        f"<div class='RelatedStories'><span class='date'>2 February 2022</span></div>{STORY}",
        f"<time datetime='1970-01-01'>1 January 1970</time>{STORY}",
    ],
)
def test_dates_within_a_page_that_are_not_its_own(body: str) -> None:
    assert read_page(page(body=body)).published is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<header><time datetime='2024-11-11'>Monday</time></header>", ""),
        ("<header><span class='date'>11 November 2024</span><nav>News</nav></header>", ""),
        ("<div class='trending'><time datetime='2024-11-11'>11 November</time></div>", ""),
        ("<article><time datetime='2024-11-11'>11 November</time><p>Ferry late.</p></article>", ""),
        ("", "<aside><time datetime='2024-11-11'>11 November</time></aside>"),
        ("", "<div class='teaser'><time datetime='2024-11-11'>11 November</time></div>"),
        ("", "<article><h3>Ferry</h3><time datetime='2024-11-11'>11 November</time></article>"),
    ],
)
def test_dates_beside_a_story_do_not_count_against_its_own(before: str, after: str) -> None:
    assert read_page(page(before=before, after=after)).published is None
    shown = f"{BYLINE}<p>Published <time datetime='2021-04-15T06:00Z'>on Thursday</time></p>{STORY}"
    assert read_page(page(body=shown, before=before, after=after)).published == "2021-04-15"


@pytest.mark.parametrize(
    "shown",
    [
        "<p>By Max Hale | <time datetime='2021-04-15'>15 April 2021</time></p>",
        "<p>Published on <time>15 April 2021</time>, updated <time>17 April 2021</time></p>",
        "<p>Updated <time datetime='2021-04-17'>17 April</time> · First published "
        "<time datetime='2021-04-15'>15 April</time></p>",
        "<p class='dateline'>Published 15 April 2021, updated 17 April 2021</p>",
        "<ul class='meta'><li>Max Hale</li><li><time datetime='2021-04-15'>Thu</time></li></ul>",
        "<div><span>4 min read</span> <time datetime='2021-04-15'>Apr 15</time></div>",
    ],
)
def test_dates_in_a_byline(shown: str) -> None:
    assert read_page(page(body=shown + STORY)).published == "2021-04-15"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "<p>They left on <time datetime='2021-04-14'>Wednesday</time>, he said.</p>",
            "left on We",
        ),
        (
            "<p>It holds <data value='9'>nine</data> <abbr>t</abbr> of oil, she said.</p>",
            "nine t of",
        ),
        ("<p><q>We wait</q>, said Frost, and left.</p>", "“We wait”, said Frost, and left."),
        ("<p>He said: <q>She told me <q>no</q></q>.</p>", "He said: “She told me ‘no’”."),
        ("<p>He said: <q>“We <b>wait</b>”</q> and left.</p>", "He said: “We wait” and left."),
        ("<p>She spoke of <q>a <em>bad</em> </q> night.</p>", "She spoke of “a bad” night."),
        ("<p>He has <del>two</del> <ins>three</ins> sons, he said.</p>", "He has three sons"),
        ("<p>The oil <mark>spilled</mark> overnight, he said.</p>", "The oil spilled overnight"),
        ("<ul><li>Frost asked for two more tugs.</li></ul>", "Frost asked for two more tugs."),
    ],
)
def test_words_that_a_reader_sees_are_in_the_text(markup: str, text: str) -> None:
    assert text in " ".join(read_page(page(body=STORY + markup)).text.split())


@pytest.mark.parametrize(
    "markup",
    [
        "<p>He left. <span hidden>GONE</span></p>",
        "<template><p>GONE said no.</p></template>",
        "<div style='color: red; display:none'><p>GONE said the port was open.</p></div>",
        "<p style='visibility: hidden'>GONE said the port was open.</p>",
        "<p>He has <del>GONE</del> three sons.</p>",
        "<p>He has <s>GONE</s> three sons, he said.</p>",
        "<p>Photo: GONE</p>",
        "<p>(GONE Photo/Kim Vale)</p>",
        "<p>Photograph by GONE Vale / Reuters</p>",
        "<figure><img src='a.jpg'><figcaption>The quay. Photo: GONE</figcaption></figure>",
        "<p><a href='/b'>GONE with the tide: a history of the port</a></p>",
        "<p><strong>READ MORE: <a href='/b'>GONE with the tide</a></strong></p>",
        "<div class='related'><h3>More</h3><p><a href='/b'>Ferry late</a></p><p>GONE for hours, "
        "the ferry came back on Friday with all its passengers safe.</p></div>",
        "<aside><p>GONE for hours, the ferry came back on Friday with its passengers.</p></aside>",
    ],
)
def test_words_that_are_not_the_story_s_are_not(markup: str) -> None:
    body = STORY.replace("<p>“Nobody", f"{markup}<p>“Nobody")
    text = article_text(page(body=body))
    assert "GONE" not in text
    assert "Nobody will sail tonight" in text


def article_text(markup: str) -> str:
    return article_from_text(read_page(markup).text).text


@pytest.mark.parametrize("container", ["{}", "<div>{}</div>", "<div class='text'>{}</div>"])
def test_lists_in_a_page_that_names_no_article(container: str) -> None:
    told = f"{STORY}<ul><li>Frost asked for two tugs.</li></ul><p>The tide turns at ten.</p>"
    markup = f"<html><body>{container.format(told)}<footer><p>© Us</p></footer></body></html>"
    text = read_page(markup).text
    assert "Frost asked for two tugs." in text
    assert "© Us" not in text


@pytest.mark.parametrize(
    "lead",
    [
        f"<p class='standfirst'>{LEAD}</p>",
        f"<h2>{LEAD}</h2>",
        f"<div class='summary'><ul><li>{LEAD}</li></ul></div>",
        "<p>The harbour master, Lena Frost, closed the port on Thursday after a tanker…</p>",
        "<p>The harbour master, Lena Frost, closed the port on Thursday after ...</p>",
    ],
)
def test_a_lead_that_is_repeated_is_read_once(lead: str) -> None:
    text = read_page(page(body=lead + STORY)).text
    assert text.count("The harbour master, Lena Frost, closed the port") == 1
    assert LEAD in text


PARTS = [
    f"<p>{LEAD}</p><p>The ship, bound for Oslo with a cargo of palm oil, listed to one side.</p>",
    "<p>Its owners said in the evening that the hull had held and that no oil had been lost.</p>",
    "<p>Pilots of the port will be asked on Monday why none of them had been on board.</p>",
]
TEASER = (
    '<div class="card"><a href="/ferry"><h3>Ferry strike in its third week</h3></a>'
    '<p><a href="/ferry">Crews want an end to night shifts without a second mate.</a></p></div>'
)


def parted(name: str, *, tag: str = "div", between: str = TEASER) -> str:
    return between.join(f'<{tag} class="grid {name}">{part}</{tag}>' for part in PARTS)


@pytest.mark.parametrize(
    "body",
    [
        parted("article__body"),
        parted("articleBody"),
        parted("entry-content", tag="section"),
        parted("story-text", between='<div class="ad"><p>Advertisement</p></div>'),
        "".join(f'<div class="row"><div class="post-body">{part}</div></div>' for part in PARTS),
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_a_story_in_several_parts_is_read_to_its_end(body: str, *, named: bool) -> None:
    whole = page(body=body)
    if not named:
        whole = whole.replace("<article>", "<div>").replace("</article>", "</div>")
    text = read_page(whole).text
    ends = ("to one side.", "had been lost.", "been on board.")
    places = [text.find(end) for end in ends]
    assert -1 not in places
    assert places == sorted(places)
    assert all(text.count(end) == 1 for end in ends)
    assert "night shifts" not in text


OTHER_STORY = (
    "<h1>Bridge opens after nine years</h1>"
    + "<p>The mayor of the town cut a ribbon on Friday, and the first lorries rolled across.</p>"
    * 9
)


@pytest.mark.parametrize(
    "after",
    [
        f"<article>{OTHER_STORY}</article>",
        f'<div class="under"><article id="second">{OTHER_STORY}</article></div>',
        f'<main><article class="infinite">{OTHER_STORY}</article></main>',
        f"<article><header>{OTHER_STORY[:40]}</header>{OTHER_STORY[40:]}</article>",
        f'<div class="article-body"><h1>Bridge opens</h1>{OTHER_STORY}</div>',
    ],
)
def test_another_story_below_the_page_s_own_is_left_out(after: str) -> None:
    found = read_page(page(after=after, body=f'<div class="article-body">{STORY}</div>'))
    assert "ran aground" in found.text
    assert "We wait for the tide" in found.text
    assert "ribbon" not in found.text


def test_posts_of_a_story_that_is_told_as_it_happens_stay() -> None:
    posts = "".join(f"<article><h2>{n}.15</h2>{part}</article>" for n, part in enumerate(PARTS))
    text = read_page(page(body=f"{STORY}{posts}")).text
    assert all(end in text for end in ("to one side.", "had been lost.", "been on board."))
