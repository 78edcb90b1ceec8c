namespace Blog.Site.Assets;

/// <summary>Tells browsers to fetch a page of the site as soon as a reader is about to open it (Speculation Rules, WICG): named in a header, so that no page needs a script for it.</summary>
internal static class SpeculationRules
{
    // Not the desk, and nothing that is asked for with a query, such as previews and searches.
    private const string Rules = """{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":["/desk","/desk/*","/*\\?*","/*.*"]}},{"not":{"selector_matches":"[rel~=nofollow],[download]"}}]},"eagerness":"moderate"}]}""";

    public static BuiltAsset Asset { get; } = BuiltAsset.From(Rules, "speculation", "json");

    public static string Url => Asset.Url;
}
