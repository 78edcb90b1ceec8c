using Blog.Content;
using Blog.Images;
using Microsoft.EntityFrameworkCore;

namespace Blog.Catalogue;

/// <summary>How pages ask for pictures.</summary>
public static class PictureQueries
{
    // With more parameters a query takes seconds.
    private const int Chunk = 500;

    /// <summary>What is known of the pictures at addresses on this site, by address; of those elsewhere, or that are no pictures, nothing.</summary>
    public static async Task<IReadOnlyDictionary<string, Picture>> PicturesAt(this CatalogueContext db, IEnumerable<string> urls, CancellationToken cancelled)
    {
        var wanted = urls.Distinct().Select(url => (Url: url, Path: Permalinks.PathOfAsset(url))).Where(asset => asset.Path is not null).ToList();
        var found = (await db.PicturesOf(wanted.Select(asset => asset.Path!), cancelled)).ToDictionary(picture => picture.Path, StringComparer.Ordinal);
        return wanted.Where(asset => found.ContainsKey(asset.Path!)).ToDictionary(asset => asset.Url, asset => found[asset.Path!], StringComparer.Ordinal);
    }

    /// <summary>The pictures of those files that are some.</summary>
    public static async Task<IReadOnlyList<Picture>> PicturesOf(this CatalogueContext db, IEnumerable<string> paths, CancellationToken cancelled)
    {
        var found = new List<Picture>();
        foreach (var chunk in paths.Distinct().Chunk(Chunk)) found.AddRange(await db.Pictures.Where(picture => chunk.Contains(picture.Path)).ToListAsync(cancelled));
        return found;
    }

    /// <summary>A picture by its hash; null for none of now.</summary>
    public static Task<Picture?> PictureWith(this CatalogueContext db, string hash, CancellationToken cancelled) =>
        db.Pictures.Where(picture => picture.Hash == hash).OrderBy(picture => picture.Path).FirstOrDefaultAsync(cancelled);

    /// <summary>The pictures that readers are likely to see next: those in the newest articles.</summary>
    /// <param name="db">The catalogue.</param>
    /// <param name="articles">How many articles count.</param>
    /// <param name="now">When.</param>
    /// <param name="cancelled">Of whoever asks.</param>
    public static async Task<IReadOnlyList<Picture>> PicturesOfNewest(this CatalogueContext db, int articles, DateTimeOffset now, CancellationToken cancelled)
    {
        var newest = await db.Articles.Published(now).Listed().NewestFirst().Take(articles).Select(article => new { article.Id, article.CoverImage }).ToListAsync(cancelled);
        var ids = newest.Select(article => article.Id).ToList();
        var paths = await db.Links.Where(link => link.Kind == LinkKind.Asset && ids.Contains(link.ArticleId)).Select(link => link.Target).Distinct().ToListAsync(cancelled);
        return await db.PicturesOf(newest.Select(article => article.CoverImage).OfType<string>().Select(Permalinks.PathOfAsset).OfType<string>().Concat(paths), cancelled);
    }
}
