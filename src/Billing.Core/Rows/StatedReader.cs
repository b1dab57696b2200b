using System.Globalization;
using System.Text;
using Billing.Layouts;
using Billing.Texts;

namespace Billing.Rows;

/// <summary>Reads the figures of one kind of line that states totals, as the amounts of rows are read.</summary>
internal sealed class StatedReader
{
    private readonly StatedLine _line;
    private readonly SourceLayout _layout;
    private readonly AmountReader _amounts;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <exception cref="SourceFormatException">There is no column that the line names.</exception>
    public StatedReader(string sourceName, StatedLine line, SourceLayout layout, HeaderNames header, AmountReader amounts)
    {
        _line = line;
        _layout = layout;
        _amounts = amounts;
        foreach (string name in ((string?[])[line.Rows, line.Total, line.Debit, line.Credit, line.Opening, line.Closing, line.Direction, line.Currency]).OfType<string>())
        {
            // Such a line may have more fields than the header.
            _places[name] = HeaderNames.TryReadPlace(name.Trim(), out int place) ? place - 1
                : header.Find(name) is [int column] ? column
                : throw new SourceFormatException(sourceName, $"the layout's stated line '{line.Begins}' names the column '{name}', and the header does not have it once.{header.Suggest(name)} Its columns: {header.List()}. Name it by its place, such as #2.");
        }
    }

    /// <summary>Reads a line.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="fields">Its values.</param>
    /// <param name="figures">Receives what it states.</param>
    /// <param name="problems">Receives why something cannot be read.</param>
    public void Read(long number, IReadOnlyList<string> fields, List<StatedFigure> figures, List<string> problems)
    {
        string? code = Field(fields, _line.Currency) is { Length: > 0 } written ? written : _layout.DefaultCurrency ?? _amounts.HeaderCurrencyCode;
        Add(StatedFigureKind.Rows, ReadRows);
        Add(StatedFigureKind.Total, ReadTotal);
        Add(StatedFigureKind.Opening, (out decimal money) => ReadMoney(fields, _line.Opening, code, out money));
        Add(StatedFigureKind.Closing, (out decimal money) => ReadMoney(fields, _line.Closing, code, out money));

        string? ReadRows(out decimal rows)
        {
            rows = 0;
            string? fault = ReadNumber(fields, _line.Rows!, null, out rows);
            return fault ?? (rows >= 0 && rows == decimal.Truncate(rows) ? null : string.Create(CultureInfo.InvariantCulture, $"{rows} is not a number of rows"));
        }

        string? ReadTotal(out decimal total) => _line.Total is null ? ReadSides(fields, code, out total) : ReadMoney(fields, _line.Total, code, out total);

        void Add(StatedFigureKind kind, Reading read)
        {
            if (!States(kind))
            {
                return;
            }

            if (read(out decimal figure) is { } fault)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}, '{_line.Begins}', cannot be read: {fault.TrimEnd('.')}"));
                return;
            }

            string currency = kind == StatedFigureKind.Rows ? "" : Currency.TryParse(code, out Currency? known) ? known.Code : code?.Trim() ?? "";
            figures.Add(new StatedFigure { Kind = kind, Currency = currency, Stated = ExactSum.From(figure), By = $"'{_line.Begins.Trim()}'", Line = number });
        }
    }

    private delegate string? Reading(out decimal figure);

    private bool States(StatedFigureKind kind) => kind switch
    {
        StatedFigureKind.Rows => _line.Rows is not null,
        StatedFigureKind.Total => (_line.Total ?? _line.Debit ?? _line.Credit) is not null,
        StatedFigureKind.Opening => _line.Opening is not null,
        _ => _line.Closing is not null,
    };

    private string? ReadMoney(IReadOnlyList<string> fields, string? column, string? code, out decimal money)
    {
        string? fault = ReadNumber(fields, column!, code, out money);
        return fault ?? (_line.Direction is null ? null : Direct(fields, ref money)) ?? _amounts.Settle(code, ref money);
    }

    // A side without a value is zero, if the other one has one.
    private string? ReadSides(IReadOnlyList<string> fields, string? code, out decimal total)
    {
        total = 0;
        bool noDebit = Field(fields, _line.Debit).Length == 0;
        bool noCredit = Field(fields, _line.Credit).Length == 0;
        decimal debit = 0;
        decimal credit = 0;
        string? fault = noDebit && noCredit ? "neither its debit nor its credit has a value" : null;
        fault ??= noDebit ? null : ReadNumber(fields, _line.Debit!, code, out debit);
        fault ??= noCredit ? null : ReadNumber(fields, _line.Credit!, code, out credit);
        fault ??= _amounts.Sign(isDebit: true, ref debit) ?? _amounts.Sign(isDebit: false, ref credit);
        if (fault is not null)
        {
            return fault;
        }

        ExactSum sum = ExactSum.From(debit) + ExactSum.From(credit);
        try
        {
            total = sum.ToDecimal();
        }
        catch (OverflowException e)
        {
            return e.Message;
        }

        return _amounts.Settle(code, ref total);
    }

    private string? Direct(IReadOnlyList<string> fields, ref decimal money)
    {
        string word = Field(fields, _line.Direction);
        if (_amounts.IsDebit(Encoding.UTF8.GetBytes(word)) is not { } debit)
        {
            return $"'{Excerpt.Of(word)}' is not a word for debit or credit that the layout knows";
        }

        if (money < 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{money} is negative, and '{Excerpt.Of(word)}' also says a sign");
        }

        money = debit == _layout.DebitIsNegative && money != 0 ? -money : money;
        return null;
    }

    private string? ReadNumber(IReadOnlyList<string> fields, string column, string? code, out decimal number)
    {
        string text = Field(fields, column);
        number = 0;
        return text.Length == 0
            ? $"nothing stands in '{column.Trim()}'"
            : _amounts.ReadNumber(Encoding.UTF8.GetBytes(text), column.Trim(), code, out number)?.Detail;
    }

    // The words of the line may stand in the same value as the figure: "Total: 12.50".
    private string Field(IReadOnlyList<string> fields, string? column)
    {
        if (column is null || _places[column] is var place && place >= fields.Count)
        {
            return "";
        }

        string text = fields[_places[column]].Trim();
        string words = _line.Begins.Trim();
        return text.StartsWith(words, StringComparison.OrdinalIgnoreCase) ? text[words.Length..].TrimStart(' ', ':', '=', '\t').Trim() : text;
    }
}
