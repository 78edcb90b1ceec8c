using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Blog.Export;

/// <summary>A server without a network: it hands requests to the application and has the answers written where the caller wants them.</summary>
internal sealed class LocalServer : IServer
{
    /// <summary>By which the application tells the keys of a page.</summary>
    public const string KeysHeader = "Surrogate-Key";

    private Func<IFeatureCollection, Func<Task>, Task>? _handle;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <summary>Asks for a path as a reader would who can't decompress anything.</summary>
    /// <param name="path">Not escaped.</param>
    /// <param name="tag">The entity tag of what is known already, for an answer that says only that nothing has changed; null to have it whole.</param>
    /// <param name="body">Receives the bytes.</param>
    /// <param name="cancelled">Has the application give up.</param>
    public async Task<LocalAnswer> Get(string path, string? tag, Stream body, CancellationToken cancelled)
    {
        var request = new HttpRequestFeature { Method = HttpMethods.Get, Scheme = Uri.UriSchemeHttp, Protocol = HttpProtocol.Http11, Path = path, RawTarget = path };
        request.Headers.Host = "localhost";
        if (tag is not null) request.Headers.IfNoneMatch = tag;
        var (response, sink) = (new LocalResponse(), new StreamResponseBodyFeature(body));
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(sink);
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = cancelled });
        await _handle!(features, async () =>
        {
            await sink.CompleteAsync();
            await response.Start();
        });
        return new LocalAnswer(response.StatusCode, response.Headers.ContentType, response.Headers.Location, response.Headers.ETag, response.Headers[KeysHeader])
        {
            IsForEver = response.Headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal),
        };
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
    {
        _handle = async (features, finish) =>
        {
            var context = application.CreateContext(features);
            Exception? failure = null;
            try
            {
                await application.ProcessRequestAsync(context);
                await finish();
            }
            catch (Exception e)
            {
                failure = e;
                throw;
            }
            finally
            {
                await ((LocalResponse)features.GetRequiredFeature<IHttpResponseFeature>()).Complete();
                application.DisposeContext(context, failure);
            }
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    /// <summary>The response, with those who want to know when it begins and when it has ended: the services of a request live until then.</summary>
    private sealed class LocalResponse : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
        private readonly Stack<(Func<object, Task> Callback, object State)> _completed = new();

        public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

        public override void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

        public async Task Start()
        {
            while (_starting.TryPop(out var last)) await last.Callback(last.State);
        }

        public async Task Complete()
        {
            while (_completed.TryPop(out var last)) await last.Callback(last.State);
        }
    }
}

/// <summary>What the application answered, but for the bytes.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="ContentType">Null where there is no content.</param>
/// <param name="Location">Where a redirect leads, as it was sent.</param>
/// <param name="Tag">The entity tag; null for what has none.</param>
/// <param name="Keys">The <see cref="Catalogue.SurrogateKeys"/> of what it shows, separated by spaces; null where it does not tell them.</param>
internal sealed record LocalAnswer(int Status, string? ContentType, string? Location, string? Tag, string? Keys)
{
    /// <summary>True for what its address names for ever: another content has another address.</summary>
    public bool IsForEver { get; init; }
}
