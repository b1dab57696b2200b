using System.Globalization;
using Billing.Amendments;
using Billing.Fingerprints;
using Billing.Occurrences;

namespace Billing.Stores;

/// <summary>Checks records one after the other, then the runs that stored them. Keys are remembered in bounded memory.</summary>
internal sealed class RecordChecks(ErasedDigests? erased) : IDisposable
{
    private readonly FormBuffer _form = new();
    private readonly OccurrenceCounter _keys = new();
    private readonly SealDigests _digests = new();
    private BillingRecord? _firstEarlier;
    private long _earlier;
    private readonly Dictionary<string, RunSums> _runs = new(StringComparer.Ordinal);

    /// <summary>Returns the faults of a record.</summary>
    public IEnumerable<StoreFault> Check(BillingRecord record)
    {
        SumsOf(record.RunId).Hold(record);
        Fingerprint computed = CanonicalForm.FingerprintOf(record, CanonicalVersion.Current, _form);
        if (computed != record.Fingerprint && record.Fingerprint == CanonicalForm.FingerprintOf(record, CanonicalVersion.V1, _form))
        {
            _firstEarlier ??= record;
            _earlier++;
        }
        else if (computed != record.Fingerprint && !(erased?.IsAny == true && erased.Has(_digests.Of(record))))
        {
            yield return Fault(record, StoreFaultKind.Fingerprint, $"The content has the fingerprint {computed}, but {record.Fingerprint} is stored with it: a field was changed after it was stored.");
        }

        if (_keys.Next(Sha256Digest.Of(record.Key.ToByteArray())) > 1)
        {
            yield return Fault(record, StoreFaultKind.KeyTwice, "The key is stored more than once: the store does not keep keys unique.");
        }
    }

    /// <summary>Notes what runs lost and gained since they ended.</summary>
    public void Note(RecordChange change)
    {
        if (change.From is { } from)
        {
            SumsOf(from.RunId).Lose(from);
        }

        // A delivery that replaces stored its successors itself.
        if (change.To is { } to && to.RunId != change.EntryId)
        {
            SumsOf(to.RunId).Gain(to);
        }
    }

    /// <summary>Returns the faults of a run, once all records were checked and all changes noted.</summary>
    public IEnumerable<StoreFault> Check(IngestReport run)
    {
        (ControlTotals billed, ControlTotals reporting) = _runs.Remove(run.RunId, out RunSums? sums) ? sums.Stored : (ControlTotals.Zero, ControlTotals.Zero);

        // A run that ended early may have stored a batch that it could no longer report.
        bool isExact = run.Status == RunStatus.Completed;
        if (isExact ? !billed.Equals(run.Stored) : billed.Rows < run.Stored.Rows)
        {
            yield return Fault(run, StoreFaultKind.RunTotals, $"The run says that it stored {Text(run.Stored)}; its records are {Text(billed)}.");
        }
        else if (isExact && !reporting.Equals(run.StoredInReportingCurrency))
        {
            yield return Fault(run, StoreFaultKind.RunTotals, $"The run says that it stored {Text(run.StoredInReportingCurrency)} in its reporting currency; its records are {Text(reporting)}.");
        }

        if (isExact && !run.IsBalanced)
        {
            yield return Fault(run, StoreFaultKind.RunBalance, $"The run read {Text(run.Read)}, but its outcomes do not add up to that.");
        }
    }

    /// <summary>Returns the remaining faults, once all runs were checked.</summary>
    public IEnumerable<StoreFault> Finish()
    {
        if (_firstEarlier is { } first)
        {
            yield return Fault(first, StoreFaultKind.CanonicalForm, FormattableString.Invariant($"{_earlier} {(_earlier == 1 ? "record is" : "records are")} in canonical form v1, of an earlier version, and would be stored again when delivered again. Migrate the store: billing migrate --store STORE."));
        }

        foreach ((string runId, RunSums sums) in _runs.OrderBy(run => run.Key, StringComparer.Ordinal))
        {
            yield return new StoreFault { Kind = StoreFaultKind.RunMissing, RunId = runId, Detail = $"The run does not exist, but {Text(sums.Stored.Billed)} name it." };
        }
    }

    public void Dispose() => _keys.Dispose();

    private static StoreFault Fault(BillingRecord record, StoreFaultKind kind, string detail) =>
        new() { Kind = kind, Key = record.Key, Source = record.Source, RunId = record.RunId, Detail = detail };

    private static StoreFault Fault(IngestReport run, StoreFaultKind kind, string detail) => new() { Kind = kind, RunId = run.RunId, Detail = $"{run.Source}: {detail}" };

    private static string Text(ControlTotals totals) => string.Create(
        CultureInfo.InvariantCulture,
        $"{totals.Rows} rows{string.Concat(totals.Money.Select(sum => $", {sum.Value} {sum.Key}"))}");

    private RunSums SumsOf(string runId)
    {
        if (!_runs.TryGetValue(runId, out RunSums? sums))
        {
            _runs.Add(runId, sums = new RunSums());
        }

        return sums;
    }
}
