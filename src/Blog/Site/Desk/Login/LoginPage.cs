namespace Blog.Site.Desk.Login;

/// <summary>The form that asks for the token.</summary>
/// <param name="ReturnUrl">Where to go from there: an address on this site.</param>
/// <param name="Trouble">Why the last attempt failed; null before the first.</param>
public sealed record LoginPage(DeskFrame Frame, string ReturnUrl, string? Trouble = null) : DeskPage(Frame, null);
