using System.Collections.Concurrent;
using Billing.EndToEnd.Tests;

[assembly: AssemblyFixture(typeof(SharedEnvironment))]
// One environment on one machine: what a test measures or kills is not another's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Billing.EndToEnd.Tests;

/// <summary>The environment that most tests use; started by the first that asks. Tests that break parts of it start one of their own.</summary>
public sealed class SharedEnvironment : IAsyncDisposable
{
    private readonly Lazy<Task<LocalEnvironment>> _environment;

    public SharedEnvironment() => _environment = new Lazy<Task<LocalEnvironment>>(() =>
    {
        LocalOptions options = new()
        {
            FunctionsFolder = NativeFunctions.Folder,
            RetryAfter = TimeSpan.FromSeconds(1),
            BatchWindow = TimeSpan.Zero,
            // Tests kill functions at work; nothing may end in the dead letters for that.
            MaxReceives = 30,
            OnEvent = Events.Enqueue,
            OnTaken = (function, process) => Taken?.Invoke(function, process),
        };
        options.Variables["BILLING_TIME_ZONE"] = "Pacific/Auckland";
        return LocalEnvironment.StartAsync(options);
    });

    /// <summary>What has happened.</summary>
    public ConcurrentQueue<LocalEvent> Events { get; } = new();

    /// <summary>Told which process of which function an event is handed to.</summary>
    public Action<string, int>? Taken { get; set; }

    public Task<LocalEnvironment> GetAsync() => _environment.Value;

    public async ValueTask DisposeAsync()
    {
        if (_environment.IsValueCreated && _environment.Value.IsCompletedSuccessfully)
        {
            await (await _environment.Value).DisposeAsync();
        }
    }
}
