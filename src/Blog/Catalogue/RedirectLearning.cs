using Blog.Content;

namespace Blog.Catalogue;

/// <summary>
/// Keeps the readers of articles that get another address: the old one leads to the new one from then on, and that of a deleted article says that it is gone.
/// An article is the same when its file is, or else its id, or else its content. No redirect leads to another, and none stands where an article is.
/// </summary>
internal sealed class RedirectLearning(CatalogueWriter writer, DateTimeOffset now)
{
    private readonly Dictionary<string, Redirect?> _changes = new(StringComparer.Ordinal);

    /// <summary>What has been learned, by address; null for one that is no redirect any more.</summary>
    public IEnumerable<(string Address, Redirect? Redirect)> Changes => _changes.Select(change => (change.Key, change.Value));

    /// <summary>Files that were renamed: the new content path and the old one.</summary>
    public Dictionary<string, string> Renamed { get; } = new(StringComparer.Ordinal);

    /// <summary>Every address and path that an article lost or gained.</summary>
    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    /// <summary>Learns from what this sync wrote, after all addresses have been assigned.</summary>
    public void Run()
    {
        var written = writer.AddressChanges();
        var moves = new Dictionary<string, (string? To, KnownAddress From)>(StringComparer.Ordinal);
        foreach (var (before, after, wasPublic) in written)
        {
            if (before is not null && after is not null && wasPublic && before.Permalink != after.Permalink) moves[before.Permalink] = (after.Permalink, before);
            if (before is not null && after is not null && before.Path != after.Path) Renamed[after.Path] = before.Path;
            foreach (var known in new[] { before, after }.OfType<KnownAddress>())
            {
                Touched.Add(known.Permalink);
                Touched.UnionWith(FileLinks.TargetsOf(known.Path));
            }
        }

        var arrived = written.Where(change => change.Before is null && change.Now is not null).Select(change => change.Now!).ToDictionary(known => known.Path, StringComparer.Ordinal);
        var gone = written.Where(change => change.Before is not null && change.Now is null).ToDictionary(change => change.Before!.Path, StringComparer.Ordinal);
        foreach (var (lost, found) in Match([.. gone.Values.Select(change => change.Before!)], [.. arrived.Values]))
        {
            Renamed[found.Path] = lost.Path;
            if (gone[lost.Path].WasPublic) moves[lost.Permalink] = (found.Permalink, lost);
            gone.Remove(lost.Path);
            arrived.Remove(found.Path);
        }

        // One that was copied before it was deleted lives on in the copy.
        foreach (var lost in gone.Values.Where(change => change.WasPublic).Select(change => change.Before!)) moves.TryAdd(lost.Permalink, (writer.AddressOfCopy(lost.Hash), lost));
        // One that was deleted earlier and now is back, under another name.
        foreach (var found in arrived.Values)
            foreach (var deleted in writer.Deleted(found.Hash, found.Uid).Where(deleted => deleted.Address != found.Permalink))
                Put(deleted.Address, found.Permalink, new KnownAddress(deleted.Path, deleted.Address, deleted.Hash, deleted.Uid));

        // All at once: two articles may have changed places.
        var onward = moves.Keys.SelectMany(writer.RedirectsTo).DistinctBy(redirect => redirect.Address).ToList();
        foreach (var redirect in onward) Put(redirect.Address, moves[redirect.Target!].To, new KnownAddress(redirect.Path, redirect.Address, redirect.Hash, redirect.Uid));
        foreach (var (address, move) in moves) Put(address, move.To, move.From);
        MoveFiles(written);
        foreach (var address in written.Select(change => change.Now?.Permalink).OfType<string>().Where(address => writer.RedirectFrom(address) is not null)) Forget(address);
    }

    /// <summary>Articles that link to a file by its old name go on to lead to it.</summary>
    private void MoveFiles(List<AddressChange> written)
    {
        foreach (var now in written.Select(change => change.Now).OfType<KnownAddress>())
        {
            if (writer.RedirectFrom(LinkTarget.ContentScheme + now.Path) is { } stale) Forget(stale.Address);
            if (Renamed.GetValueOrDefault(now.Path) is { } from && FileLinks.TargetsOf(from).Any(writer.IsLinkedTo)) Put(LinkTarget.ContentScheme + from, now.Permalink, now with { Path = from });
        }
    }

    /// <summary>Pairs what is gone with what is new: by id, else by content and the nearest name.</summary>
    private static IEnumerable<(KnownAddress Lost, KnownAddress Found)> Match(List<KnownAddress> lost, List<KnownAddress> found)
    {
        if (lost.Count == 0 || found.Count == 0) yield break;
        var free = found.ToHashSet();
        var byUid = found.Where(known => known.Uid is not null).ToLookup(known => known.Uid);
        var byHash = found.ToLookup(known => known.Hash, StringComparer.Ordinal);
        var byHashAndName = found.ToLookup(known => (known.Hash, Path.GetFileName(known.Path)));
        var left = new List<KnownAddress>();
        foreach (var known in lost)
        {
            if (known.Uid is not null && byUid[known.Uid].Where(free.Contains).Take(2).ToList() is [var same] && free.Remove(same)) yield return (known, same);
            else left.Add(known);
        }

        // First those whose name stayed the same while their folder changed, so that equal files aren't mixed up.
        var moved = new HashSet<KnownAddress>();
        foreach (var known in left)
        {
            if (byHashAndName[(known.Hash, Path.GetFileName(known.Path))].FirstOrDefault(free.Contains) is not { } same) continue;
            free.Remove(same);
            moved.Add(known);
            yield return (known, same);
        }

        foreach (var known in left.Where(known => !moved.Contains(known)))
        {
            if (byHash[known.Hash].FirstOrDefault(free.Contains) is not { } same) continue;
            free.Remove(same);
            yield return (known, same);
        }
    }

    private void Put(string address, string? target, KnownAddress from)
    {
        if (writer.HasAddress(address))
        {
            if (writer.RedirectFrom(address) is not null) Forget(address);
            return;
        }

        var redirect = new Redirect { Address = address, Target = target, Path = from.Path, Hash = from.Hash, Uid = from.Uid, At = now.ToUnixTimeMilliseconds() };
        writer.PutRedirect(redirect);
        Note(address, redirect);
    }

    private void Forget(string address)
    {
        writer.RemoveRedirect(address);
        Note(address, null);
    }

    private void Note(string address, Redirect? redirect)
    {
        _changes[address] = redirect;
        Touched.UnionWith(LinksBy(address));
    }

    /// <summary>How links are written that lead by the redirect from an address. What leads on from a file's old name is looked for by those who link to the file.</summary>
    public static IEnumerable<string> LinksBy(string address) => address.StartsWith(LinkTarget.ContentScheme, StringComparison.Ordinal) ? FileLinks.TargetsOf(address[LinkTarget.ContentScheme.Length..]) : [address];
}
