using Billing.Web.Contracts;

namespace Billing.Web.Client.Host;

/// <summary>
/// What a page shows: the answer to its last question. An answer that comes after a newer question is left alone, and the answer to another question is not shown beside the failure of this one.
/// </summary>
public sealed class Answered<T>
    where T : class
{
    private int _asked;

    /// <summary>The question that <see cref="Value"/> answers, such as the path with its filters; null if there is no value.</summary>
    public string? Question { get; private set; }

    /// <summary>The answer; null before the first one.</summary>
    public T? Value { get; private set; }

    /// <summary>Why the last question was refused, or null.</summary>
    public ProblemReply? Problem { get; private set; }

    /// <summary>Whether the host could not be reached.</summary>
    public bool IsOffline { get; private set; }

    /// <summary>Whether an answer is waited for that is not shown yet.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Asks.</summary>
    /// <returns>Whether the answer is shown: false where it failed, or a newer question was asked meanwhile.</returns>
    public async Task<bool> AskAsync(string question, Func<string, Task<Reply<T>>> ask)
    {
        int mine = ++_asked;
        IsWaiting = question != Question;
        Reply<T> reply = await ask(question);
        if (mine != _asked)
        {
            return false;
        }

        (Problem, IsOffline, IsWaiting) = (reply.Problem, reply.IsOffline, false);
        if (reply.Value is { } value)
        {
            (Question, Value) = (question, value);
        }
        else if (question != Question)
        {
            (Question, Value) = (null, null);
        }

        return reply.IsOk;
    }

    /// <summary>Shows an answer that came another way. What is still waited for is left alone when it comes.</summary>
    public void Show(string question, T value)
    {
        _asked++;
        (Question, Value, Problem, IsOffline, IsWaiting) = (question, value, null, false, false);
    }
}
