namespace Blog.Catalogue;

/// <summary>What one sync did.</summary>
/// <param name="Articles">Articles, pages and their like in the catalogue now.</param>
/// <param name="Changed">Files read and rendered.</param>
/// <param name="Removed">Files that are gone.</param>
/// <param name="Errors">Problems of that severity in the catalogue now.</param>
/// <param name="Warnings">Problems of that severity in the catalogue now.</param>
/// <param name="Elapsed">From the first look at the folder to the commit.</param>
/// <param name="State">The site from then on.</param>
public sealed record SyncReport(long Articles, int Changed, int Removed, int Errors, int Warnings, TimeSpan Elapsed, SiteState State);
