using System.Globalization;
using System.Text;
using Billing.Layouts;
using Billing.Texts;
using Billing.Values;

namespace Billing.Rows;

/// <summary>
/// Counts rows that a column for the status of transactions calls pending, where the layout says nothing of it: they count as money, and would count again when they come as posted. The report warns of them.
/// </summary>
internal sealed class PendingWatch
{
    // Words that statuses of other things, such as invoices, use too.
    private static readonly HashSet<string> s_ambiguous = new(["open", "info", "offen", "openstaand", "processing", "in progress", "auth", "held", "hold", "on hold"], StringComparer.Ordinal);

    private readonly ColumnMap _columns;
    private readonly int _column;
    private readonly WordMemo<bool> _words = new(IsPending);
    private string? _word;
    private long _rows;

    private PendingWatch(ColumnMap columns, int column)
    {
        _columns = columns;
        _column = column;
    }

    /// <summary>What is told of the rows that were counted; null if there are none.</summary>
    public string? Warning => _rows == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"column '{_columns.Names[_column]}' says '{_word}' in {_rows} {(_rows == 1 ? "row" : "rows")}, and they count as money. If they come again when they are posted, they count twice: name columns.status and pending in a layout (billing inspect proposes it). If not, set in a layout: \"columns\": {{ \"status\": null }}");

    /// <summary>The watch of a source, or null if it has no such column, or its layout says what it means.</summary>
    public static PendingWatch? Of(ColumnMap columns, SourceLayout layout)
    {
        if (layout.Status is not null || layout.Pending is not null)
        {
            return null;
        }

        foreach (int column in columns.Attributes)
        {
            if (StatusWords.IsHeader(columns.Names[column]))
            {
                return new PendingWatch(columns, column);
            }
        }

        return null;
    }

    /// <summary>Looks at a row that can be processed.</summary>
    public void Note<TFields>(in TFields fields)
        where TFields : struct, IRowFields
    {
        ReadOnlySpan<byte> value = Utf8Text.Trim(_columns.ValueOf(fields, _column));
        if (!value.IsEmpty && _words.Of(value))
        {
            _word ??= Encoding.UTF8.GetString(value);
            _rows++;
        }
    }

    private static bool IsPending(byte[] word) => StatusWords.IsPending(word) && !s_ambiguous.Contains(StatusWords.Plain(Encoding.UTF8.GetString(word)));
}
