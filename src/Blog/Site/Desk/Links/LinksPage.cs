using Blog.Content;

namespace Blog.Site.Desk.Links;

/// <summary>The lists of links.</summary>
public enum LinkList
{
    /// <summary>Broken links, by the file that has them.</summary>
    Broken,

    /// <summary>What broken links lead to, with who links there.</summary>
    Missing,

    /// <summary>Articles to which no other links.</summary>
    Orphans,
}

/// <summary>Which list is shown, as the query string says.</summary>
public sealed record LinkFilter
{
    public LinkList List { get; init; }

    /// <summary>Text in paths and messages; null for any.</summary>
    public string? Q { get; init; }

    /// <summary>The address of a page of the list.</summary>
    public string Url(int page) => DeskPager.Address(DeskRoom.Links.Path, ("list", List == LinkList.Broken ? null : List.ToString().ToLowerInvariant()), ("q", Q), ("page", DeskPager.Part(page)));
}

/// <summary>A list of links.</summary>
/// <param name="Groups">Files, or missing targets.</param>
/// <param name="Orphans">Filled where orphans are asked for.</param>
public sealed record LinksPage(DeskFrame Frame, LinkFilter Filter, IReadOnlyList<LinkGroup> Groups, IReadOnlyList<DeskArticle> Orphans, DeskPager Pager) : DeskPage(Frame, DeskRoom.Links)
{
    /// <summary>What the list shows.</summary>
    public string Explanation => Frame.Words[Filter.List switch
    {
        LinkList.Broken => "BrokenLinksLead",
        LinkList.Missing => "MissingTargetsLead",
        _ => "OrphansLead",
    }];

    /// <summary>What to say when it is empty.</summary>
    public string Empty => Frame.Words[Filter.Q is not null ? "NothingLikeThat" : Filter.List == LinkList.Orphans ? "NoOrphans" : "NoBrokenLinks"];
}

/// <summary>Some broken links that have their file or their target in common.</summary>
/// <param name="Name">A content path or an address.</param>
/// <param name="Url">Where to see more; null for nowhere.</param>
/// <param name="Count">All of its links.</param>
/// <param name="Rows">The first few.</param>
public sealed record LinkGroup(string Name, string? Url, int Count, IReadOnlyList<LinkRow> Rows);

/// <summary>A broken link.</summary>
/// <param name="Severity">Null where it is the same for all.</param>
/// <param name="Place">Where it is written: a line of the file, or a path where there is an address to see more.</param>
/// <param name="Url">Where to see more; null for nowhere.</param>
/// <param name="Message">What is wrong, as the problem says it.</param>
public sealed record LinkRow(Severity? Severity, string Place, string? Url, string Message);
