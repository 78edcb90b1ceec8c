using System.Globalization;
using System.Text.Json;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Shared;

namespace Blog.Site.Articles;

/// <summary>An article as search engines want it told: schema.org's BlogPosting and BreadcrumbList.</summary>
internal static class ArticleData
{
    public static StructuredData Of(Article article, IReadOnlyList<TermLink> terms, IReadOnlyList<PageLink> parents, SiteState site, SiteAddress address) => new(json =>
    {
        WritePosting(json, article, terms, site, address);
        if (parents.Count > 0) WriteBreadcrumbs(json, article, parents, address);
    });

    private static void WritePosting(Utf8JsonWriter json, Article article, IReadOnlyList<TermLink> terms, SiteState site, SiteAddress address)
    {
        json.StartThing("BlogPosting");
        json.WriteString("headline", article.Title);
        json.WriteIfKnown("description", article.Description.Length > 0 ? article.Description : null);
        json.WriteString("url", address.Whole(Permalinks.Escape(article.Permalink)));
        json.WriteIfKnown("image", article.CoverImage is { } cover ? address.Whole(cover) : null);
        json.WriteIfKnown("datePublished", article.Published?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteIfKnown("dateModified", (article.Modified ?? article.Published)?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("inLanguage", article.Language ?? site.Settings.Language);
        if (terms.Any(term => term.Taxonomy == Taxonomy.Author))
        {
            json.WriteStartArray("author");
            foreach (var author in terms.Where(term => term.Taxonomy == Taxonomy.Author))
            {
                json.StartThing("Person");
                json.WriteString("name", author.Name);
                json.WriteString("url", address.Whole(author.Url));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.StartThing("Organization", "publisher");
        json.WriteString("name", site.Settings.Title);
        json.WriteIfKnown("logo", site.Settings.Logo is { } logo ? address.Whole(logo) : null);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBreadcrumbs(Utf8JsonWriter json, Article article, IReadOnlyList<PageLink> parents, SiteAddress address)
    {
        json.StartThing("BreadcrumbList");
        json.WriteStartArray("itemListElement");
        for (var i = 0; i < parents.Count; i++) Write(i + 1, parents[i].Title, address.Whole(parents[i].Url));
        Write(parents.Count + 1, article.Title, null);
        json.WriteEndArray();
        json.WriteEndObject();

        void Write(int position, string name, string? item)
        {
            json.StartThing("ListItem");
            json.WriteNumber("position", position);
            json.WriteString("name", name);
            json.WriteIfKnown("item", item);
            json.WriteEndObject();
        }
    }
}
