using System.ServiceModel.Syndication;
using System.Xml;
using System.Xml.Linq;

namespace Blog.Site.Feeds;

/// <summary>Writes feeds as RSS 2.0 and Atom 1.0 (RFC 4287).</summary>
internal static class FeedFormats
{
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Creator = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace AtomNamespace = "http://www.w3.org/2005/Atom";

    public static Stream Rss(Feed feed) => Write(feed, new Rss20FeedFormatter(Syndication(feed, true), false));

    public static Stream Atom(Feed feed) => Write(feed, new Atom10FeedFormatter(Syndication(feed, false)));

    private static SyndicationFeed Syndication(Feed feed, bool isRss)
    {
        var items = feed.Entries.Select(entry => Item(entry, isRss)).ToList();
        var syndication = new SyndicationFeed(feed.Title, feed.Description, new Uri(feed.Url), feed.Url, feed.Updated, items) { Language = feed.Language };
        syndication.Links.Clear();
        syndication.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(feed.Url), "text/html"));
        if (isRss)
        {
            syndication.AttributeExtensions.Add(new XmlQualifiedName("content", XNamespace.Xmlns.NamespaceName), Content.NamespaceName);
            syndication.AttributeExtensions.Add(new XmlQualifiedName("dc", XNamespace.Xmlns.NamespaceName), Creator.NamespaceName);
            syndication.ElementExtensions.Add(new XElement(AtomNamespace + "link", new XAttribute("href", feed.RssUrl), new XAttribute("rel", "self"), new XAttribute("type", "application/rss+xml")));
        }
        else
        {
            syndication.Links.Add(SyndicationLink.CreateSelfLink(new Uri(feed.AtomUrl), "application/atom+xml"));
            // RFC 4287 section 4.1.1 wants an author for every entry; the publication stands in where an article names none.
            syndication.Authors.Add(new SyndicationPerson(null, feed.Title, null));
        }

        return syndication;
    }

    private static SyndicationItem Item(FeedEntry entry, bool isRss)
    {
        var item = new SyndicationItem { Id = entry.Url, Title = new TextSyndicationContent(entry.Title), Summary = new TextSyndicationContent(entry.Summary) };
        item.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(entry.Url), "text/html"));
        if (entry.Published is { } published) item.PublishDate = published;
        foreach (var category in entry.Categories) item.Categories.Add(new SyndicationCategory(category));
        if (isRss)
        {
            foreach (var author in entry.Authors) item.ElementExtensions.Add(new XElement(Creator + "creator", author));
            item.ElementExtensions.Add(new XElement(Content + "encoded", new XCData(entry.Html.Replace("]]>", "]]&gt;", StringComparison.Ordinal))));
        }
        else
        {
            item.LastUpdatedTime = entry.Updated;
            foreach (var author in entry.Authors) item.Authors.Add(new SyndicationPerson(null, author, null));
            item.Content = SyndicationContent.CreateHtmlContent(entry.Html);
        }

        return item;
    }

    private static MemoryStream Write(Feed feed, SyndicationFeedFormatter formatter)
    {
        // About as long as it will be: a feed of whole articles that grows would be copied again and again.
        var stream = new MemoryStream(4096 + feed.Entries.Sum(entry => 1024 + entry.Html.Length + entry.Html.Length / 4));
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = false })) formatter.WriteTo(xml);
        stream.Position = 0;
        return stream;
    }
}
