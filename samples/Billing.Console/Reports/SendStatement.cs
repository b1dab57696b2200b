using Billing.Aws;
using Billing.Console.Generation;
using Billing.Console.Views;

namespace Billing.Console.Reports;

/// <summary>What became of the messages for a queue.</summary>
/// <param name="queue">The address of the queue.</param>
/// <param name="messages">All messages.</param>
/// <param name="sent">How many the queue has confirmed.</param>
/// <param name="unsent">Those that it was tried to send in vain.</param>
/// <param name="isCancelled">Whether it was cancelled: of those that were under way, nobody knows.</param>
internal sealed class SendStatement(string queue, GeneratedMessages messages, long sent, IReadOnlyList<SqsUnsentMessage> unsent, bool isCancelled)
{
    private const string Remedy = "Running the same command again is safe for a consumer that recognises messages by their ids: it sends the same messages.";

    public string Queue => queue;

    public GeneratedMessages Messages => messages;

    // The messages are the same whenever they are gone through.
    public long Count { get; } = messages.Messages.LongCount();

    public long Sent => sent;

    public IReadOnlyList<SqsUnsentMessage> Unsent => unsent;

    /// <summary>How many were not tried, since the queue took none of those before them, or the command was cancelled.</summary>
    public long NotTried => Count - sent - unsent.Count;

    /// <summary>What went wrong, or null.</summary>
    public string? Error =>
        isCancelled ? $"Cancelled. {Figures.Count(sent)} of {Figures.Count(Count, "message")} {(Count == 1 ? "is" : "are")} confirmed; a few more may be in the queue. {Remedy}"
        : sent < Count ? $"{Figures.Count(Count - sent)} of {Figures.Count(Count, "message")} {(Count == 1 ? "was" : "were")} not sent{Why()} {Remedy}"
        : null;

    public int ExitCode => isCancelled ? Console.ExitCode.Cancelled : Error is null ? Console.ExitCode.Success : Console.ExitCode.Failed;

    /// <summary>Why messages were not sent: code, how many, and what was said of the first; most first.</summary>
    public IEnumerable<(string Code, int Messages, string Error)> Reasons() => unsent
        .GroupBy(message => message.Outcome.ErrorCode ?? "", StringComparer.Ordinal)
        .Select(group => (group.Key, group.Count(), group.First().Outcome.Error ?? ""))
        .OrderByDescending(reason => reason.Item2)
        .ThenBy(reason => reason.Key, StringComparer.Ordinal);

    private string Why() => unsent.Count == 0 ? "." : $": {Reasons().First().Error}";
}
