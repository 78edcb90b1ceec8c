using System.Text;
using System.Text.Encodings.Web;
using Blog.Content;
using Blog.Site.Shared;

namespace Blog.Export;

/// <summary>What leads readers from old addresses to new ones where no server does: a list that some hosts follow, and a page for the others.</summary>
internal static class RedirectPages
{
    /// <summary>The list that Netlify and Cloudflare Pages read.</summary>
    public const string List = "_redirects";

    /// <summary>The list, a line for each address that leads on or is gone, by address.</summary>
    /// <param name="before">What the author has written there, which comes first and so counts first; empty for nothing.</param>
    /// <param name="old">Addresses that are <see cref="TargetState.Moved"/> or <see cref="TargetState.Gone"/>.</param>
    public static byte[] ListOf(string before, IEnumerable<ExportTarget> old)
    {
        var text = new StringBuilder(before);
        if (before.Length > 0 && before[^1] != '\n') text.Append('\n');
        foreach (var target in old.OrderBy(target => target.Path, StringComparer.Ordinal))
            text.Append(Permalinks.Escape(target.Path)).Append(target.State == TargetState.Gone ? $" /{FileLayout.NotFound} 410" : $" {target.Note} 301").Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A page that sends browsers on at once and tells search engines what is meant. It has no words but the new address, so that it needs no language.</summary>
    /// <param name="location">Where to, as the server says it.</param>
    /// <param name="address">Makes it whole.</param>
    public static byte[] PageTo(string location, SiteAddress address)
    {
        var (to, whole) = (HtmlEncoder.Default.Encode(location), HtmlEncoder.Default.Encode(address.Whole(location)));
        return Encoding.UTF8.GetBytes($"<!doctype html>\n<meta charset=\"utf-8\">\n<title>{whole}</title>\n<meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{whole}\">\n<meta http-equiv=\"refresh\" content=\"0; url={to}\">\n<a href=\"{to}\">{whole}</a>\n");
    }
}
