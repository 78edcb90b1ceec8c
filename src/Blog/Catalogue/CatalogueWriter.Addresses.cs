using Blog.Content;

namespace Blog.Catalogue;

/// <summary>Addresses: who asks for which, who has it, and who had it before this sync.</summary>
internal sealed partial class CatalogueWriter
{
    /// <summary>Articles at an address, or that ask for it.</summary>
    public List<Claim> WithAddress(string address) => Query($"{Claims} WHERE a.Wanted = $1 OR a.Permalink = $1", ReadClaim, address);

    /// <summary>Articles that have another address than the one they ask for.</summary>
    public List<Claim> Displaced() =>
        // Named, and not ordered here: else SQLite goes through all articles in their order.
        [.. Query($"{Claims} INDEXED BY IX_Articles_Displaced WHERE a.Permalink <> a.Wanted", ReadClaim).OrderBy(claim => claim.Path, StringComparer.Ordinal)];

    /// <summary>True when an article asks for the address.</summary>
    public bool IsWanted(string address) => Scalar("SELECT 1 FROM Articles WHERE Wanted = $1", address) is not null;

    /// <summary>Addresses that more than one article asks for.</summary>
    public List<string> ContestedAddresses() => Query("SELECT Wanted FROM Articles GROUP BY Wanted HAVING COUNT(*) > 1", row => row.Text(0));

    public List<string> WantedAddresses() => Query("SELECT DISTINCT Wanted FROM Articles", row => row.Text(0));

    /// <summary>What changes for others when the file's article comes, goes or changes: its addresses and aliases.</summary>
    public List<string> AddressesOf(string path) => Query("""
        SELECT Wanted FROM Articles WHERE Path = $1 UNION SELECT Permalink FROM Articles WHERE Path = $1
        UNION SELECT al.Address FROM Aliases al JOIN Articles a ON a.Id = al.ArticleId WHERE a.Path = $1
        """, row => row.Text(0), path);

    /// <summary>The year in whose archive the file's article stands; null without one.</summary>
    public int? YearOf(string path) => (int?)(long?)Scalar("SELECT Year FROM Articles WHERE Path = $1", path);

    public void SetPermalink(long id, string permalink) => Run("UPDATE Articles SET Permalink = $2 WHERE Id = $1 AND Permalink <> $2", id, permalink);

    public List<(long Id, string Path, string Slug)> PartsOf(string parentPath) =>
        Query("SELECT Id, Path, Slug FROM Articles WHERE ParentPath = $1 ORDER BY Path", row => (row.Long(0), row.Text(1), row.Text(2)), parentPath);

    /// <summary>The bundles with parts, and the courses, which should have some.</summary>
    public List<string> Parents() => Query("SELECT ParentPath FROM Articles WHERE ParentPath IS NOT NULL UNION SELECT Path FROM Articles WHERE Kind = 3", row => row.Text(0));

    /// <summary>The bundle that the file's article is a part of; null for none.</summary>
    public string? ParentOf(string path) => Scalar("SELECT ParentPath FROM Articles WHERE Path = $1", path) as string;

    /// <summary>Bundles that articles are parts of and that are no files, or not yet.</summary>
    public List<string> MissingParents() => Query("SELECT DISTINCT ParentPath FROM Articles a WHERE ParentPath IS NOT NULL AND NOT EXISTS (SELECT 1 FROM Sources s WHERE s.Path = a.ParentPath)", row => row.Text(0));

    /// <summary>The bundles with parts of which something has changed in this sync: their own address, or a part.</summary>
    public List<string> ParentsChanged() => Query("""
        SELECT ParentPath FROM Before WHERE ParentPath IS NOT NULL
        UNION SELECT a.ParentPath FROM Before b CROSS JOIN Articles a ON a.Id = b.ArticleId WHERE a.ParentPath IS NOT NULL
        UNION SELECT a.Path FROM Before b CROSS JOIN Articles a ON a.Id = b.ArticleId CROSS JOIN Articles part ON part.ParentPath = a.Path
        UNION SELECT a.Path FROM Before b CROSS JOIN Articles a ON a.Id = b.ArticleId WHERE a.Kind = 3
        """, row => row.Text(0));

