namespace Billing.Simulation.Tests.Ledgers;

/// <summary>Lets runs that go on at once call the store one after the other, in an order that a seed decides: the next is chosen when all of them wait or have ended.</summary>
internal sealed class Turns(int seed, int runs)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly SortedDictionary<int, TaskCompletionSource> _waiting = [];
    private int _going = runs;

    /// <summary>Waits until it is the run's turn. The turn lasts until the run comes again, or ends.</summary>
    public Task EnterAsync(int run)
    {
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add(run, turn);
            Choose();
        }

        return turn.Task;
    }

    /// <summary>A run has ended.</summary>
    public void End()
    {
        lock (_lock)
        {
            _going--;
            Choose();
        }
    }

    private void Choose()
    {
        if (_waiting.Count == 0 || _waiting.Count < _going)
        {
            return;
        }

        int run = _waiting.Keys.ElementAt(_random.Next(_waiting.Count));
        _waiting.Remove(run, out TaskCompletionSource? turn);
        turn!.SetResult();
    }
}
