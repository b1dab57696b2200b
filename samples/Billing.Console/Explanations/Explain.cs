using Billing.Console.Arguments;
using Billing.Console.Stores;

namespace Billing.Console.Explanations;

/// <summary>Finds out what became of a record.</summary>
internal static class Explain
{
    /// <summary>A line of a file that is here, as the pipeline reads it now, beside what the store has.</summary>
    /// <returns>Null when no record begins on that line.</returns>
    public static async Task<Explanation?> LineAsync(PipelineScope scope, PipelineArguments settings, RecordAddress address, CancellationToken cancellationToken)
    {
        RecordTrace? trace = await scope.Pipeline.TraceAsync(BillingSource.File(address.File!), address.Line, settings.ToIngestOptions(), scope.Existing, cancellationToken);
        return trace switch
        {
            null => null,
            { Record: { } record } => await OfRecordAsync(trace, record, scope.Existing, cancellationToken),
            _ => await OfQuarantineAsync(trace, trace.Quarantined!, scope.Existing, cancellationToken),
        };
    }

    /// <summary>What a store knows of a key, or of a line of a file that is not here.</summary>
    public static async Task<IReadOnlyList<Explanation>> StoredAsync(IBillingStore store, RecordAddress address, CancellationToken cancellationToken)
    {
        if (address.Key is { } key)
        {
            return await store.FindAsync(key, cancellationToken) is { } found ? [await OfStoredAsync(store, found, cancellationToken)]
                : await RecordLife.GoneAsync(store, key, cancellationToken) is { } gone ? [gone]
                : [];
        }

        Page<BillingRecord> records = await store.QueryAsync(new RecordQuery { SourceName = address.SourceName, Line = address.Line }, cancellationToken);
        Page<QuarantinedRecord> quarantined = await store.GetQuarantineAsync(QuarantineOf(address.SourceName!, address.Line), cancellationToken);
        List<Explanation> explanations = [];
        foreach (BillingRecord record in records.Items)
        {
            explanations.Add(await OfStoredAsync(store, record, cancellationToken));
        }

        // A row that was replayed is told of as the record that it became.
        explanations.AddRange(quarantined.Items.Where(entry => entry.IsOpen || records.Items.Count == 0).Select(OfStored));
        return explanations.Count > 0 ? explanations : await ChangedAsync(store, source => source.Name == address.SourceName && source.Line == address.Line, cancellationToken);
    }

    // What was stored of a line, and left or was replaced by what came from elsewhere.
    private static async Task<IReadOnlyList<Explanation>> ChangedAsync(IBillingStore store, Func<RecordSource, bool> isOfLine, CancellationToken cancellationToken)
    {
        List<Explanation> explanations = [];
        foreach (RecordKey key in await RecordLife.KeysAsync(store, isOfLine, cancellationToken))
        {
            if (await store.FindAsync(key, cancellationToken) is { } now)
            {
                explanations.Add(OfStored(now) with { Sentence = $"Changed since: under its key is what run {now.RunId} stored.", Life = await RecordLife.LoadAsync(store, key, cancellationToken) });
            }
            else if (await RecordLife.GoneAsync(store, key, cancellationToken) is { } gone)
            {
                explanations.Add(gone);
            }
        }

        return explanations;
    }

    private static async Task<Explanation> OfRecordAsync(RecordTrace trace, BillingRecord record, IBillingStore? store, CancellationToken cancellationToken)
    {
        BillingRecord? stored = store is null ? null : await store.FindAsync(record.Key, cancellationToken);
        if (stored is null && store is not null && await OfEarlierFormAsync(store, trace.Source, cancellationToken) is { } earlier)
        {
            return OfStored(earlier) with
            {
                Sentence = $"Stored by run {earlier.RunId} of an earlier version, and not recognised by this one. Migrate the store: billing migrate --store STORE.",
                RawText = trace.RawText,
            };
        }

        QuarantinedRecord? entry = await OnThatLineAsync(store, trace.Source, cancellationToken);
        if (stored is null && entry is not { IsOpen: true } && store is not null && await RecordLife.GoneAsync(store, record.Key, cancellationToken) is { } gone)
        {
            return gone with { Source = trace.Source, RawText = trace.RawText, Record = record, CanonicalForm = trace.CanonicalForm };
        }

        // It may have been stored under other settings, which are not known any more.
        if (stored is null && entry is null && store is not null && await ChangedAsync(store, source => source == trace.Source, cancellationToken) is [{ } changed, ..])
        {
            return changed with { RawText = trace.RawText };
        }

        (Outcome outcome, string sentence) = stored switch
        {
            null when entry is { IsOpen: true } => (Outcome.Quarantined, $"In quarantine since run {entry.RunId} ({entry.Reason}). With the current layout, rates and rules it can be processed: replay it with them."),
            null => (Outcome.NotStored, "Not in the store. It can be processed: ingest the file."),
            _ when stored.Fingerprint != record.Fingerprint => (Outcome.Conflict, $"Conflict: other content is stored under its key, from {stored.Source} (run {stored.RunId}). Nothing was overwritten."),
            _ when stored.Source != record.Source => (Outcome.Duplicate, $"Duplicate of {stored.Source}, stored by run {stored.RunId}."),
            _ when entry is { IsOpen: false } => (Outcome.Replayed, $"Stored by run {stored.RunId}, after it had been in quarantine ({entry.Reason})."),
            _ => (Outcome.Stored, $"Stored by run {stored.RunId}."),
        };
        return new Explanation
        {
            Outcome = outcome,
            Sentence = sentence,
            Source = trace.Source,
            RawText = trace.RawText,
            // The trace is in no run; what is stored says also which one.
            Record = outcome is Outcome.Stored or Outcome.Replayed ? stored : record,
            Stored = stored,
            Quarantined = entry,
            CanonicalForm = trace.CanonicalForm,
            Life = stored is null ? [] : await RecordLife.LoadAsync(store!, stored.Key, cancellationToken),
        };
    }

