using System.Globalization;
using System.Text;
using Billing.Reading;
using Billing.Rows;

namespace Billing.Core.Tests.Reading;

/// <summary>A source read to its end, and how a test says what it expects of it.</summary>
internal sealed record ReadSource(List<ParsedRow> Rows, SourceFormat Format, string? Header, char? Separator, IReadOnlyList<string> Warnings)
{
    public const int Capacity = 3;

    /// <summary>Line, fault or date, amount, currency, and the named values.</summary>
    public IEnumerable<string> Lines => Rows.Select(Describe);

    public static ReadSource Of(string text, SourceLayout? layout = null, RecordIdentity? identity = null, int blockBytes = 65536) =>
        Of(Encoding.UTF8.GetBytes(text), layout, identity, blockBytes);

    public static ReadSource Of(byte[] bytes, SourceLayout? layout = null, RecordIdentity? identity = null, int blockBytes = 65536) =>
        Of(new MemoryStream(bytes), layout, identity, blockBytes);

    public static ReadSource Of(Stream stream, SourceLayout? layout = null, RecordIdentity? identity = null, int blockBytes = 65536) =>
        OfAsync(stream, layout, identity, blockBytes).GetAwaiter().GetResult();

    public static async Task<ReadSource> OfAsync(Stream stream, SourceLayout? layout, RecordIdentity? identity, int blockBytes)
    {
        await using RecordReader reader = await RecordReaders.OpenAsync("june.csv", stream, layout ?? SourceLayout.Default, identity ?? RecordIdentity.Content, blockBytes, CancellationToken.None);
        List<ParsedRow> all = [];
        for (bool more = true; more;)
        {
            // A new list for each: these rows are kept.
            RecycledList<ParsedRow> batch = new();
            more = await reader.ReadAsync(batch, Capacity, int.MaxValue, CancellationToken.None);
            Assert.True(batch.Count == Capacity || !more);
            all.AddRange(batch);
        }

        return new ReadSource(all, reader.Format, reader.Header, reader.Separator, reader.Warnings);
    }

    public static string Describe(ParsedRow row)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{row.Line} @{row.ByteOffset} ");
        text.Append(row.Fault?.Reason ?? row.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        text.Append(CultureInfo.InvariantCulture, $" {row.Amount?.ToString(CultureInfo.InvariantCulture) ?? "-"} {row.CurrencyCode ?? "-"}");
        Add("instant", row.Instant?.ToString("O", CultureInfo.InvariantCulture));
        Add("id", row.SourceId);
        Add("party", row.Party);
        Add("account", row.Account);
        Add("description", row.Description);
        Add("scope", row.Scope);
        if (row.IdentityValues.Length > 0)
        {
            text.Append(" by ").AppendJoin('/', row.IdentityValues);
        }

        foreach ((string name, string? value) in row.Attributes)
        {
            text.Append(CultureInfo.InvariantCulture, $" {name}:{value ?? "null"}");
        }

        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $" {name}={value}");
            }
        }
    }
}
