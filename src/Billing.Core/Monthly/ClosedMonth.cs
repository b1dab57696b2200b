using Billing.Amendments;

namespace Billing.Monthly;

/// <summary>Reads a month as it was closed, and checks that it is that.</summary>
internal sealed class ClosedMonth(IAmendableStore store, MonthClosing closing)
{
    public async ValueTask<MonthReport> ReadAsync(CancellationToken cancellationToken)
    {
        LedgerAsOf then = await LedgerAsOf.LoadAsync(store, closing.EntryId, cancellationToken).ConfigureAwait(false);
        MonthReport report = await ReadAsync(then, closing.Runs?.ToHashSet(StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
        if (report.Sha256 != closing.Sha256 && closing.Runs is null && await SealedBeforeAsync(cancellationToken).ConfigureAwait(false) is { } before
            && await ReadAsync(then, before, cancellationToken).ConfigureAwait(false) is { } read && read.Sha256 == closing.Sha256)
        {
            report = read;
        }

        if (report.Sha256 == closing.Sha256)
        {
            return report with { ReportingCurrency = closing.ReportingCurrency };
        }

        bool hasSameFigures = await MonthDigests.OfFiguresAsync(report.Lines, cancellationToken).ConfigureAwait(false) == closing.FiguresSha256;
        return hasSameFigures && await WasErasedAsync(cancellationToken).ConfigureAwait(false)
            ? report with { ReportingCurrency = closing.ReportingCurrency }
            : throw new BillingException(
                $"{closing} is not what was closed: it had {closing.Reporting}, and reads as {report.Reporting}{(hasSameFigures ? ", with other texts" : "")}. "
                + (closing.Incomplete.Count > 0 ? "It was closed although it was not complete: a run that was listed as running may have gone on. " : "")
                + "billing verify says what was changed in the store. Close the month again when it is mended.");
    }

    private ValueTask<MonthReport> ReadAsync(LedgerAsOf then, HashSet<string>? runs, CancellationToken cancellationToken) =>
        new MonthReading(then, closing.Month, KeptTerms.Restore(closing)) { Runs = runs }.RunAsync(cancellationToken);

    // A closing of very many runs does not list them. Where the clock of another machine was behind, the ids of its later runs sort before the closing; the seals tell them.
    private async ValueTask<HashSet<string>?> SealedBeforeAsync(CancellationToken cancellationToken)
    {
        HashSet<string> before = new(StringComparer.Ordinal);
        await foreach (LedgerSeal seal in new LedgerSeals(store).GetSealsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (seal.Of == closing.EntryId)
            {
                return before;
            }

            before.Add(seal.Of);
        }

        return null;
    }

    private async ValueTask<bool> WasErasedAsync(CancellationToken cancellationToken)
    {
        await foreach (LedgerEntry entry in EntryDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Kind == LedgerEntryKind.Erasure && string.CompareOrdinal(entry.Id, closing.EntryId) > 0)
            {
                return true;
            }
        }

        return false;
    }
}
