using Microsoft.Extensions.Logging;

namespace Billing.Core.Tests.Runs;

/// <summary>A log that keeps the names and levels of its events.</summary>
internal sealed class EventLog : ILogger<BillingPipeline>
{
    private readonly List<(string? Name, LogLevel Level)> _events = [];

    /// <summary>Called with the name of each event, after it was kept.</summary>
    public Action<string?>? OnEvent { get; init; }

    public IReadOnlyList<string?> Names => [.. All.Select(one => one.Name)];

    public IReadOnlyList<LogLevel> Levels => [.. All.Select(one => one.Level)];

    private (string? Name, LogLevel Level)[] All
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_events)
        {
            _events.Add((eventId.Name, logLevel));
        }

        OnEvent?.Invoke(eventId.Name);
    }
}
