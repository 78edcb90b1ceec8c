using System.IO.Pipelines;

namespace Blog.Site.PageCache;

/// <summary>
/// What goes to a client: all that Kestrel has to say, and between that the answers of <see cref="EarlyReader"/>. Kestrel may learn at any time that the connection has ended; that has
/// to wait while an answer is written, since the memory that it is written to is given to others then.
/// </summary>
/// <param name="output">Where to.</param>
internal sealed class EarlyWriter(PipeWriter output) : PipeWriter
{
    private readonly Lock _lock = new();
    private bool _isCompleted;

    public override bool CanGetUnflushedBytes => output.CanGetUnflushedBytes;

    public override long UnflushedBytes => output.UnflushedBytes;

    /// <summary>Writes the answer to a plain request.</summary>
    /// <returns>Bytes that were written; 0 where there is no answer ready, or nobody to take it.</returns>
    public int Answer(RequestHead request, EarlyAnswers answers)
    {
        lock (_lock) return _isCompleted ? 0 : answers.Write(output, request);
    }

    /// <summary>Sends what was written.</summary>
    public ValueTask<FlushResult> Send(CancellationToken cancellationToken)
    {
        lock (_lock) return _isCompleted ? new ValueTask<FlushResult>(new FlushResult(false, true)) : output.FlushAsync(cancellationToken);
    }

    public override void Complete(Exception? exception = null)
    {
        lock (_lock)
        {
            _isCompleted = true;
            output.Complete(exception);
        }
    }

    public override void Advance(int bytes) => output.Advance(bytes);

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => output.FlushAsync(cancellationToken);

    public override Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) => output.WriteAsync(source, cancellationToken);
}
