using System.Globalization;
using Billing.Reading;
using Billing.Rows;
using Billing.Sources;

namespace Billing.Inspection;

/// <summary>Reads a sample with a layout, as a run would.</summary>
internal static class LayoutTrial
{
    /// <summary>Returns the number of rows, how many of them can be read, and the warnings.</summary>
    public static async Task<(int Tried, int Read, IReadOnlyList<string> Warnings)> RunAsync(SourceSample sample, SourceLayout layout, CancellationToken cancellationToken)
    {
        RecycledList<ParsedRow> rows = new();
        List<string> warnings = [];
        try
        {
            Stream bytes = await new MemorySource(sample.SourceName, sample.Bytes).OpenAsync(cancellationToken).ConfigureAwait(false);
            RecordReader reader = await RecordReaders.OpenAsync(sample.SourceName, bytes, layout, RecordIdentity.Content, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                bool more = true;
                while (more && rows.Count < SourceSampler.MaxRows)
                {
                    warnings = [.. reader.Warnings];
                    more = await reader.ReadAsync(rows, SourceSampler.MaxRows, int.MaxValue, cancellationToken).ConfigureAwait(false);
                }

                if (!sample.IsCut)
                {
                    warnings = [.. reader.Warnings];
                }
                else if (!more && rows.Count > 0)
                {
                    // The sample ends within it.
                    rows.Cut(rows.Count - 1);
                }
            }
        }
        catch (SourceFormatException exception)
        {
            return (sample.Rows, 0, [.. warnings, exception.Message]);
        }

        // The run knows currencies only after parsing.
        foreach (ParsedRow row in rows.Where(row => row.Fault is null && !Currency.TryParse(row.CurrencyCode, out _)))
        {
            row.Fault = RowFaults.UnknownCurrency(row.CurrencyCode);
        }

        foreach (IGrouping<string, ParsedRow> faulty in rows.Where(row => row.Fault is not null).GroupBy(row => row.Fault!.Reason, StringComparer.Ordinal))
        {
            ParsedRow first = faulty.First();
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{faulty.Count()} {(faulty.Count() == 1 ? "row" : "rows")} cannot be read ({faulty.Key}), the first on line {first.Line}: {first.Fault!.Detail}"));
        }

        return (rows.Count, rows.Count(row => row.Fault is null), warnings);
    }
}
