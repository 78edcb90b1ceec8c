using Blog.Content;

namespace Blog.Site.Shared;

/// <summary>Where the reader is in a list of several pages.</summary>
/// <param name="List">Escaped address of the list's first page.</param>
/// <param name="Number">This page, from 1.</param>
/// <param name="Count">All pages, at least 1.</param>
/// <param name="Total">All articles of the list.</param>
public sealed record Pager(string List, int Number, int Count, int Total)
{
    /// <summary>The pager of a list; null when it has no such page.</summary>
    public static Pager? Of(string list, int number, int total, int perPage)
    {
        var count = Math.Max(1, (total + perPage - 1) / perPage);
        return number >= 1 && number <= count ? new Pager(list, number, count, total) : null;
    }

    public string? Previous => Number > 1 ? Permalinks.ForPageOf(List, Number - 1) : null;

    public string? Next => Number < Count ? Permalinks.ForPageOf(List, Number + 1) : null;

    /// <summary>The address of a page of the list.</summary>
    public string Url(int number) => Permalinks.ForPageOf(List, number);

    /// <summary>The numbers to link to, with null for a gap: the first, the last, and those around this one.</summary>
    public IEnumerable<int?> Numbers()
    {
        var last = 0;
        for (var number = 1; number <= Count; number++)
        {
            if (number != 1 && number != Count && Math.Abs(number - Number) > 1) continue;
            if (number > last + 1) yield return null;
            yield return number;
            last = number;
        }
    }
}
