using System.Globalization;
using System.Text;
using Billing.Amendments;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>A random sequence of deliveries, and what a ledger holds after it.</summary>
internal sealed class LedgerModel(Random random, bool withIds)
{
    private readonly List<(string Name, string Text, IngestOptions Options)> _sources = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A delivery: of rows of June and July, some that equal others, some that cannot be read; one that replaces June; or an earlier one again.</summary>
    public (string Name, string Text, IngestOptions Options) Next(bool mayReplace)
    {
        if (_sources.Count > 0 && random.Next(5) == 0)
        {
            return _sources[random.Next(_sources.Count)];
        }

        bool replaces = mayReplace && random.Next(3) == 0;
        StringBuilder text = new(withIds ? "id,date,description,amount,currency\n" : "date,description,amount,currency\n");
        HashSet<int> ids = [];
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            int item = !withIds ? random.Next(10) : (2 * random.Next(5)) + (replaces ? 0 : 1);
            if (withIds && !ids.Add(item))
            {
                continue;
            }

            // With ids, what comes again may have another amount, in a delivery that replaces. Rows of other deliveries are never in conflict.
            int amount = withIds && replaces ? random.Next(1, 4) : 1;
            bool isBad = !replaces && random.Next(8) == 0;
            text.Append(withIds ? $"{item}," : "").Append(CultureInfo.InvariantCulture, $"2025-0{(replaces || item % 2 == 0 ? 6 : 7)}-1{item},row {item},{(isBad ? "x" : (item * 10) + amount)},USD\n");
        }

        (string, string, IngestOptions) source = ($"{_sources.Count}.csv", text.ToString(), new IngestOptions
        {
            Scope = "acct",
            Identity = withIds ? RecordIdentity.Columns("id") : null,
            Delivery = replaces ? Delivery.Replace("acct", new DateOnly(2025, 6, 1), new DateOnly(2025, 6, 30)) : null,
        });
        _sources.Add(source);
        return source;
    }

    /// <summary>All that a ledger holds and what waits in its quarantine, with the deliveries that brought it.</summary>
    public static async Task<string> StateAsync(IBillingStore ledger, bool withQuarantine = true)
    {
        StringBuilder state = new();
        await foreach (BillingRecord record in ledger.QueryAllAsync(new RecordQuery(), Cancellation))
        {
            IngestReport? run = await ledger.FindRunAsync(record.RunId, Cancellation);
            Assert.NotNull(run);
            Assert.Null(run.RevertedBy);
            Assert.Equal(run.Source, record.Source.Name);
            state.Append(CultureInfo.InvariantCulture, $"{record} {record.Key} {record.Fingerprint} {record.ReportingAmount} {record.Category}\n");
        }

        if (withQuarantine)
        {
            // A row keeps the place of its first delivery, also where that was taken back.
            List<string> rows = [];
            await foreach (QuarantinedRecord row in ledger.GetAllQuarantineAsync(new QuarantineQuery(), Cancellation))
            {
                rows.Add($"{row.Key} {row.Reason} {row.RawText}\n");
            }

            state.AppendJoin("", rows.Order(StringComparer.Ordinal));
        }

        return state.ToString();
    }

    /// <summary>Ingests a source that can be opened again, as a file can: such a one may be known.</summary>
    public static Task<IngestReport> IngestAsync(Ingest ingest, string name, string text, IngestOptions options) =>
        ingest.Pipeline().IngestAsync(new CountedSource(name, text), options, Cancellation);

    /// <summary>Removes a record; one that is not there stays away all the same.</summary>
    public static async Task RemoveAsync(Ingest ingest, RecordKey key)
    {
        if (await ingest.Ledger.FindAsync(key, Cancellation) is not null)
        {
            await new LedgerRemoval(ingest.Ledger, "test").RunAsync([key], Cancellation);
        }
        else
        {
            await RemovedRecords.RemoveAsync(ingest.Ledger, key, "test", Cancellation);
        }
    }

    /// <summary>What a ledger holds that only ever saw these deliveries and removals.</summary>
    public static async Task<Ingest> OfAsync(IEnumerable<Func<Ingest, Task>> steps)
    {
        Ingest ingest = new();
        foreach (Func<Ingest, Task> step in steps)
        {
            await step(ingest);
        }

        return ingest;
    }
}
