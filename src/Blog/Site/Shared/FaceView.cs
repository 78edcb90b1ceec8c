using Blog.Catalogue;

namespace Blog.Site.Shared;

/// <summary>An author's avatar, or the first letter of the name.</summary>
/// <param name="Author">Whose.</param>
/// <param name="Page">The page that shows it.</param>
public sealed record FaceView(TermLink Author, Page Page);
