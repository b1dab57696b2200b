using System.Globalization;

namespace Billing.Stores;

/// <summary>Compares the fields of quarantined rows, except which runs quarantined and resolved them.</summary>
internal static class QuarantineDifferences
{
    /// <summary>Returns the fields in which two rows differ.</summary>
    public static IReadOnlyList<FieldDifference> Between(QuarantinedRecord one, QuarantinedRecord other)
    {
        FieldComparer compare = new();
        compare.Text("scope", one.Scope, other.Scope);
        compare.Text("reason", one.Reason, other.Reason);
        compare.Text("detail", one.Detail, other.Detail);
        if (!one.Raw.Span.SequenceEqual(other.Raw.Span))
        {
            // Bytes that are not text may look alike.
            compare.Text("raw", Convert.ToHexStringLower(one.Raw.Span), Convert.ToHexStringLower(other.Raw.Span));
        }

        compare.Text("rawLength", one.RawLength.ToString(CultureInfo.InvariantCulture), other.RawLength.ToString(CultureInfo.InvariantCulture));
        compare.Text("format", one.Format.ToString(), other.Format.ToString());
        compare.Text("header", one.Header, other.Header);
        compare.Text("separator", one.Separator?.ToString(), other.Separator?.ToString());
        compare.Text("amount", one.Amount?.ToString(CultureInfo.InvariantCulture), other.Amount?.ToString(CultureInfo.InvariantCulture));
        compare.Text("currency", one.CurrencyCode, other.CurrencyCode);
        compare.Text("resolved", StateOf(one), StateOf(other));
        compare.Source(one.Source, other.Source);
        return compare.Differences;
    }

    private static string StateOf(QuarantinedRecord record) => record.IsOpen ? "no" : record.ResolvedByRunId is not null ? "yes" : record.Resolution!;
}
