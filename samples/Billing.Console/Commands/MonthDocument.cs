namespace Billing.Console.Commands;

/// <summary>What <c>report</c> answers.</summary>
internal sealed record MonthDocument
{
    /// <summary>The report that is shown: of a closed month as it was closed.</summary>
    public required MonthReport Report { get; init; }

    /// <summary>The closing that the report is of; null if it is of what is stored now.</summary>
    public MonthClosing? Closing { get; init; }

    /// <summary>The last closing of the month; null if it is open.</summary>
    public MonthClosing? LastClosing { get; init; }

    /// <summary>Whether this call closed the month; null if it was not asked to.</summary>
    public bool? WasClosed { get; init; }

    /// <summary>The restatement that was asked for; else what changed since the last closing, if anything did.</summary>
    public MonthRestatement? Restatement { get; init; }

    /// <summary>Why what changed since the last closing cannot be stated; null if it can.</summary>
    public string? ChangesUnknown { get; init; }

    public static async Task<MonthDocument> CloseAsync(IBillingStore ledger, BillingMonth month, MonthTerms? terms, string? reason, bool includeIncomplete, TimeProvider time, CancellationToken cancellationToken)
    {
        MonthClosings closings = new(ledger, time) { Reason = string.IsNullOrWhiteSpace(reason) ? null : reason, IncludeIncomplete = includeIncomplete };
        MonthClosing? closed = await closings.CloseAsync(month, terms, cancellationToken);
        MonthClosing last = closed ?? (await closings.GetAsync(month, cancellationToken))[^1];
        return new MonthDocument
        {
            Report = await closings.GetReportAsync(last, cancellationToken),
            Closing = last,
            LastClosing = last,
            WasClosed = closed is not null,
            Restatement = closed is { Number: > 0 } ? await closings.GetRestatementAsync(month, closed.Number, cancellationToken) : null,
        };
    }

    /// <exception cref="UsageException">A restatement is asked for of a store that cannot close months.</exception>
    public static async Task<MonthDocument> ReadAsync(IBillingStore store, BillingMonth month, MonthTerms? terms, int? restatement, TimeProvider time, CancellationToken cancellationToken)
    {
        if (store is not IAmendableStore amendable || !await amendable.KeepsDocumentsAsync(cancellationToken))
        {
            // A store of an earlier version, which may not be upgraded: no month of it is closed.
            return restatement is null
                ? new MonthDocument { Report = await MonthReport.CreateAsync(store, month, terms, cancellationToken) }
                : throw new UsageException($"{store.Name} keeps no closings. Leave out --restatement.");
        }

        MonthClosings closings = new(store, time);
        IReadOnlyList<MonthClosing> all = await closings.GetAsync(month, cancellationToken);
        MonthClosing? last = all.Count == 0 ? null : all[^1];
        if (restatement is 0 && last is not null)
        {
            return new MonthDocument { Report = await closings.GetReportAsync(all[0], cancellationToken), Closing = all[0], LastClosing = last };
        }

        if (restatement is { } number)
        {
            MonthRestatement shown = await closings.GetRestatementAsync(month, Math.Max(number, 1), cancellationToken);
            MonthClosing of = shown.Closing ?? all[^1];
            return new MonthDocument { Report = await closings.GetReportAsync(of, cancellationToken), Closing = of, LastClosing = last, Restatement = shown };
        }

        return last is null || terms is not null
            ? new MonthDocument { Report = await MonthReport.CreateAsync(store, month, terms, cancellationToken), LastClosing = last }
            : await ClosedAsync(closings, last, cancellationToken);
    }

    // Whatever came since, the closed report is shown.
    private static async Task<MonthDocument> ClosedAsync(MonthClosings closings, MonthClosing last, CancellationToken cancellationToken)
    {
        MonthDocument closed = new() { Report = await closings.GetReportAsync(last, cancellationToken), Closing = last, LastClosing = last };
        try
        {
            return closed with { Restatement = await closings.GetChangesAsync(last.Month, cancellationToken) is { Count: > 0 } changes ? changes : null };
        }
        catch (MissingRatesException e)
        {
            return closed with { ChangesUnknown = e.Message };
        }
    }
}
