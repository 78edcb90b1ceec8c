using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Blog.Site.PageCache;

/// <summary>
/// What Kestrel reads of a connection: all but the requests that a finished page answers, which are answered here. Only between two requests is there anything to do; while Kestrel is at
/// one, and after any that could be followed by something else than a request, what comes goes to it as it is.
/// </summary>
/// <param name="input">What comes from the client.</param>
/// <param name="output">What goes there. Between two requests Kestrel has nothing to say: an answer is on its way before it asks for the next request.</param>
/// <param name="answers">What can be answered.</param>
internal sealed class EarlyReader(PipeReader input, EarlyWriter output, EarlyAnswers answers) : PipeReader
{
    // Bytes. A longer head is not waited for here.
    private const int MaxHead = 8 * 1024;

    // Pieces. One that comes in more is Kestrel's, which has a time limit for it.
    private const int MaxCuts = 4;

    // Bytes that are written before they are sent: of many requests at a time, no more are answered than that.
    private const int MaxUnsent = 64 * 1024;

    private readonly RequestHead _head = new();
    private ReadOnlySequence<byte> _handed;
    private long _left;
    private bool _isKestrels;
    private bool _isSending;
    private bool _isCancelled;
    private int _cuts;
    private long _handedAt = answers.Now;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => _isKestrels ? input.ReadAsync(cancellationToken) : ReadBetween(cancellationToken);

    public override bool TryRead(out ReadResult result)
    {
        if (!input.TryRead(out result)) return false;
        _isKestrels = true;
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_left > 0 && !_isKestrels)
        {
            _left -= _handed.Slice(0, consumed).Length;
            // Where Kestrel takes more than the one request, it knows better.
            _isKestrels |= _left < 0;
        }

        input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead()
    {
        input.CancelPendingRead();
        _isCancelled = true;
        Interlocked.MemoryBarrier();
        // Who is too slow in taking what was asked for is waited for as long as for another request.
        if (_isSending) output.CancelPendingFlush();
    }

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    // An object for each wait would be one for each answer.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReadBetween(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            // Either is the end, whatever was still to come.
            _isKestrels |= result.IsCanceled || result.IsCompleted;
            if (_isKestrels || _left > 0) return Hand(result);
            switch (Answer(result.Buffer, out var rest))
            {
                case Outcome.Kestrels:
                    return Hand(result);
                case Outcome.Cut:
                    // Kestrel waits as for a request of which nothing has come.
                    input.AdvanceTo(rest, result.Buffer.End);
                    break;
                default:
                    // What is left was not looked at.
                    input.AdvanceTo(rest);
                    await Send(cancellationToken);
                    break;
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask Send(CancellationToken cancellationToken)
    {
        _isSending = true;
        Interlocked.MemoryBarrier();
        // Whoever cancelled before may not have seen that there is something to cancel.
        if (_isCancelled) output.CancelPendingFlush();
        try { await output.Send(cancellationToken); }
        finally { _isSending = false; }
    }

    private ReadResult Hand(ReadResult result)
    {
        _handed = result.Buffer;
        return result;
    }

    /// <summary>Answers what can be.</summary>
    /// <param name="bytes">From the beginning of a request.</param>
    /// <param name="rest">Where the first begins that was not answered.</param>
    private Outcome Answer(ReadOnlySequence<byte> bytes, out SequencePosition rest)
    {
        var unsent = 0;
        rest = bytes.Start;
        while (unsent < MaxUnsent && !bytes.IsEmpty)
        {
            var isRead = IsGet(bytes) && _head.Read(bytes, out rest);
            var written = isRead && _head.IsPlain && !answers.IsDue(_handedAt) ? output.Answer(_head, answers) : 0;
            if (written == 0)
            {
                var outcome = unsent > 0 ? Outcome.Answered : Left(bytes, isRead, rest);
                rest = bytes.Start;
                return outcome;
            }

            _cuts = 0;
            unsent += written;
            bytes = bytes.Slice(rest);
        }

        return unsent > 0 ? Outcome.Answered : Outcome.Kestrels;
    }

    /// <summary>Says what becomes of a request that was not answered.</summary>
    private Outcome Left(ReadOnlySequence<byte> bytes, bool isRead, SequencePosition end)
    {
        if (!isRead && IsGet(bytes) && _head.IsCut && bytes.Length < MaxHead && ++_cuts < MaxCuts) return Outcome.Cut;
        _cuts = 0;
        if (isRead && _head.IsWhole) (_left, _handedAt) = (bytes.Slice(0, end).Length, answers.Now);
        else _isKestrels = true;
        return Outcome.Kestrels;
    }

    /// <summary>True for what may be answered. Neither is a request of another method worth reading twice, nor what TLS or HTTP/2 begin with.</summary>
    private static bool IsGet(ReadOnlySequence<byte> bytes) => new SequenceReader<byte>(bytes).TryPeek(out var first) && first == 'G';

    /// <summary>What became of what came.</summary>
    private enum Outcome
    {
        /// <summary>It was answered, at least the beginning.</summary>
        Answered,

        /// <summary>It is no request yet.</summary>
        Cut,

        /// <summary>Kestrel is to have it.</summary>
        Kestrels,
    }
}
