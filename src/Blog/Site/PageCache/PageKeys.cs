using Blog.Catalogue;
using Blog.Content;

namespace Blog.Site.PageCache;

/// <summary>The <see cref="SurrogateKeys"/> of a page, collected where what it shows is read.</summary>
public sealed class PageKeys
{
    /// <summary>The most bytes that the keys of a page take: caches such as Varnish take no header line of more than 8 KB.</summary>
    public const int MaxBytes = 7 * 1024;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal) { SurrogateKeys.Site };

    public void Add(string key) => _keys.Add(key);

    /// <summary>Articles of which the page shows something.</summary>
    public void Add(IEnumerable<Article> articles) => _keys.UnionWith(articles.Select(article => SurrogateKeys.Article(article.Path)));

    /// <summary>An article that the page shows whole.</summary>
    public void AddWhole(Article article)
    {
        Add(SurrogateKeys.Article(article.Path));
        Add(SurrogateKeys.Page(article.Path));
    }

    public void Add(IEnumerable<ArticleCard> cards)
    {
        foreach (var card in cards)
        {
            Add(SurrogateKeys.Article(card.Path));
            Add(card.Authors);
            Add(card.Categories);
        }
    }

    public void Add(IEnumerable<TermLink> terms) => _keys.UnionWith(terms.Select(term => term.SurrogateKey));

    /// <summary>Pictures by their addresses; those elsewhere don't count.</summary>
    public void AddPictures(IEnumerable<string> urls) => _keys.UnionWith(urls.Select(Permalinks.PathOfAsset).OfType<string>().Select(SurrogateKeys.Picture));

    /// <summary>All of them in their order, separated by spaces. Where they would be too many, the page says only that it changes with everything.</summary>
    public override string ToString()
    {
        var keys = string.Join(' ', _keys.Order(StringComparer.Ordinal));
        return keys.Length <= MaxBytes ? keys : $"{SurrogateKeys.Any} {SurrogateKeys.Site}";
    }
}
