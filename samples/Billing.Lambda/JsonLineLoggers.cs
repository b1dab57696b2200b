using System.Text;
using Microsoft.Extensions.Logging;

using Billing.HttpApi;
namespace Billing.Lambda;

/// <summary>Logs in Lambda's JSON format: one object per line.</summary>
internal sealed class JsonLineLoggers(TextWriter output, LogLevel least, TimeProvider time) : ILoggerFactory
{
    private readonly Lock _lock = new();
    private readonly AsyncLocal<string?> _requestId = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log has only one destination; no provider can be added.");

    public void Dispose()
    {
        lock (_lock)
        {
            output.Flush();
        }
    }

    private void Write(string category, LogLevel level, EventId id, string message, Exception? exception)
    {
        byte[] line = JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", NameOf(level));
            json.WriteString("category", category);
            json.WriteNumber("event", id.Id);
            json.WriteString("message", message);
            if (_requestId.Value is { } requestId)
            {
                json.WriteString("requestId", requestId);
            }

            if (exception is not null)
            {
                json.WriteString("errorType", exception.GetType().FullName);
                json.WriteString("errorMessage", exception.Message);
                json.WriteString("stack", exception.ToString());
            }

            json.WriteEndObject();
        });
        lock (_lock)
        {
            output.WriteLine(Encoding.UTF8.GetString(line));
            output.Flush();
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        LogLevel.Critical => "FATAL",
        _ => "INFO",
    };

    private sealed class Logger(JsonLineLoggers owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            if (state is not string requestId)
            {
                return null;
            }

            owner._requestId.Value = requestId;
            return new Scope(owner);
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= owner.Least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner.Write(category, logLevel, eventId, formatter(state, exception), exception);
            }
        }
    }

    private sealed class Scope(JsonLineLoggers owner) : IDisposable
    {
        public void Dispose() => owner._requestId.Value = null;
    }

    private LogLevel Least => least;
}
