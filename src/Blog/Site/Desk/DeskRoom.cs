namespace Blog.Site.Desk;

/// <summary>A page of the desk as the navigation has it.</summary>
/// <param name="Name">Of its controller, and of its title in <see cref="DeskWords"/>.</param>
/// <param name="Path">Its address.</param>
/// <param name="Key">The key that leads there after <c>g</c>.</param>
public sealed record DeskRoom(string Name, string Path, char Key)
{
    public const string Home = "/desk";

    public static readonly DeskRoom Overview = new("Overview", Home, 'o');
    public static readonly DeskRoom Problems = new("Problems", Home + "/problems", 'p');
    public static readonly DeskRoom Articles = new("Articles", Home + "/articles", 'a');
    public static readonly DeskRoom Links = new("Links", Home + "/links", 'l');
    public static readonly DeskRoom Terms = new("Terms", Home + "/terms", 't');
    public static readonly DeskRoom Activity = new("Activity", Home + "/activity", 's');
    public static readonly DeskRoom Redirects = new("Redirects", Home + "/redirects", 'r');

    /// <summary>All of them, in the order of the navigation.</summary>
    public static IReadOnlyList<DeskRoom> All { get; } = [Overview, Problems, Articles, Links, Terms, Activity, Redirects];
}