    public (string Permalink, string? Lessons)? ParentAt(string path) =>
        Query("SELECT a.Permalink, b.Lessons FROM Articles a JOIN Bodies b ON b.ArticleId = a.Id WHERE a.Path = $1", row => (row.Text(0), row.TextOrNull(1)), path) is [var parent, ..] ? parent : null;

    /// <summary>Gives a part its place in its bundle. Its address follows when it is assigned.</summary>
    public void PlacePart(long id, string wanted, int position, string? module, ArticleKind kind)
    {
        CountListed(id, -1, _moment);
        Run("UPDATE Articles SET Wanted = $2, Position = $3, Module = $4, Kind = $5, IsListed = $5 IN (0, 3) WHERE Id = $1", id, wanted, position, module, (int)kind);
        CountListed(id, 1, _moment);
    }

    /// <summary>Articles as they were before this sync and as they are now: all that were written or moved, and none for a catalogue that is being made.</summary>
    public List<AddressChange> AddressChanges() => Query("""
        SELECT b.Path, b.Permalink, b.Hash, b.Uid, b.IsPublic, a.Path, a.Permalink, a.Hash, a.Uid FROM Before b LEFT JOIN Articles a ON a.Id = b.ArticleId ORDER BY COALESCE(b.Path, a.Path)
        """, row => new AddressChange(
            row.IsNull(1) ? null : new KnownAddress(row.Text(0), row.Text(1), row.Text(2), row.TextOrNull(3)),
            row.IsNull(6) ? null : new KnownAddress(row.Text(5), row.Text(6), row.Text(7), row.TextOrNull(8)),
            !row.IsNull(4) && row.Flag(4)));

    public bool HasAddress(string permalink) => Scalar("SELECT 1 FROM Articles WHERE Permalink = $1", permalink) is not null;

    /// <summary>The address of the article with that content; null for none.</summary>
    public string? AddressOfCopy(string hash) => (string?)Scalar("SELECT Permalink FROM Articles WHERE Hash = $1 ORDER BY Path LIMIT 1", hash);

    /// <summary>The redirect from an address; null for none.</summary>
    public Redirect? RedirectFrom(string address) => Query($"{Redirects} WHERE Address = $1", ReadRedirect, address).FirstOrDefault();

    /// <summary>True when an article links to the path or address.</summary>
    public bool IsLinkedTo(string target) => Scalar("SELECT 1 FROM Links WHERE Address = $1 LIMIT 1", target) is not null;

    /// <summary>The redirects to an address.</summary>
    public List<Redirect> RedirectsTo(string address) => Query($"{Redirects} WHERE Target = $1", ReadRedirect, address);

    /// <summary>The deleted articles with that id, or else with that content, newest first.</summary>
    public List<Redirect> Deleted(string hash, string? uid) => uid is not null && Query($"{Redirects} WHERE Target IS NULL AND Uid = $1 ORDER BY At DESC, Address", ReadRedirect, uid) is { Count: > 0 } same
        ? same
        : Query($"{Redirects} WHERE Target IS NULL AND Hash = $1 ORDER BY At DESC, Address", ReadRedirect, hash);

    public void PutRedirect(Redirect redirect)
    {
        NoteRedirect(redirect.Address);
        Run("INSERT OR REPLACE INTO Redirects (Address, Target, Path, Hash, Uid, At) VALUES ($1, $2, $3, $4, $5, $6)", redirect.Address, redirect.Target, redirect.Path, redirect.Hash, redirect.Uid, redirect.At);
    }

    public void RemoveRedirect(string address)
    {
        NoteRedirect(address);
        Run("DELETE FROM Redirects WHERE Address = $1", address);
    }

    public void ClearRedirects()
    {
        // Which of them links in articles lead by is not worth finding out.
        _keys.AddAll();
        Run("DELETE FROM Redirects");
    }

