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

    public static void WriteRss(Feed feed, Stream output) => Write(new Rss20FeedFormatter(Syndication(feed, true), false), output);

    public static void WriteAtom(Feed feed, Stream output) => Write(new Atom10FeedFormatter(Syndication(feed, false)), output);

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

    private static void Write(SyndicationFeedFormatter formatter, Stream output)
    {
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = false });
        formatter.WriteTo(xml);
    }
}
