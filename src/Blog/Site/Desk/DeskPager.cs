using Microsoft.AspNetCore.Http.Extensions;

namespace Blog.Site.Desk;

/// <summary>Where the editor is in a list of several pages, which the query string filters. A page beyond the last is the last, since lists shrink while one looks at them.</summary>
/// <param name="Number">This page, from 1.</param>
/// <param name="Count">All pages, at least 1.</param>
/// <param name="Total">All entries of the list.</param>
/// <param name="PerPage">Entries on a page.</param>
/// <param name="Url">The address of a page of the list.</param>
public sealed record DeskPager(int Number, int Count, int Total, int PerPage, Func<int, string> Url)
{
    public static DeskPager Of(int number, int total, int perPage, Func<int, string> url)
    {
        var count = Math.Max(1, (total + perPage - 1) / perPage);
        return new DeskPager(Math.Clamp(number, 1, count), count, total, perPage, url);
    }

    /// <summary>Entries before this page.</summary>
    public int Skip => (Number - 1) * PerPage;

    /// <summary>An address with those parts of the query that say something.</summary>
    public static string Address(string path, params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in parts)
            if (!string.IsNullOrEmpty(value)) query.Add(name, value);
        return path + query;
    }

    /// <summary>The page's part of a query; null for the first.</summary>
    public static string? Part(int number) => number > 1 ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
}
