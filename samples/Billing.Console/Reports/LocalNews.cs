using System.Globalization;
using System.Text.Json;
using Billing.Console.Views;
using Billing.Local;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>What happens in a local environment, a line each.</summary>
internal sealed class LocalNews(Terminal terminal, bool showsEverything)
{
    private readonly Lock _lock = new();

    public void Write(LocalEvent news)
    {
        string text = news.Text;
        Style style = Styles.Attention;
        switch (news.Kind)
        {
            case LocalEventKind.Output when showsEverything:
                style = Styles.Quiet;
                break;
            case LocalEventKind.Output when Trouble(text) is { } trouble:
                text = trouble;
                break;
            case LocalEventKind.Output:
                return;
            case LocalEventKind.Failure:
                style = Styles.Bad;
                break;
            case LocalEventKind.Work:
                style = Styles.Good;
                break;
            case LocalEventKind.Lifecycle:
                style = Styles.Quiet;
                break;
            default:
                break;
        }

        string lead = string.Create(CultureInfo.InvariantCulture, $"{news.Time.ToLocalTime():HH:mm:ss} {Printable.Of(news.Kind == LocalEventKind.Alert ? $"alert '{news.Source}'" : news.Source)}: ");
        lock (_lock)
        {
            Sentence.Write(terminal.Out, text.ReplaceLineEndings(" "), lead, style);
        }
    }

    // Functions log a JSON document a line; warnings and worse are news, and so is what is no log at all.
    private static string? Trouble(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            return root.TryGetProperty("level", out JsonElement level) && level.GetString() is "TRACE" or "DEBUG" or "INFO" ? null
                : root.TryGetProperty("message", out JsonElement message)
                    ? root.TryGetProperty("errorMessage", out JsonElement error) ? $"{message.GetString()} {error.GetString()}" : message.GetString()
                    : line;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return line;
        }
    }
}
