using System.Globalization;
using System.Text;

namespace Billing.Reports;

/// <summary>What an alert says: who reads it may have no access to the store.</summary>
internal static class AlertMessage
{
    // A topic takes 256 KiB; a reader takes less.
    private const int LongestValue = 500;

    public static string Of(BillingRecord record, string rule)
    {
        StringBuilder text = new();
        Line(text, "Rule", rule);
        Line(text, "Description", record.Description);
        Line(text, "Amount", record.Amount.ToString());
        if (record.Amount != record.ReportingAmount)
        {
            Line(text, "Reporting amount", record.ReportingAmount.ToString());
        }

        Line(text, "Date", record.Date.ToString("O", CultureInfo.InvariantCulture));
        Line(text, "Party", record.Party);
        Line(text, "Account", record.Account);
        Line(text, "Category", record.Category);
        Line(text, "Flags", string.Join(", ", record.Flags));
        Line(text, "Id", record.SourceId ?? record.Key.ToString());
        Line(text, "Source", record.Source.ToString());
        return text.ToString();
    }

    public static string Of(Receipt receipt, string rule)
    {
        StringBuilder text = new();
        Line(text, "Rule", rule);
        Line(text, "Receipt", receipt.FileName);
        Line(text, "Merchant", receipt.Merchant);
        Line(text, "Amount", receipt.Amount?.ToString());
        Line(text, "Date", receipt.Date?.ToString("O", CultureInfo.InvariantCulture));
        Line(text, "Flags", string.Join(", ", receipt.Flags));
        Line(text, "Id", receipt.Id);
        Line(text, "Bucket", receipt.Bucket);
        Line(text, "Uploaded", receipt.UploadedAt.ToString("O", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    // A value is one line: one that brings its own line feeds could say what looks like another of ours.
    private static void Line(StringBuilder text, string name, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return;
        }

        text.Append(name).Append(": ");
        bool isCut = value.Length > LongestValue;
        int end = !isCut ? value.Length : char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        foreach (char character in value.AsSpan(0, end))
        {
            text.Append(char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character);
        }

        text.Append(isCut ? "...\n" : "\n");
    }
}
