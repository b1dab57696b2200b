namespace Billing.Sinks.Conformance;

/// <summary>Checks that what is read equals what was written, to the last digit.</summary>
public static class Same
{
    public static void Record(BillingRecord expected, BillingRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Key, actual.Key);
        Assert.Equal(expected.Fingerprint, actual.Fingerprint);
        Assert.Equal(expected.Occurrence, actual.Occurrence);
        Assert.Equal(expected.Scope, actual.Scope);
        Assert.Equal(expected.SourceId, actual.SourceId);
        Assert.Equal(expected.Date, actual.Date);
        Assert.Equal(expected.Instant, actual.Instant);
        Assert.Equal(expected.Instant?.Offset, actual.Instant?.Offset);
        Assert.Equal(expected.Party, actual.Party);
        Assert.Equal(expected.Account, actual.Account);
        Assert.Equal(expected.Description, actual.Description);
        Money(expected.Amount, actual.Amount);
        Money(expected.ReportingAmount, actual.ReportingAmount);
        Assert.Equal(expected.ExchangeRate, actual.ExchangeRate);
        Assert.Equal(expected.Attributes.ToArray(), actual.Attributes.ToArray());
        Assert.Equal(expected.Attributes.Ignored, actual.Attributes.Ignored);
        Assert.Equal(expected.Source, actual.Source);
        Assert.Equal(expected.RunId, actual.RunId);
        Assert.Equal(expected.Category, actual.Category);
        Assert.Equal(expected.CategoryRule, actual.CategoryRule);
        Assert.Equal(expected.Flags, actual.Flags);
        Assert.Equal(expected.Alerts, actual.Alerts);
    }

    public static void Quarantined(QuarantinedRecord expected, QuarantinedRecord actual)
    {
        Assert.Equal(expected.Key, actual.Key);
        Assert.Equal(expected.RunId, actual.RunId);
        Assert.Equal(expected.Source, actual.Source);
        Assert.Equal(expected.Scope, actual.Scope);
        Assert.Equal(expected.Reason, actual.Reason);
        Assert.Equal(expected.Detail, actual.Detail);
        Assert.Equal(expected.Raw.ToArray(), actual.Raw.ToArray());
        Assert.Equal(expected.RawLength, actual.RawLength);
        Assert.Equal(expected.Format, actual.Format);
        Assert.Equal(expected.Header, actual.Header);
        Assert.Equal(expected.Separator, actual.Separator);
        Assert.Equal(expected.Amount, actual.Amount);
        Assert.Equal(expected.CurrencyCode, actual.CurrencyCode);
        Assert.Equal(expected.Resolution, actual.Resolution);
    }

    public static void Proof(IngestProof expected, IngestProof actual)
    {
        Assert.Equal(expected.Figures, actual.Figures);
        Assert.Equal(expected.Problems, actual.Problems);
        Assert.Equal(expected.Openings.ToArray(), actual.Openings.ToArray());
        Assert.Equal(expected.Closings.ToArray(), actual.Closings.ToArray());
        Assert.Equal(expected, actual with { Figures = expected.Figures, Problems = expected.Problems, Openings = expected.Openings, Closings = expected.Closings });
    }

    public static void Report(IngestReport expected, IngestReport actual)
    {
        // Records compare collections by reference, so the collections are compared separately and then set equal.
        Assert.Equal(expected.Reasons.ToArray(), actual.Reasons.ToArray());
        Assert.Equal(expected.DuplicatesFromOtherSources, actual.DuplicatesFromOtherSources);
        Assert.Equal(expected.Warnings, actual.Warnings);
        Proof(expected.Proof, actual.Proof);
        Assert.Equal(expected.Drift?.ToString(), actual.Drift?.ToString());
        Assert.Equal(expected.Drift?.Findings, actual.Drift?.Findings);
        Assert.Equal(expected.Drift?.Runs, actual.Drift?.Runs);
        Assert.Equal(expected.Drift?.Policy, actual.Drift?.Policy);
        Assert.Equal(expected.StartedAt.Offset, actual.StartedAt.Offset);
        Assert.Equal(
            expected,
            actual with { Proof = expected.Proof, Drift = expected.Drift, Reasons = expected.Reasons, DuplicatesFromOtherSources = expected.DuplicatesFromOtherSources, Warnings = expected.Warnings });
    }

    private static void Money(Money expected, Money actual)
    {
        Assert.Equal(expected, actual);
        Assert.Equal(expected.Amount.Scale, actual.Amount.Scale);
    }
}
