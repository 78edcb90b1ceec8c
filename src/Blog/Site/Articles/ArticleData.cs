using System.Text.Json.Nodes;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Shared;

namespace Blog.Site.Articles;

/// <summary>An article as search engines want it told: schema.org's BlogPosting and BreadcrumbList.</summary>
internal static class ArticleData
{
    public static StructuredData Of(Article article, IReadOnlyList<TermLink> terms, IReadOnlyList<PageLink> parents, SiteState site, SiteAddress address)
    {
        var url = address.Whole(Permalinks.Escape(article.Permalink));
        var posting = StructuredData.Thing("BlogPosting",
            ("headline", article.Title), ("description", article.Description.Length > 0 ? article.Description : null), ("url", url),
            ("image", article.CoverImage is { } cover ? address.Whole(cover) : null),
            ("datePublished", article.Published?.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
            ("dateModified", (article.Modified ?? article.Published)?.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
            ("inLanguage", article.Language ?? site.Settings.Language),
            ("author", StructuredData.List(terms.Where(term => term.Taxonomy == Taxonomy.Author).Select(author => StructuredData.Thing("Person", ("name", author.Name), ("url", address.Whole(author.Url)))))),
            ("publisher", StructuredData.Thing("Organization", ("name", site.Settings.Title), ("logo", site.Settings.Logo is { } logo ? address.Whole(logo) : null))));
        var place = 0;
        var crumbs = parents.Select(parent => (JsonNode)StructuredData.Thing("ListItem", ("position", ++place), ("name", parent.Title), ("item", address.Whole(parent.Url)))).ToList();
        return crumbs.Count == 0 ? new StructuredData(posting) : new StructuredData(posting, StructuredData.Thing("BreadcrumbList", ("itemListElement", StructuredData.List(crumbs.Append(StructuredData.Thing("ListItem", ("position", ++place), ("name", article.Title)))))));
    }
}
