using System.IO.Compression;
using System.Text;

namespace Billing.Simulation.Tests.Schedules;

/// <summary>The bytes of a source, under a name, with what they say.</summary>
internal sealed class ScheduledDelivery
{
    private readonly Lazy<byte[]> _bytes;

    public ScheduledDelivery() => _bytes = new Lazy<byte[]>(Write);

    /// <summary>The number in its schedule.</summary>
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required string? Scope { get; init; }

    public required bool IsJson { get; init; }

    public required IReadOnlyList<SourceRow> Rows { get; init; }

    public string LineBreak { get; init; } = "\n";

    public bool HasMark { get; init; }

    public bool IsGzip { get; init; }

    public bool EndsWithBreak { get; init; } = true;

    public byte[] Bytes => _bytes.Value;

    /// <summary>The totals of the rows that are records.</summary>
    public ControlTotals Records(bool lateRates) => Totals.Of(Rows.Where(row => row.IsRecord(lateRates)).Select(row => (row.Entry!.Currency, row.Entry.Amount)));

    public override string ToString() =>
        $"{Name} #{Number} ({Rows.Count} rows{(Scope is null ? "" : ", scope " + Scope)}{(HasMark ? ", mark" : "")}{(IsGzip ? ", gzip" : "")}{(LineBreak == "\n" ? "" : ", CRLF")})";

    private byte[] Write()
    {
        string[] lines = [.. IsJson ? [] : new[] { RowTexts.Header }, .. Rows.Select(row => row.Text)];
        string text = (HasMark ? "\uFEFF" : "") + string.Join(LineBreak, lines) + (EndsWithBreak ? LineBreak : "");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (!IsGzip)
        {
            return bytes;
        }

        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
