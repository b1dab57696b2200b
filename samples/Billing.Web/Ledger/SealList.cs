namespace Billing.Web.Ledger;

/// <summary>The seals by what they are of. Those that were read stay in memory, some 500 bytes each.</summary>
internal sealed class SealList(WebLedger ledger) : IDisposable
{
    private readonly Dictionary<string, LedgerSeal> _seals = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private long _last;

    public async ValueTask<Func<string, LedgerSeal?>> LoadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await foreach (LedgerSeal seal in new LedgerSeals(ledger.Store).GetSealsAsync(_last, cancellationToken))
            {
                _seals[seal.Of] = seal;
                _last = seal.Number;
            }

            Dictionary<string, LedgerSeal> now = new(_seals, StringComparer.Ordinal);
            return id => now.GetValueOrDefault(id);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();
}
