using System.Globalization;
using Blog.Catalogue;
using Blog.Content;
using Blog.Site.Shared;

namespace Blog.Site.Desk;

/// <summary>What every view of the desk is given. The desk speaks English, whatever the site does.</summary>
/// <param name="Frame">What is around it.</param>
/// <param name="Room">The page of the navigation that it is; null for the login.</param>
/// <param name="Title">Its heading.</param>
public abstract record DeskPage(DeskFrame Frame, DeskRoom? Room, string Title)
    : Page(Frame.Site, new PageHead { Title = Title, Language = "en", NoIndex = true })
{
    /// <summary>A moment to the minute in the site's zone.</summary>
    public string Clock(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Settings.Zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How far away a moment is: “in 3 h”, “2 min ago”.</summary>
    public string Away(DateTimeOffset moment)
    {
        var span = moment - Frame.Now;
        var size = span.Duration();
        if (size < TimeSpan.FromMinutes(1)) return span > TimeSpan.Zero ? "in a moment" : "just now";
        var words = size.TotalMinutes < 60 ? $"{(int)size.TotalMinutes} min"
            : size.TotalHours < 48 ? $"{(int)size.TotalHours} h"
            : size.TotalDays < 60 ? $"{(int)size.TotalDays} days"
            : size.TotalDays < 730 ? $"{(int)(size.TotalDays / 30.44)} months"
            : $"{(int)(size.TotalDays / 365.25)} years";
        return span > TimeSpan.Zero ? $"in {words}" : $"{words} ago";
    }

    /// <summary>A number as people read it.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>“1 file”, “2 files”.</summary>
    public static string Counted(long number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";
}

/// <summary>A moment on a page, for the partial that writes it.</summary>
/// <param name="Page">The page that shows it.</param>
/// <param name="Moment">What is shown.</param>
/// <param name="IsAway">Whether it is shown as a distance from now, with the hour as a hint.</param>
public sealed record MomentView(DeskPage Page, DateTimeOffset Moment, bool IsAway = true)
{
    public MomentView(DeskPage page, long unixMilliseconds, bool isAway = true) : this(page, DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds), isAway)
    {
    }
}

/// <summary>An article as the desk lists it.</summary>
/// <param name="Article">Its row.</param>
/// <param name="State">At the moment of the request.</param>
/// <param name="Url">Where to see it; null where there is none.</param>
public sealed record DeskArticle(Article Article, ArticleState State, string? Url)
{
    public static DeskArticle From(Article article, DeskFrame frame) => new(article, article.StateAt(frame.Now), frame.UrlOf(article));

    /// <summary>Where its problems are listed.</summary>
    public string ProblemsUrl => Problems.ProblemFilter.UrlOfFile(Article.Path);

    /// <summary>The language that its title is in where that is not the site's; else null.</summary>
    public string? Language => Article.Language is { } language && LanguageTag.Culture(language).Name.Length > 0 ? language : null;
}
