using System.Globalization;
using System.Text.Json;
using Billing.HttpApi;
using Billing.Web.Contracts;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Settings;

namespace Billing.Web.Expenses;

/// <summary>Expenses that people enter and edit. Each is a source of one row, so that it passes the same checks, and is proved and sealed, like every other.</summary>
internal sealed class ExpenseBook(WebLedger ledger, WebSettings settings, TimeProvider time)
{
    private const string Source = "expense";
    private const int Locks = 64;

    private static readonly SourceLayout s_layout = ExpenseLog.Layout with { Party = "party" };

    // Two requests for one expense come one after another. Other programs are told apart by the store.
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, Locks).Select(_ => new SemaphoreSlim(1, 1))];

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), settings.Zone).DateTime);

    /// <summary>Says what the rules and rates make of a draft.</summary>
    public async Task<ExpenseProposal> ProposeAsync(CheckedDraft draft, CancellationToken cancellationToken)
    {
        RecordTrace trace = await TraceAsync(ledger.Pipeline(), "proposal", draft with { Category = null }, cancellationToken);
        if (trace.Record is not { } record)
        {
            return trace.Quarantined!.Reason == QuarantineReason.RuleFailed
                ? new ExpenseProposal { Flags = [], Alerts = [], Refusal = trace.Quarantined.Detail }
                : throw Wrong(trace.Quarantined);
        }

        return new ExpenseProposal
        {
            Category = record.Category,
            Rule = record.CategoryRule,
            Flags = record.Flags,
            Alerts = record.Alerts,
            ReportingAmount = record.ReportingAmount,
            ExchangeRate = record.ExchangeRate,
        };
    }

    /// <summary>Stores an expense, once under its Idempotency-Key.</summary>
    public async Task<RecordReply> AddAsync(CheckedDraft draft, string idempotencyKey, CancellationToken cancellationToken)
    {
        string id = ExpenseLog.IdOf(idempotencyKey).ToString("D");
        using IDisposable held = await LockAsync(id, cancellationToken);
        BillingPipeline pipeline = Pipeline(draft);
        BillingRecord record = await DemandAsync(pipeline, id, draft, cancellationToken);
        if (await ledger.Store.FindAsync(record.Key, cancellationToken) is { } stored && stored.Fingerprint == record.Fingerprint)
        {
            return RecordVersions.Of(stored);
        }

        // Edited or removed since: the first request was answered, and a repeat of it changes nothing.
        List<RecordChange> changes = await ledger.Store.GetChangesAsync(record.Key, cancellationToken).ToListAsync(cancellationToken);
        BillingRecord? now = await ledger.Store.FindAsync(record.Key, cancellationToken);
        if (now is not null || changes.Count > 0)
        {
            return !changes.Any(change => change.From?.Fingerprint == record.Fingerprint) ? throw new RefusedException(StatusCodes.Status422UnprocessableEntity, "Another expense was stored under this Idempotency-Key. Nothing was changed; use a new key for a new expense.")
                : now is null ? throw new RefusedException(StatusCodes.Status409Conflict, "The expense of this Idempotency-Key was stored, and removed since. Undo the removal, or use a new key.")
                : RecordVersions.Of(now);
        }

        await IngestAsync(pipeline, id, draft, delivery: null, cancellationToken);
        return RecordVersions.Of(await FindAsync(record.Key, cancellationToken));
    }

    /// <summary>Edits an expense: what it was is superseded.</summary>
    /// <returns>The record, or null where somebody else changed it since: then <c>Current</c> is what it is.</returns>
    public async Task<(RecordReply? Edited, RecordReply? Current)> EditAsync(RecordKey key, CheckedDraft draft, string version, CancellationToken cancellationToken)
    {
        BillingRecord seen = await FindAsync(key, cancellationToken);
        if (!ExpenseScope.IsOf(seen))
        {
            throw new RefusedException(StatusCodes.Status409Conflict, "This record came with a file, so it cannot be edited here. Remove it and enter an expense, or import a file that replaces its period.");
        }

        string id = seen.SourceId!;
        using IDisposable held = await LockAsync(id, cancellationToken);
        BillingRecord before = await FindAsync(key, cancellationToken);
        RecordReply current = RecordVersions.Of(before);
        if (current.Version != version)
        {
            return (null, current);
        }

        BillingPipeline pipeline = Pipeline(draft);
        BillingRecord after = await DemandAsync(pipeline, id, draft, cancellationToken);
        if (after.Fingerprint == before.Fingerprint)
        {
            return (current, null);
        }

        Delivery whole = Delivery.Replace(ExpenseScope.Of(id), Earlier(before.Date, draft.Date), Earlier(draft.Date, before.Date) == draft.Date ? before.Date : draft.Date);
        await IngestAsync(pipeline, id, draft, whole, cancellationToken);
        return (RecordVersions.Of(await FindAsync(key, cancellationToken)), null);
    }

    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<BillingRecord> FindAsync(RecordKey key, CancellationToken cancellationToken) => await ledger.Store.FindAsync(key, cancellationToken)
        ?? throw new RefusedException(StatusCodes.Status404NotFound, "There is no record under this key. It may have been removed: its history tells.");

    /// <summary>Keeps other requests for the same record waiting.</summary>
    public async Task<IDisposable> LockAsync(string id, CancellationToken cancellationToken)
    {
        SemaphoreSlim semaphore = _locks[(uint)string.GetHashCode(id, StringComparison.Ordinal) % Locks];
        await semaphore.WaitAsync(cancellationToken);
        return new Held(semaphore);
    }

    private static DateOnly Earlier(DateOnly one, DateOnly two) => one < two ? one : two;

    private static IngestOptions Options(string id) => new() { Layout = s_layout, Scope = ExpenseScope.Of(id) };

    // What a person says comes before what the rules say. As a rule in JSON, it is kept with the run and can be made again.
    private BillingPipeline Pipeline(CheckedDraft draft) => ledger.Pipeline(billing =>
    {
        if (draft.Category is { } category)
        {
            billing.AddCategoryRules(CategoryRules.Parse($$"""{ "rules": [ { "name": "as entered", "when": {}, "category": "{{JsonEncodedText.Encode(category)}}" } ] }""", "expense"));
        }
    });

    private static Task<RecordTrace> TraceAsync(BillingPipeline pipeline, string id, CheckedDraft draft, CancellationToken cancellationToken) => TraceAsync(pipeline, id, draft, store: null, cancellationToken);

    private static async Task<RecordTrace> TraceAsync(BillingPipeline pipeline, string id, CheckedDraft draft, IBillingStore? store, CancellationToken cancellationToken) =>
        await pipeline.TraceAsync(BillingSource.Bytes(Source, Bytes(id, draft)), 1, Options(id), store, cancellationToken) ?? throw new InvalidOperationException("The expense has no row.");

    // What cannot be stored is refused here, and does not end in quarantine.
    private static async Task<BillingRecord> DemandAsync(BillingPipeline pipeline, string id, CheckedDraft draft, CancellationToken cancellationToken)
    {
        RecordTrace trace = await TraceAsync(pipeline, id, draft, cancellationToken);
        return trace.Record ?? throw Wrong(trace.Quarantined!);
    }

    private static async Task IngestAsync(BillingPipeline pipeline, string id, CheckedDraft draft, Delivery? delivery, CancellationToken cancellationToken)
    {
        RowOutcome? outcome = null;
        await pipeline.IngestAsync(BillingSource.Bytes(Source, Bytes(id, draft)), Options(id) with { Delivery = delivery, RowDone = row => outcome = row }, cancellationToken);
        if (outcome is not { Kind: RowOutcomeKind.Stored or RowOutcomeKind.Duplicate })
        {
            throw new RefusedException(StatusCodes.Status409Conflict, outcome?.Kind == RowOutcomeKind.Conflict
                ? "Another program stored another expense under this id at the same moment. It was not changed; what you entered is in quarantine, to be dismissed there."
                : "The store refused the expense; it is in quarantine.");
        }
    }

    private static FieldException Wrong(QuarantinedRecord row) => row.Reason switch
    {
        QuarantineReason.NoRate => new FieldException("currency", row.Detail),
        QuarantineReason.RuleFailed => new FieldException("category", row.Detail),
        _ => new FieldException("expense", row.Detail),
    };

    private static byte[] Bytes(string id, CheckedDraft draft) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString(ExpenseLog.Id, id);
        json.WriteNumber("amount", draft.Amount.Amount);
        json.WriteString("currency", draft.Amount.Currency.Code);
        json.WriteString("description", draft.Description);
        json.WriteString("date", draft.Date.ToString("O", CultureInfo.InvariantCulture));
        if (draft.Party is not null)
        {
            json.WriteString("party", draft.Party);
        }

        if (draft.Category is not null)
        {
            json.WriteString("category", draft.Category);
        }

        json.WriteEndObject();
    });

    private sealed class Held(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
