namespace Billing;

/// <summary>
/// What rounding left behind in the records of one run and one billing currency: their exact products, and what they are stated as. Of
/// <see cref="BillingStoreExtensions.GetRoundingAsync(IBillingStore, RecordQuery, CancellationToken)"/>.
/// </summary>
public sealed record ConversionRounding
{
    /// <summary>The run whose records they are.</summary>
    public required string RunId { get; init; }

    /// <summary>The source of the run.</summary>
    public required string Source { get; init; }

    /// <summary>The code of the billing currency.</summary>
    public required string Currency { get; init; }

    /// <summary>The code of the reporting currency.</summary>
    public required string ReportingCurrency { get; init; }

    /// <summary>The number of records that were converted.</summary>
    public required long Rows { get; init; }

    /// <summary>The sum of their amounts, as invoiced.</summary>
    public required ExactSum Amount { get; init; }

    /// <summary>What it comes to at their rates, without rounding, in the reporting currency. What a rate leads to that is an endless quotient, such as a cross rate, is rounded to 20 decimals, once for each rate.</summary>
    public required ExactSum Exact { get; init; }

    /// <summary>The sum of their reporting amounts.</summary>
    public required ExactSum Stored { get; init; }

    /// <summary>What rounding added: <see cref="Stored"/> less <see cref="Exact"/>. Below zero where it took away.</summary>
    public ExactSum Difference => Stored - Exact;

    /// <summary>The currencies, the rows and the difference.</summary>
    public override string ToString() => FormattableString.Invariant($"{Source}: {Rows} rows of {Currency}: {Difference} {ReportingCurrency}");
}
