namespace Billing.Sinks.Aurora.Tests.Faults;

/// <summary>Kills a server some spins after a number of batches, while the next one is written.</summary>
internal sealed class Killer(MySqlServer server, int batches, int spins, bool restart = false) : IProgress<IngestProgress>, IDisposable
{
    private readonly Lock _lock = new();
    private int _seen;
    private Thread? _thread;

    public void Report(IngestProgress value)
    {
        lock (_lock)
        {
            if (_seen++ == batches)
            {
                _thread = new Thread(Kill);
                _thread.Start();
            }
        }
    }

    /// <summary>Waits until it is done.</summary>
    public void Wait()
    {
        Assert.NotNull(_thread);
        _thread.Join();
    }

    public void Dispose() => _thread?.Join();

    private void Kill()
    {
        Thread.SpinWait(spins);
        server.Kill();
        if (restart)
        {
            server.Run();
        }
    }
}
