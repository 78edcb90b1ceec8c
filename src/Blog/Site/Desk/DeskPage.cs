using Blog.Catalogue;
using Blog.Site.Shared;

namespace Blog.Site.Desk;

/// <summary>What every view of the desk is given.</summary>
/// <param name="Frame">What is around it.</param>
/// <param name="Room">The page of the navigation that it is; null for the login.</param>
public abstract record DeskPage(DeskFrame Frame, DeskRoom? Room)
    : Page(Frame.Site, new PageHead { Title = Frame.Words[Room?.Name ?? "LogIn"], Language = Frame.Words.Language, NoIndex = true })
{
    /// <summary>Its heading.</summary>
    public string Title => Head.Title ?? "";

    /// <summary>A moment to the minute in the site's zone.</summary>
    public string Clock(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Settings.Zone).ToString(Frame.Words["MomentPattern"], Frame.Words.Culture);

    /// <summary>How far away a moment is: “in 3 h”, “2 min ago”.</summary>
    public string Away(DateTimeOffset moment)
    {
        var (span, desk) = (moment - Frame.Now, Frame.Words);
        var size = span.Duration();
        if (size < TimeSpan.FromMinutes(1)) return desk[span > TimeSpan.Zero ? "InAMoment" : "JustNow"];
        var (unit, number) = size.TotalMinutes < 60 ? ("Minutes", size.TotalMinutes)
            : size.TotalHours < 48 ? ("Hours", size.TotalHours)
            : size.TotalDays < 60 ? ("Days", size.TotalDays)
            : size.TotalDays < 730 ? ("Months", size.TotalDays / 30.44)
            : ("Years", size.TotalDays / 365.25);
        return desk.Format(span > TimeSpan.Zero ? "In" : "Ago", desk.Count(unit, (long)number));
    }

    /// <summary>What a content path is called: itself, but for that of the folder.</summary>
    public string NameOf(string path) => path.Length == 0 ? Frame.Words["ContentFolder"] : path;
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
/// <param name="Language">The language that its title is in where that is not the desk's; else null.</param>
public sealed record DeskArticle(Article Article, ArticleState State, string? Url, string? Language)
{
    public static DeskArticle From(Article article, DeskFrame frame)
    {
        var language = article.Language ?? frame.Site.Settings.Language;
        return new DeskArticle(article, article.StateAt(frame.Now), frame.UrlOf(article), language == frame.Words.Language ? null : language);
    }

    /// <summary>Where its problems are listed.</summary>
    public string ProblemsUrl => Problems.ProblemFilter.UrlOfFile(Article.Path);
}
