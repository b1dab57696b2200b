using System.Globalization;
using Billing.Console.Reports;

namespace Billing.Console.Explanations;

/// <summary>A change in the life of a record, and what changed it: an entry, or the run of a delivery that replaced it.</summary>
internal sealed record RecordEvent(RecordChange Change, LedgerEntry? Entry, IngestReport? Run)
{
    /// <summary>What happened, by what, and why.</summary>
    public string Text
    {
        get
        {
            string by = Entry is not null ? EntryText.Of(Entry) : Run is not null ? $"run {Run.RunId} of {Run.Source}, which is the whole of {Run.Delivery}" : Change.EntryId;
            string fields = ChangedFields.Of(Change);
            return $"{EntryText.Of(Change)} by {by}{(Entry?.Reason is { } reason ? $": {reason}" : "")}{(fields.Length == 0 ? "" : $" ({fields})")}";
        }
    }

    /// <summary>When it began.</summary>
    public DateTimeOffset? At => Entry?.StartedAt ?? Run?.StartedAt;

    /// <summary>When, for people.</summary>
    public string AtText => At?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Whether a person took the record out on purpose.</summary>
    public bool IsRemoval => Entry?.Kind == LedgerEntryKind.Removal;
}
