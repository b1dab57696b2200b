using System.Globalization;
using Billing.Console.Views;

namespace Billing.Console.Progress;

/// <summary>How fast one source is read, and how long it still takes.</summary>
internal sealed class ProgressPace(string name, TimeProvider timeProvider)
{
    private readonly long _started = timeProvider.GetTimestamp();
    private volatile IngestProgress? _last;

    public void Report(IngestProgress progress) => _last = progress;

    /// <summary>As many of its parts as fit, the most important first: rows, time left, rate, bytes, name.</summary>
    public string ToText(int room)
    {
        IngestProgress? last = _last;
        if (last is null)
        {
            return Shortening.Middle(Printable.Of(name), room);
        }

        TimeSpan elapsed = timeProvider.GetElapsedTime(_started);
        long milliseconds = Math.Max(1, (long)elapsed.TotalMilliseconds);
        string rows = Figures.Count(last.Report.Read.Rows, "row");
        string rate = $"{Figures.Count(last.Report.Read.Rows * 1000 / milliseconds)} rows/s";
        string bytes = last.BytesTotal is { } total ? $"{Figures.Bytes(last.BytesRead)} of {Figures.Bytes(total)}" : Figures.Bytes(last.BytesRead);
        string left = last is { BytesTotal: { } all, BytesRead: > 0 and var read }
            ? Duration(TimeSpan.FromMilliseconds((decimal)milliseconds * Math.Max(0, all - read) / read is var ms && ms < 359_999_000m ? (long)ms : 359_999_000L)) + " left"
            : "";
        string[][] choices = [[rows, bytes, rate, left], [rows, rate, left], [rows, left], [rows]];
        string text = choices.Select(parts => string.Join("  ", parts.Where(part => part.Length > 0))).First(line => line.Length <= room || line == rows);
        int nameRoom = room - text.Length - 2;
        return nameRoom < 12 ? text : $"{text}  {Shortening.Middle(Printable.Of(name), nameRoom)}";
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}")
        : time.ToString("m\\:ss", CultureInfo.InvariantCulture);
}
