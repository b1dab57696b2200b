using System.Globalization;

namespace Billing;

/// <summary>A column of a report: a name, what its cells are, and the cell of a line.</summary>
public sealed class ReportColumn
{
    private readonly Func<MonthLine, string?>? _text;
    private readonly Func<MonthLine, decimal?>? _number;
    private readonly Func<MonthLine, DateOnly>? _date;

    private ReportColumn(string name, ReportColumnKind kind, Func<MonthLine, string?>? text, Func<MonthLine, decimal?>? number, Func<MonthLine, DateOnly>? date)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Kind = kind;
        (_text, _number, _date) = (text, number, date);
    }

    /// <summary>The columns of a month: what a record says, then where it comes from.</summary>
    public static IReadOnlyList<ReportColumn> OfMonth { get; } =
    [
        OfDate("Date", line => line.Date),
        OfText("Party", line => line.Record.Party),
        OfText("Description", line => line.Record.Description),
        OfText("Category", line => line.Record.Category),
        OfAmount("Amount", line => line.Record.Amount.Amount),
        OfText("Currency", line => line.Record.Amount.Currency.Code),
        OfAmount("Reporting Amount", line => line.Record.ReportingAmount.Amount),
        OfText("Reporting Currency", line => line.Record.ReportingAmount.Currency.Code),
        OfText("Rate", line => line.Record.ExchangeRate?.ValueText),
        OfText("Rate Date", line => line.Record.ExchangeRate?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        OfText("Rate Source", line => line.Record.ExchangeRate?.Source),
        OfText("Account", line => line.Record.Account),
        OfText("Flags", line => string.Join("; ", line.Record.Flags)),
        OfText("Instant", line => line.Record.Instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)),
        OfText("Id", line => line.Record.SourceId),
        OfText("Scope", line => line.Record.Scope),
        OfText("Source", line => line.Record.Source.Name),
        OfNumber("Line", line => line.Record.Source.Line),
        OfText("Run", line => line.Record.RunId),
        OfText("Key", line => line.Record.Key.ToString()),
    ];

    /// <summary>The name, for the header.</summary>
    public string Name { get; }

    /// <summary>What its cells are.</summary>
    public ReportColumnKind Kind { get; }

    /// <summary>Creates a column of texts.</summary>
    public static ReportColumn OfText(string name, Func<MonthLine, string?> cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new ReportColumn(name, ReportColumnKind.Text, cell, null, null);
    }

    /// <summary>Creates a column of amounts; null leaves a cell empty.</summary>
    public static ReportColumn OfAmount(string name, Func<MonthLine, decimal?> cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new ReportColumn(name, ReportColumnKind.Amount, null, cell, null);
    }

    /// <summary>Creates a column of dates.</summary>
    public static ReportColumn OfDate(string name, Func<MonthLine, DateOnly> cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new ReportColumn(name, ReportColumnKind.Date, null, null, cell);
    }

    /// <summary>Creates a column of whole numbers.</summary>
    public static ReportColumn OfNumber(string name, Func<MonthLine, long> cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new ReportColumn(name, ReportColumnKind.Number, null, line => cell(line), null);
    }

    /// <summary>The number in the cell of a line, in a column of amounts or numbers; else null.</summary>
    public decimal? NumberOf(MonthLine line) => _number?.Invoke(line);

    /// <summary>The date in the cell of a line, in a column of dates; else null.</summary>
    public DateOnly? DateOf(MonthLine line) => _date?.Invoke(line);

    /// <summary>The cell of a line as text: an amount with all its decimals, a date as <c>2025-06-17</c>, the same in every culture. Empty where there is nothing.</summary>
    public string TextOf(MonthLine line) => Kind switch
    {
        ReportColumnKind.Text => _text!(line) ?? "",
        ReportColumnKind.Date => _date!(line).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => _number!(line)?.ToString(CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