    public List<Redirect> AllRedirects() => Query($"{Redirects} ORDER BY Address", ReadRedirect);

    private const string Claims = "SELECT a.Id, a.Path, a.Section, a.Wanted, a.Permalink, a.ParentPath IS NOT NULL AND EXISTS (SELECT 1 FROM Articles p WHERE p.Path = a.ParentPath) FROM Articles a";

    private const string Redirects = "SELECT Address, Target, Path, Hash, Uid, At FROM Redirects";

    private void NoteRedirect(string address)
    {
        if (address.StartsWith(LinkTarget.ContentScheme, StringComparison.Ordinal)) NoteRelinked(address[LinkTarget.ContentScheme.Length..]);
    }

    private static Claim ReadClaim(CatalogueRow row) => new(row.Long(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Flag(5));

    private static Redirect ReadRedirect(CatalogueRow row) => new()
    {
        Address = row.Text(0),
        Target = row.TextOrNull(1),
        Path = row.Text(2),
        Hash = row.Text(3),
        Uid = row.TextOrNull(4),
        At = row.Long(5),
    };

    /// <summary>From here on, each article that is written, moved or deleted is remembered as it was, whoever does it.</summary>
    private void RememberAddresses(bool isBuild)
    {
        Run("CREATE TEMP TABLE IF NOT EXISTS Before (ArticleId INTEGER PRIMARY KEY, Path TEXT, Permalink TEXT, Hash TEXT, Uid TEXT, ParentPath TEXT, IsPublic INTEGER)");
        Run("DELETE FROM Before");
        foreach (var trigger in new[] { "BeforeDelete", "BeforeUpdate", "BeforeInsert" }) Run($"DROP TRIGGER IF EXISTS temp.{trigger}");
        if (isBuild) return;
        // What readers could never see has no address to keep: a draft, or what is still to come. A section's index has that of the section.
        var remember = $"INSERT OR IGNORE INTO Before VALUES (OLD.Id, OLD.Path, OLD.Permalink, OLD.Hash, OLD.Uid, OLD.ParentPath, OLD.IsDraft = 0 AND (OLD.PublishedAt IS NULL OR OLD.PublishedAt <= {_now}) AND OLD.Kind <> 2)";
        Run($"CREATE TEMP TRIGGER BeforeDelete BEFORE DELETE ON main.Articles BEGIN {remember}; END");
        Run($"CREATE TEMP TRIGGER BeforeUpdate BEFORE UPDATE OF Permalink, Path ON main.Articles BEGIN {remember}; END");
        Run("CREATE TEMP TRIGGER BeforeInsert AFTER INSERT ON main.Articles BEGIN INSERT OR IGNORE INTO Before (ArticleId) VALUES (NEW.Id); END");
    }
}

/// <summary>An article that asks for an address.</summary>
/// <param name="Id">Of its row.</param>
/// <param name="Path">Its content path.</param>
/// <param name="Section">Its section.</param>
/// <param name="Wanted">The address that it asks for.</param>
/// <param name="Permalink">The address that it has.</param>
/// <param name="IsPart">True for a part of a bundle, whose address follows that of the bundle.</param>
internal sealed record Claim(long Id, string Path, string Section, string Wanted, string Permalink, bool IsPart);

/// <summary>What an article is known by.</summary>
/// <param name="Path">Its content path.</param>
/// <param name="Permalink">Its address.</param>
/// <param name="Hash">Of its content.</param>
/// <param name="Uid">The id in its front matter; null without one.</param>
internal sealed record KnownAddress(string Path, string Permalink, string Hash, string? Uid);

/// <summary>An article that a sync wrote.</summary>
/// <param name="Before">As it was; null for a new one.</param>
/// <param name="Now">As it is; null for one that is gone.</param>
/// <param name="WasPublic">True when readers could know the address that it had.</param>
internal sealed record AddressChange(KnownAddress? Before, KnownAddress? Now, bool WasPublic);
