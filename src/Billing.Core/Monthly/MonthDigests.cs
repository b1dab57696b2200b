using System.Security.Cryptography;

namespace Billing.Monthly;

/// <summary>The SHA-256 of the lines of a report.</summary>
internal static class MonthDigests
{
    /// <summary>What stays of a line when the text of a party is erased.</summary>
    private static readonly ReportColumn[] s_figures = [.. ReportColumn.OfMonth.Where(column => column.Name is "Date" or "Amount" or "Currency" or "Reporting Amount" or "Reporting Currency" or "Rate" or "Run" or "Key")];

    /// <summary>Of the CSV of all columns.</summary>
    public static ValueTask<string> OfLinesAsync(IReadOnlyList<MonthLine> lines, CancellationToken cancellationToken) => OfAsync(lines, ReportColumn.OfMonth, cancellationToken);

    /// <summary>Of the CSV of the columns that have no text of a party.</summary>
    public static ValueTask<string> OfFiguresAsync(IReadOnlyList<MonthLine> lines, CancellationToken cancellationToken) => OfAsync(lines, s_figures, cancellationToken);

    private static async ValueTask<string> OfAsync(IReadOnlyList<MonthLine> lines, IReadOnlyList<ReportColumn> columns, CancellationToken cancellationToken)
    {
        using SHA256 sha256 = SHA256.Create();
        CryptoStream hashing = new(Stream.Null, sha256, CryptoStreamMode.Write);
        await using (hashing.ConfigureAwait(false))
        {
            await ReportCsv.WriteAsync(hashing, columns, lines.ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false);
        }

        return Convert.ToHexStringLower(sha256.Hash!);
    }
}
