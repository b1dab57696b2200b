using Billing.Drifts;

namespace Billing.Amendments;

/// <summary>The kinds of documents that a ledger keeps beside its records.</summary>
internal static class DocumentKinds
{
    /// <summary>All of them. Entries come after what they changed: where copying them breaks off, no entry is without its changes; seals come last.</summary>
    public static IReadOnlyList<string> All { get; } = [ChangeDocuments.Kind, ReplacedRecords.Kind, DeliveredRows.Duplicates, DeliveredRows.Quarantined, RemovedRecords.Kind, Migrations.Kind, ProfileDocuments.Kind, ErasedDocuments.Kind, ClosingDocuments.Kind, EntryDocuments.Kind, SealDocuments.Kind];
}
