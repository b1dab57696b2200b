using Billing.Amendments;
using Billing.Audits;

namespace Billing;

/// <summary>
/// What an auditor needs of a ledger to check it without this software: records, runs, quarantine, rates, rules, layouts, entries, changes and seals as files of one JSON object
/// for each line, with a description and a manifest of SHA-256 (docs/audit.md). The same ledger gives the same bytes. Memory does not grow with the number of records of the whole ledger.
/// </summary>
public sealed class AuditBundle
{
    private readonly IAmendableStore _store;

    /// <summary>Creates a bundle of a ledger.</summary>
    /// <param name="store">The ledger. It is only read.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    public AuditBundle(IBillingStore store) => _store = AmendableStores.Demand(store, "No bundle can be made for an auditor");

    /// <summary>The first date of the records, inclusive; null for no limit. All seals, reports and entries are in the bundle nevertheless, because the seals are one chain.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last date of the records, inclusive; null for no limit.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Writes the bundle into a folder, which is made if it is not there.</summary>
    /// <param name="folder">The path of the folder.</param>
    /// <param name="cancellationToken">Cancels the export. What was written so far has no manifest.</param>
    /// <exception cref="BillingException">The folder is not empty; or the ledger was changed meanwhile: make the bundle again.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public async Task<AuditBundleReport> WriteFolderAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new BillingException($"{folder} is not an empty folder. Name one that is not there yet, so that nothing of an earlier bundle is mixed in.");
        }

        using FolderTarget target = new(folder);
        return await new BundleExport(_store, target, From, To).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the bundle as a ZIP archive. Its bytes are the same with the same version of .NET; those of the files in it always.</summary>
    /// <param name="zip">Where to. It stays open.</param>
    /// <param name="cancellationToken">Cancels the export. What was written so far is not an archive.</param>
    /// <exception cref="BillingException">The ledger was changed meanwhile: make the bundle again.</exception>
    public async Task<AuditBundleReport> WriteZipAsync(Stream zip, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(zip);
        using ZipTarget target = new(zip);
        return await new BundleExport(_store, target, From, To).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The store and the period.</summary>
    public override string ToString() => FormattableString.Invariant($"bundle of {_store.Name}{(From is null && To is null ? "" : $", {From:yyyy-MM-dd}..{To:yyyy-MM-dd}")}");
}
