using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Billing.Web.Contracts;

namespace Billing.Web.Imports;

/// <summary>One import, while it runs and after.</summary>
internal sealed class ImportJob(ImportReply first) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _number;

    public ImportReply Now { get; private set; } = first;

    public bool HasEnded => Now.State != ImportState.Running;

    public CancellationToken Stopped => _stop.Token;

    public void Cancel() => _stop.Cancel();

    public void Become(Func<ImportReply, ImportReply> change)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            Now = change(Now);
            _number++;
            (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        more.SetResult();
    }

    /// <summary>What it is now, whenever it has changed, until it has ended. Whoever comes late, or again, begins with what it is then.</summary>
    public async IAsyncEnumerable<SseItem<ImportReply>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            ImportReply now;
            long number;
            Task more;
            lock (_lock)
            {
                (now, number, more) = (Now, _number, _more.Task);
            }

            bool hasEnded = now.State != ImportState.Running;
            yield return new SseItem<ImportReply>(now, hasEnded ? "ended" : "progress") { EventId = number.ToString(System.Globalization.CultureInfo.InvariantCulture) };
            if (hasEnded)
            {
                yield break;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _stop.Dispose();
}
