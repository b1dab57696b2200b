using System.Runtime.CompilerServices;

namespace Billing.Amendments;

/// <summary>Names what is wrong with a run whose content is not what was sealed.</summary>
internal sealed class SealSuspects(IAmendableStore store, string runId, SealedRun run)
{
    private const int MostNamed = 10;

    private readonly SealDigests _digests = new();

    public async IAsyncEnumerable<StoreFault> FindAsync(LedgerSeal seal, SealedContent now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Fault(FormattableString.Invariant($"Run {runId} of {run.Source}: its records are not those that were sealed with seal {seal.Number}. {SealTexts.Difference(seal, now)}"));
        SealMarks marks = await SealMarks.ReadAsync(store, seal, cancellationToken).ConfigureAwait(false);
        if (marks.Count == 0)
        {
            yield break;
        }

        Dictionary<SealMark, int> gone = [];
        foreach (SealMark mark in marks.All())
        {
            gone[mark] = gone.GetValueOrDefault(mark) + 1;
        }

        HashSet<SealMark> strange = [.. now.Marks.All().Where(mark => !Take(gone, mark))];
        HashSet<(bool, uint)> missing = [.. gone.Where(pair => pair.Value > 0).Select(pair => (pair.Key.IsQuarantined, pair.Key.Line))];
        int named = 0;
        await foreach ((SealMark mark, RecordKey key, RecordSource source) in FindAsync(strange, cancellationToken).ConfigureAwait(false))
        {
            bool wasThere = missing.Remove((mark.IsQuarantined, mark.Line));
            _ = strange.Remove(mark);
            if (++named <= MostNamed)
            {
                string what = $"{(mark.IsQuarantined ? "the row in quarantine" : "the record")} {source.Name} line {source.Line} (key {key})";
                yield return Fault($"Run {runId} of {run.Source}: {what} {(wasThere ? "is not as it was sealed: it was changed" : "was not there when it was sealed")}.") with { Key = key, Source = source };
            }
        }

        foreach ((bool isQuarantined, uint line) in missing.Order())
        {
            if (++named <= MostNamed)
            {
                // One that a change keeps is not listed any more.
                bool isChanged = strange.RemoveWhere(mark => (mark.IsQuarantined, mark.Line) == (isQuarantined, line)) > 0;
                yield return Fault(FormattableString.Invariant($"Run {runId} of {run.Source}: the {(isQuarantined ? "row in quarantine" : "record")} of line {line} is {(isChanged ? "not as it was sealed" : "gone")}."));
            }
        }

        if (named > MostNamed)
        {
            yield return Fault(FormattableString.Invariant($"Run {runId} of {run.Source}: {named - MostNamed} more records and rows are not as they were sealed."));
        }
    }

    private static bool Take(Dictionary<SealMark, int> marks, SealMark mark)
    {
        if (marks.GetValueOrDefault(mark) is var times and > 0)
        {
            marks[mark] = times - 1;
            return true;
        }

        return false;
    }

    private async IAsyncEnumerable<(SealMark Mark, RecordKey Key, RecordSource Source)> FindAsync(HashSet<SealMark> strange, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BillingRecord record in store.QueryAllAsync(new RecordQuery { RunId = runId }, cancellationToken).ConfigureAwait(false))
        {
            SealMark mark = new(false, (uint)Math.Clamp(record.Source.Line, 0, uint.MaxValue), _digests.Of(record).Prefix);
            if (strange.Contains(mark))
            {
                yield return (mark, record.Key, record.Source);
            }
        }

        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(new QuarantineQuery { RunId = runId, IncludeResolved = true }, cancellationToken).ConfigureAwait(false))
        {
            SealMark mark = new(true, (uint)Math.Clamp(row.Source.Line, 0, uint.MaxValue), _digests.Of(row).Prefix);
            if (strange.Contains(mark))
            {
                yield return (mark, row.Key, row.Source);
            }
        }
    }

    private StoreFault Fault(string detail) => new() { Kind = StoreFaultKind.SealedContent, RunId = runId, Detail = detail };
}
