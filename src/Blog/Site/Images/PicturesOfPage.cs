using Blog.Catalogue;
using Blog.Images;
using Blog.Site.PageCache;
using Blog.Site.Shared;

namespace Blog.Site.Images;

/// <summary>Gives each page, before its view is written, what is known of the pictures on it: in one query, whatever page it is.</summary>
internal sealed class PicturesOfPage(CatalogueSession session, SiteAddress address, PageKeys keys)
{
    /// <summary>The page with what is known of its pictures.</summary>
    public Page Add(Page page)
    {
        var shared = Local(page.Head.Image);
        var shown = page.PictureAddresses.Append(page.Settings.Logo).Append(shared).OfType<string>().ToList();
        if (shown.Count == 0) return page;
        keys.AddPictures(shown);
        var pictures = Find(shown);
        return page with { Pictures = pictures, Head = WithShared(page.Head, shared is null ? null : pictures.GetValueOrDefault(shared)) };
    }

    /// <summary>What is known of the pictures; nothing while the catalogue fails, of which an error page must be able to tell.</summary>
    private IReadOnlyDictionary<string, Picture> Find(IEnumerable<string> urls)
    {
        try
        {
            return session.Reader.PicturesAt(urls);
        }
        catch (Exception e) when (CatalogueFile.IsFailure(e))
        {
            return new Dictionary<string, Picture>();
        }
    }

    /// <summary>The address on this site of a whole one; null for one elsewhere.</summary>
    private string? Local(string? url) => url is not null && url.StartsWith(address.Base + "/", StringComparison.Ordinal) ? url[address.Base.Length..] : null;

    /// <summary>Link previews want JPEG or PNG, of about that size.</summary>
    private PageHead WithShared(PageHead head, Picture? picture)
    {
        if (picture is null) return head;
        if (!PictureVariants.CanBeShared(picture)) return picture is { IsWhole: true, Width: > 0 } ? head with { ImageSize = (picture.Width, picture.Height) } : head;
        var width = PictureVariants.ShareWidthOf(picture);
        return head with { Image = address.Whole(PictureVariants.Url(picture, width, PictureVariants.FallbackExtension(picture))), ImageSize = (width, PictureVariants.HeightFor(picture, width)) };
    }
}
