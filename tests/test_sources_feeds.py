"""RSS and Atom feeds as files."""

from __future__ import annotations

from pathlib import Path

from onrecord.reading import read
from onrecord.records import Article
from sourcing import SECOND, STORY, articles, failures, the_failure, written

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Post</title><link>https://post.example/</link>
<language>en-gb</language>
<item><title>Quay &amp; ferries</title><link>https://post.example/quay?utm_source=rss</link>
<guid isPermaLink="false">tag:1</guid><pubDate>Fri, 11 Mar 2022 09:30:00 GMT</pubDate>
<dc:creator>Jo Writer</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>{STORY}</p><p>{SECOND} &#8220;So&#8221;</p>]]></content:encoded>
</item>
<item><title>Only a summary</title><link>https://post.example/two</link>
<description>&lt;p&gt;{SECOND}&lt;/p&gt;</description></item>
<item><title>Only a title</title><link>https://post.example/three</link></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
<entry><title>Quay</title><id>urn:1</id><link href="https://post.example/quay"/>
<published>2022-03-11T23:30:00Z</published><updated>2022-03-12T01:00:00Z</updated>
<author><name>Jo Writer</name></author>
<content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    found = list(read(written(tmp_path / "feed.xml", RSS)))
    first, second = (one for one in found if isinstance(one, Article))
    assert first.text == f"{STORY}\n\n{SECOND} “So”"
    assert (first.title, first.byline) == ("Quay & ferries", "Jo Writer")
    assert (first.publisher, first.language) == ("The Harbour Post", "en")
    assert (first.url, first.published) == ("https://post.example/quay", "2022-03-11")
    assert (second.text, second.published) == (SECOND, None)
    (bad,) = failures(found)
    assert bad.source.endswith("feed.xml, entry 3")
    assert "--follow" in bad.reason


def test_atom(tmp_path: Path) -> None:
    (article,) = articles(read(written(tmp_path / "a.atom", ATOM)))
    assert (article.text, article.title, article.byline) == (STORY, "Quay", "Jo Writer")
    assert (article.published, article.publisher) == ("2022-03-11", "Post")


def test_a_feed_that_breaks_off_is_read_up_to_there(tmp_path: Path) -> None:
    found = list(read(written(tmp_path / "a.rss", RSS[:-200])))
    assert [one.title for one in found if isinstance(one, Article)] == ["Quay & ferries"]
    (bad,) = failures(found)
    assert "feed is damaged" in bad.reason


def test_an_entity_of_html_costs_nothing(tmp_path: Path) -> None:
    text = RSS.replace("Only a summary", "Only&nbsp;one")
    assert not any("damaged" in one.reason for one in failures(read(written(tmp_path / "a", text))))


def test_a_feed_without_entries_is_a_failure(tmp_path: Path) -> None:
    empty = '<rss version="2.0"><channel><title>Post</title></channel></rss>'
    assert "no entries" in the_failure(read(written(tmp_path / "a.rss", empty))).reason
    assert "not a feed" in the_failure(read(written(tmp_path / "b.rss", STORY))).reason


def test_entities_are_not_expanded_without_end(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    channel = '<rss version="2.0"><channel><title>&j;</title></channel></rss>'
    text = f'<?xml version="1.0"?>{bomb}]>{channel}'
    assert failures(read(written(tmp_path / "a.rss", text)))


def test_a_page_that_begins_with_many_comments_is_told_at_once(tmp_path: Path) -> None:
    text = (
        "<!-- a note -->\n" * 60
        + f"<!DOCTYPE html><html><body>{f'<p>{STORY}</p>' * 3}</body></html>"
    )
    for beginning in ("", "<!DOCTYPE other>" * 40):
        assert list(read(written(tmp_path / "a", beginning + text)))
