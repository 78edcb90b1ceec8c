namespace Blog.Site.PageCache;

/// <summary>Marks what answers with the same bytes for everybody until the site changes, so that they are kept. The query does not count.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class CachedAttribute : Attribute;

/// <summary>What a page tells of itself while it is rendered.</summary>
public sealed class PageFate
{
    /// <summary>True for a page that will look otherwise in a moment, without any change of the site: such as one whose code has no colours yet.</summary>
    public bool IsPassing { get; set; }
}
