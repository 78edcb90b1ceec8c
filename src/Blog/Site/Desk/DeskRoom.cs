namespace Blog.Site.Desk;

/// <summary>A page of the desk as the navigation has it.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Path">Its address.</param>
/// <param name="Controller">Who makes it.</param>
/// <param name="Key">The key that leads there after <c>g</c>.</param>
public sealed record DeskRoom(string Title, string Path, string Controller, char Key)
{
    public const string Home = "/desk";

    public static readonly DeskRoom Overview = new("Overview", Home, "Overview", 'o');
    public static readonly DeskRoom Problems = new("Problems", Home + "/problems", "Problems", 'p');
    public static readonly DeskRoom Articles = new("Articles", Home + "/articles", "Articles", 'a');
    public static readonly DeskRoom Links = new("Links", Home + "/links", "Links", 'l');
    public static readonly DeskRoom Terms = new("Terms", Home + "/terms", "Terms", 't');
    public static readonly DeskRoom Activity = new("Activity", Home + "/activity", "Activity", 's');
    public static readonly DeskRoom Redirects = new("Redirects", Home + "/redirects", "Redirects", 'r');

    /// <summary>All of them, in the order of the navigation.</summary>
    public static IReadOnlyList<DeskRoom> All { get; } = [Overview, Problems, Articles, Links, Terms, Activity, Redirects];
}
