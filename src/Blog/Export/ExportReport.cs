using Blog.Content;

namespace Blog.Export;

/// <summary>What an export did.</summary>
/// <param name="Pages">Pages of HTML, without those that only lead on.</param>
/// <param name="Redirects">Old addresses that lead on.</param>
/// <param name="Files">All files of the exported site, which are those that the manifest names.</param>
/// <param name="Written">Files that were written because they are new or have changed.</param>
/// <param name="Removed">Files of the last export that the site has no more.</param>
/// <param name="Bytes">Bytes that were written.</param>
/// <param name="Problems">What is wrong with the exported site: links that lead nowhere, pages that could not be made, files in the way.</param>
/// <param name="ContentProblems">What <c>check</c> finds in the content.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ExportReport(int Pages, int Redirects, int Files, long Written, int Removed, long Bytes, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> ContentProblems, TimeSpan Elapsed)
{
    /// <summary>Null where the site has been told under which address readers reach it; else the one that its feeds, sitemap and canonical links name.</summary>
    public string? GuessedBase { get; init; }

    /// <summary>Addresses that the site was asked for, apart from copies; the others were known to be as the last export left them.</summary>
    public int Rendered { get; init; }
}

/// <summary>How far an export has come.</summary>
/// <param name="Done">Addresses that have been exported.</param>
/// <param name="Total">Addresses that are known of; more may be found. 0 while the content is read.</param>
public readonly record struct ExportStep(int Done, int Total);
