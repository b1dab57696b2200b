using System.Globalization;
using System.Text;
using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Explanations;

/// <summary>The life of a record, for people: first what became of it, then how.</summary>
internal static class ExplanationView
{
    private const int LongestRow = 1_000;

    public static void Write(IAnsiConsole console, IReadOnlyList<Explanation> explanations)
    {
        for (int i = 0; i < explanations.Count; i++)
        {
            if (i > 0)
            {
                console.WriteLine();
            }

            Write(console, explanations[i]);
        }
    }

    private static void Write(IAnsiConsole console, Explanation explanation)
    {
        Sentence.Write(console, explanation.Source.ToString(), Styles.Heading);
        Style style = explanation.Outcome switch
        {
            Outcome.Stored or Outcome.Duplicate or Outcome.Replayed => Styles.Good,
            Outcome.Conflict => Styles.Bad,
            _ => Styles.Attention,
        };
        Sentence.Write(console, explanation.Sentence, style);
        if (explanation.RawText is { } raw)
        {
            Section(console, "Row");
            Sentence.Write(console, Printable.Start(raw, LongestRow), indent: 2);
        }

        if (explanation.Record is { } record)
        {
            WriteRecord(console, record);
            Section(console, "Canonical form (the fingerprint is its SHA-256)");
            foreach (string line in Encoding.UTF8.GetString(explanation.CanonicalForm.Span).TrimEnd('\n').Split('\n'))
            {
                Sentence.Write(console, line, indent: 2);
            }
        }
        else if (explanation.Quarantined is { } entry)
        {
            Section(console, "Why");
            Fields fields = new();
            fields.Add("Reason", entry.Reason);
            fields.Add("Detail", entry.Detail);
            fields.Add("Amount", entry.Amount is { } amount ? $"{amount.ToString(CultureInfo.InvariantCulture)} {entry.CurrencyCode}".TrimEnd() : null);
            fields.Add("Key", entry.Key.ToString());
            fields.WriteTo(console);
        }

        if (explanation.Life.Count > 0)
        {
            Section(console, "Changes");
            foreach (RecordEvent change in explanation.Life)
            {
                Sentence.Write(console, change.Text, $"  {change.AtText}  ", Styles.Quiet);
            }
        }

        if (explanation is { Outcome: Outcome.Conflict, Stored: { } stored })
        {
            Section(console, "Stored under its key");
            Fields fields = new();
            fields.Add("From", stored.Source.ToString());
            AddContent(fields, stored);
            fields.Add("Fingerprint", stored.Fingerprint.ToString());
            fields.WriteTo(console);
        }
    }

    private static void WriteRecord(IAnsiConsole console, BillingRecord record)
    {
        Section(console, "Record");
        Fields content = new();
        AddContent(content, record);
        foreach ((string name, string? value) in record.Attributes)
        {
            content.Add(name, value);
        }

        content.WriteTo(console);

        Section(console, "Result");
        Fields made = new();
        made.Add("Key", record.Key.ToString());
        made.Add("Fingerprint", record.Fingerprint.ToString());
        made.Add("Occurrence", record.Occurrence > 1 ? $"{Figures.Count(record.Occurrence)} among equal rows of its source" : "1");
        made.Add("Scope", record.Scope);
        made.Add("Rate", record.ExchangeRate?.ToString() ?? $"none needed: it is in {record.ReportingAmount.Currency.Code}");
        made.Add("In " + record.ReportingAmount.Currency.Code, Figures.Amount(record.ReportingAmount));
        made.Add("Category", record.Category is null ? "none: no rule gave one" : $"{record.Category}, by rule '{record.CategoryRule}'");
        made.Add("Flags", string.Join(", ", record.Flags));
        made.Add("Alerts", string.Join(", ", record.Alerts));
        made.WriteTo(console);
    }

    private static void AddContent(Fields fields, BillingRecord record)
    {
        fields.Add("Date", record.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        fields.Add("Instant", record.Instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));
        fields.Add("Id", record.SourceId);
        fields.Add("Party", record.Party);
        fields.Add("Account", record.Account);
        fields.Add("Description", record.Description);
        fields.Add("Amount", Figures.WithCode(record.Amount));
    }

    private static void Section(IAnsiConsole console, string title)
    {
        console.WriteLine();
        Sentence.Write(console, title, Styles.Heading);
    }
}