    private static async Task<Explanation> OfQuarantineAsync(RecordTrace trace, QuarantinedRecord quarantined, IBillingStore? store, CancellationToken cancellationToken)
    {
        QuarantinedRecord? entry = await OnThatLineAsync(store, trace.Source, cancellationToken);
        if (store is not null && (await store.QueryAsync(new RecordQuery { SourceName = trace.Source.Name, Line = trace.Source.Line }, cancellationToken)).Items is [.., { } stored])
        {
            return OfStored(stored) with
            {
                Outcome = entry is { IsOpen: false } ? Outcome.Replayed : Outcome.Stored,
                Sentence = $"A record of this line is stored, by run {stored.RunId}. The line as it is now could not be processed with the given layout, rates and rules: {quarantined.Detail}",
                RawText = trace.RawText,
            };
        }

        return new Explanation
        {
            Outcome = entry is null ? Outcome.Unprocessable : OutcomeOf(entry),
            Sentence = entry switch
            {
                null => "Cannot be processed; no run has met it yet.",
                { ResolvedByRunId: { } run } => $"Stored by run {run}, after it had been in quarantine. With the given layout, rates and rules it could not be processed.",
                _ => SentenceOf(entry),
            },
            Source = trace.Source,
            RawText = trace.RawText,
            Quarantined = quarantined,
        };
    }

    private static async Task<BillingRecord?> OfEarlierFormAsync(IBillingStore store, RecordSource source, CancellationToken cancellationToken)
    {
        Page<BillingRecord> records = await store.QueryAsync(new RecordQuery { SourceName = source.Name, Line = source.Line }, cancellationToken);
        return records.Items.FirstOrDefault(record => record.Source == source && BillingPipeline.Trace(record).CanonicalForm.Span.StartsWith("billing.record.v1\n"u8));
    }

    private static Explanation OfStored(BillingRecord record) => new()
    {
        Outcome = Outcome.Stored,
        Sentence = $"Stored by run {record.RunId}.",
        Source = record.Source,
        Record = record,
        Stored = record,
        CanonicalForm = BillingPipeline.Trace(record).CanonicalForm,
    };

    // With its life, which may begin with a pending row.
    private static async Task<Explanation> OfStoredAsync(IBillingStore store, BillingRecord record, CancellationToken cancellationToken)
    {
        QuarantinedRecord? pending = await store.GetAllQuarantineAsync(new QuarantineQuery { Reason = QuarantineReason.Pending, IncludeResolved = true }, cancellationToken)
            .FirstOrDefaultAsync(row => row.PostedAs == record.Key, cancellationToken);
        Explanation explanation = OfStored(record) with { Life = await RecordLife.LoadAsync(store, record.Key, cancellationToken) };
        return pending is null ? explanation : explanation with { Sentence = FormattableString.Invariant($"{explanation.Sentence} It was pending before: {pending.Source}, {pending.Amount} {pending.CurrencyCode}.") };
    }

    private static Explanation OfStored(QuarantinedRecord entry) => new()
    {
        Outcome = OutcomeOf(entry),
        Sentence = SentenceOf(entry),
        Source = entry.Source,
        RawText = entry.RawText,
        Quarantined = entry,
    };

    private static Outcome OutcomeOf(QuarantinedRecord entry) =>
        entry.IsOpen ? (entry.Reason == QuarantineReason.Pending ? Outcome.Pending : Outcome.Quarantined)
        : entry.PostedAs is not null ? Outcome.Posted
        : entry.Dismissal is null && entry.SupersededByRunId is null ? Outcome.Replayed
        : Outcome.Dismissed;

    private static string SentenceOf(QuarantinedRecord entry) => entry switch
    {
        { ResolvedByRunId: { } run } => $"Stored by run {run}, after it had been in quarantine.",
        { Dismissal: { } reason } => $"Dismissed from quarantine, where it had been since run {entry.RunId}: {reason}",
        { PostedAs: { } posted } => $"Pending since run {entry.RunId}, until the record {posted} replaced it{(entry.IsSettledByPerson ? ", as somebody said" : "")}. It was in no sum.",
        { SupersededByRunId: { } by } => $"Pending since run {entry.RunId}. The delivery of run {by} is the whole of its period, and left it out. It was in no sum.",
        { Reason: QuarantineReason.Pending } => $"Pending since run {entry.RunId}, and in no sum. It waits for its posted row; billing pending says if there are several that it could be.",
        _ => $"In quarantine since run {entry.RunId}.",
    };

    private static async Task<QuarantinedRecord?> OnThatLineAsync(IBillingStore? store, RecordSource source, CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return null;
        }

        Page<QuarantinedRecord> page = await store.GetQuarantineAsync(QuarantineOf(source.Name, source.Line), cancellationToken);
        // Another file of the same name may have had another row there.
        return page.Items.FirstOrDefault(entry => entry.Source == source);
    }

    private static QuarantineQuery QuarantineOf(string source, long line) => new() { SourceName = source, Line = line, IncludeResolved = true };
}
