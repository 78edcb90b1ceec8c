namespace Blog.Content;

/// <summary>
/// Tells files that are still being written from those that are finished. Where the system says who writes, that counts; elsewhere a file that grows is waited for until it
/// has been still for a while. One that looks cut off gets a moment too, since nobody saves half a front matter on purpose. None is waited for without end.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="clock">For how long.</param>
public sealed class FileSettling(ContentFolder folder, TimeProvider clock)
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Growing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Look> _looks = new(StringComparer.Ordinal);

    /// <summary>True when the file may be read now; false when it had better be looked at again soon.</summary>
    public bool IsSettled(FoundFile file)
    {
        var now = clock.GetTimestamp();
        var last = _looks.GetValueOrDefault(file.Path);
        var isStill = last is not null && last.Size == file.Size && last.ModifiedAt == file.ModifiedAt;
        var changed = isStill ? last!.Changed : now;
        var isHeld = folder.IsHeldForWriting(file.Path);
        var grew = last is not null && (isStill ? last.Grew : file.Size > last.Size && clock.GetElapsedTime(last.Changed, now) < Memory);
        _looks[file.Path] = new Look(file.Size, file.ModifiedAt, changed, grew);
        if (_looks.Count > 10_000) Forget(now);

        var still = clock.GetElapsedTime(changed, now);
        if (isHeld == true) return still >= Held;
        if (isHeld is null && grew && still < Growing) return false;
        return still >= Cut || !IsCutOff(file);
    }

    private void Forget(long now)
    {
        foreach (var path in _looks.Where(look => clock.GetElapsedTime(look.Value.Changed, now) > Memory).Select(look => look.Key).ToList()) _looks.Remove(path);
    }

    /// <summary>True for an empty file, and for one whose front matter begins and does not end.</summary>
    private bool IsCutOff(FoundFile file)
    {
        if (file.Size == 0) return true;
        if (!ContentLayout.IsMarkdown(file.Path) || file.Size > ContentFolder.MaxTextBytes || folder.Read(file) is not { IsReadable: true } source) return false;
        var problems = new ProblemList(file.Path);
        FrontMatter.FrontMatterSplitter.Split(source.Text, problems);
        return problems.Sorted().Any(problem => problem.Code == "unclosed-front-matter");
    }

    /// <param name="Size">In bytes.</param>
    /// <param name="ModifiedAt">UTC ticks.</param>
    /// <param name="Changed">When it was first seen so.</param>
    /// <param name="Grew">True when it had been shorter shortly before.</param>
    private sealed record Look(long Size, long ModifiedAt, long Changed, bool Grew);
}
