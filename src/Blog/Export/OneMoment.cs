namespace Blog.Export;

/// <summary>The time for a site that is seen as of one moment, so that no article comes or goes between two of its pages.</summary>
internal sealed class OneMoment(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _now = time.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _now;
}
