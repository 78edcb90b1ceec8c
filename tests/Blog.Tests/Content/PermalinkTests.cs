using Blog.Content;

namespace Blog.Tests.Content;

/// <summary>The addresses of the site, made and read.</summary>
public sealed class PermalinkTests
{
    private static readonly DateTimeOffset NewYear = new(2023, 12, 31, 23, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("/:section/:slug", "/guides/hello")]
    [InlineData("/:slug", "/hello")]
    [InlineData("/:year/:month/:day/:slug", "/2024/01/01/hello")]
    [InlineData("/blog/:year-:month-:slug", "/blog/2024-01-hello")]
    public void A_pattern_is_filled_with_the_date_of_the_sites_zone(string pattern, string address) =>
        Assert.Equal(address, With("guides", pattern, "Europe/Vienna").ForArticle("guides", "hello", NewYear));

    [Theory]
    [InlineData("/:year/:month/:slug", "/hello")]
    [InlineData("/blog/:year-:month/:slug", "/blog/hello")]
    [InlineData("/:section/:slug", "/guides/hello")]
    public void Without_a_date_its_parts_are_left_out(string pattern, string address) => Assert.Equal(address, With("guides", pattern).ForArticle("guides", "hello", null));

    [Theory]
    [InlineData("/:slug", true)]
    [InlineData("/a/:year/:slug/", true)]
    [InlineData(":slug", false)]
    [InlineData("/:slug/:year", false)]
    [InlineData("/:title", false)]
    [InlineData("/a b/:slug", false)]
    [InlineData("/A/:slug", false)]
    [InlineData("/", false)]
    [InlineData("", false)]
    public void A_pattern_that_cannot_work_is_refused(string pattern, bool isUsable) => Assert.Equal(isUsable, PermalinkPattern.Problem(pattern) is null);

    [Theory]
    [InlineData("/", "/")]
    [InlineData("//Guides//Hello/", "/guides/hello")]
    [InlineData("/guides/page/1", "/guides")]
    [InlineData("/page/1", "/")]
    [InlineData("/guides/page/2/", "/guides/page/2")]
    public void An_address_has_one_spelling(string path, string canonical) => Assert.Equal(canonical, Permalinks.Canonical(path));

    [Theory]
    [InlineData("/", AddressKind.Home, AddressFormat.Html, 1, "")]
    [InlineData("/page/3", AddressKind.Home, AddressFormat.Html, 3, "")]
    [InlineData("/feed.xml", AddressKind.Home, AddressFormat.Rss, 1, "")]
    [InlineData("/archive", AddressKind.Archive, AddressFormat.Html, 1, "")]
    [InlineData("/tags", AddressKind.Taxonomy, AddressFormat.Html, 1, "")]
    [InlineData("/tags/css/atom.xml", AddressKind.Term, AddressFormat.Atom, 1, "css")]
    [InlineData("/authors/ada/page/2", AddressKind.Term, AddressFormat.Html, 2, "ada")]
    [InlineData("/guides/hello", AddressKind.Content, AddressFormat.Html, 1, "/guides/hello")]
    [InlineData("/guides/page/02", AddressKind.Content, AddressFormat.Html, 1, "/guides/page/02")]
    [InlineData("/guides/page/0", AddressKind.Content, AddressFormat.Html, 1, "/guides/page/0")]
    public void An_address_is_taken_apart(string path, AddressKind kind, AddressFormat format, int page, string name)
    {
        var address = new Permalinks(new SiteSettings()).Match(path);
        Assert.Equal((kind, format, page, name), (address.Kind, address.Format, address.Page, address.Name));
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/tags", true)]
    [InlineData("/tags/css", true)]
    [InlineData("/archive/2024", true)]
    [InlineData("/media/x", true)]
    [InlineData("/guides/feed.xml", true)]
    [InlineData("/guides/page/2", true)]
    [InlineData("/search", true)]
    [InlineData("/guides/search", false)]
    [InlineData("/about", false)]
    public void What_the_site_answers_itself_no_article_may_have(string address, bool isReserved) => Assert.Equal(isReserved, new Permalinks(new SiteSettings()).IsReserved(address));

    [Fact]
    public void Terms_may_have_a_pattern_of_their_own()
    {
        var permalinks = With("tags", "/topics/:slug");
        Assert.Equal("/topics/css", permalinks.ForTerm(Taxonomy.Tag, "css"));
        Assert.Equal("/topics", permalinks.ForTaxonomy(Taxonomy.Tag));
        Assert.Equal(AddressKind.Term, permalinks.Match("/topics/css").Kind);
    }

    [Theory]
    [InlineData("/topics/:slug", true)]
    [InlineData("/by/:section/:slug/", true)]
    [InlineData("/:slug", false)]
    [InlineData("/topics/:year/:slug", false)]
    [InlineData("/t:day/:slug", false)]
    [InlineData("/:slug/of/:slug", false)]
    [InlineData("/topics/a-:slug", false)]
    [InlineData("topics", false)]
    public void The_pattern_of_terms_is_a_path_and_their_slug(string pattern, bool isUsable)
    {
        Assert.Equal(isUsable, PermalinkPattern.ProblemForTerms(pattern) is null);
        var permalinks = With("tags", pattern);
        // Whatever it is, a term has the address at which it is found.
        Assert.Equal((AddressKind.Term, "css"), permalinks.Match(permalinks.ForTerm(Taxonomy.Tag, "css")) is var found ? (found.Kind, found.Name) : default);
    }

    private static Permalinks With(string section, string pattern, string zone = "UTC") =>
        new(new SiteSettings { TimeZone = zone, Permalinks = new Dictionary<string, string> { [section] = pattern } });
}
