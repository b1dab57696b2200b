using Billing.Amendments;
using Billing.Storage;
using System.Text;

namespace Billing.Erasures;

/// <summary>Looks where a name still stands that is not erased: what keys, seals or other rows depend on.</summary>
internal sealed class RemainingText(IAmendableStore store, PartyText party)
{
    private const int MostNamed = 100;

    private readonly SortedSet<string> _places = new(StringComparer.Ordinal);

    public async ValueTask<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken)
    {
        await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (party.IsIn(Encoding.UTF8.GetString(JsonText.ToBytes(run))))
            {
                _places.Add($"the report of run {run.RunId} (source name, scope, warnings or settings)");
            }
        }

        await foreach (LedgerEntry entry in EntryDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            if (party.IsIn(entry.Reason))
            {
                _places.Add($"the reason of entry {entry.Id}");
            }
        }

        await foreach (LedgerDocument closing in Documents.AllAsync(store, new DocumentQuery { Kind = ClosingDocuments.Kind }, cancellationToken).ConfigureAwait(false))
        {
            if (party.IsIn(closing.Text))
            {
                _places.Add($"the closing {closing.Id} (reason, rules, or what was open)");
            }
        }

        await foreach (BillingRecord record in store.QueryAllAsync(new RecordQuery(), cancellationToken).ConfigureAwait(false))
        {
            if (_places.Count >= MostNamed)
            {
                break;
            }

            Look("scope", record, record.Scope);
            Look("source name", record, record.Source.Name);
            Look("category", record, record.Category);
            if (record.Alerts.Count > 0 && store is IAlertStore alerts && (await alerts.GetAlertsAsync(record.Key, cancellationToken).ConfigureAwait(false)).Any(alert => party.IsIn(alert.Message) || party.IsIn(alert.Subject)))
            {
                _places.Add($"an alert on the record {record.Key}");
            }
        }

        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }, cancellationToken).ConfigureAwait(false))
        {
            if (party.IsIn(row.Scope) || party.IsIn(row.Source.Name) || party.IsIn(row.Resolution))
            {
                _places.Add($"the scope, source name or resolution of the row in quarantine {row.Key}");
            }
        }

        return [.. _places.Take(MostNamed)];
    }

    private void Look(string field, BillingRecord record, string? text)
    {
        if (party.IsIn(text))
        {
            _places.Add($"the {field} of the record {record.Key}");
        }
    }
}
