using System.Runtime.CompilerServices;
using Billing.Fingerprints;

namespace Billing.Amendments;

/// <summary>Names what is wrong with a run whose content is not what was sealed.</summary>
internal sealed class SealSuspects(IAmendableStore store, string runId, string run)
{
    private const int MostNamed = 10;

    public async IAsyncEnumerable<StoreFault> FindAsync(LedgerSeal seal, SealedContent now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new StoreFault
        {
            Kind = StoreFaultKind.SealedContent,
            RunId = runId,
            Detail = FormattableString.Invariant($"{run}: its content is not what was sealed with seal {seal.Number}. {SealTexts.Difference(seal, now)}"),
        };
        FormBuffer form = new();
        int named = 0;
        await foreach (BillingRecord record in store.QueryAllAsync(new RecordQuery { RunId = runId }, cancellationToken).ConfigureAwait(false))
        {
            if (named < MostNamed && CanonicalForm.FingerprintOf(record, CanonicalVersion.Current, form) != record.Fingerprint)
            {
                named++;
                yield return new StoreFault
                {
                    Kind = StoreFaultKind.SealedContent,
                    RunId = runId,
                    Key = record.Key,
                    Source = record.Source,
                    Detail = $"{run}: the record {record.Source.Name} line {record.Source.Line} (key {record.Key}) does not have the content that it was stored with.",
                };
            }
        }
    }
}
