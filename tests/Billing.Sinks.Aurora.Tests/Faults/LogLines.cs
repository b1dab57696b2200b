using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Aurora.Tests.Faults;

/// <summary>Keeps what is logged, and can be waited on.</summary>
public sealed class LogLines : ILogger<AuroraSink>, IDisposable
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly SemaphoreSlim _logged = new(0);

    public IReadOnlyCollection<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue(formatter(state, exception));
        _logged.Release();
    }

    public void Dispose() => _logged.Dispose();

    /// <summary>Waits until a line holds a text.</summary>
    public async Task WaitForAsync(string text, CancellationToken cancellationToken)
    {
        while (!_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            Assert.True(await _logged.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken), $"No line with '{text}' was logged: {string.Join('\n', _lines)}");
        }
    }
}
