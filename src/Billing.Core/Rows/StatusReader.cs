using System.Text;
using Billing.Texts;
using Billing.Values;

namespace Billing.Rows;

/// <summary>Reads the status of rows: posted, pending, or a word that the layout does not list.</summary>
internal sealed class StatusReader
{
    private readonly string _column;
    private readonly HashSet<string> _pending;
    private readonly HashSet<string> _posted;
    private readonly WordMemo<RowFault?> _words;

    public StatusReader(string column, PendingTerms terms)
    {
        _column = column;
        _pending = [.. terms.Values.Select(StatusWords.Plain)];
        _posted = [.. terms.Posted.Select(StatusWords.Plain)];
        _words = new WordMemo<RowFault?>(Judge);
    }

    /// <summary>Returns null for a row that is posted, or why it goes to quarantine.</summary>
    /// <param name="value">The value, trimmed.</param>
    public RowFault? Read(ReadOnlySpan<byte> value) => _words.Of(value);

    private RowFault? Judge(byte[] value)
    {
        string word = StatusWords.Plain(Encoding.UTF8.GetString(value));
        return _posted.Contains(word) ? null
            : _pending.Contains(word) ? new RowFault(QuarantineReason.Pending, $"Column '{_column}' says {Utf8Text.Quote(value)}: the row is pending, and waits for its posted row. It is in no sum. billing pending lists such rows.")
            : new RowFault(QuarantineReason.UnknownStatus, value.Length == 0
                ? $"Column '{_column}' is empty, and the layout does not say what that means. Add \"\" to pending.posted in the layout if such rows are posted, or correct the source; then ingest the source again."
                : $"Column '{_column}' says {Utf8Text.Quote(value)}, which the layout lists neither in pending.values nor in pending.posted. Add the word to one of them, then ingest the source again.");
    }
}
