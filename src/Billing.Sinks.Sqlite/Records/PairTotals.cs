namespace Billing.Sinks.Sqlite.Records;

/// <summary>The sums of the rows of a group that share their currency and their reporting currency.</summary>
internal sealed class PairTotals(byte[] currency, byte[] reportingCurrency)
{
    private ExactTotal _billed;
    private ExactTotal _reporting;

    /// <summary>The code of the currency.</summary>
    public ReadOnlySpan<byte> Currency => currency;

    /// <summary>The code of the reporting currency.</summary>
    public ReadOnlySpan<byte> ReportingCurrency => reportingCurrency;

    /// <summary>The number of rows.</summary>
    public long Rows { get; private set; }

    /// <summary>The sum of the amounts.</summary>
    public ExactSum Billed => _billed.Sum;

    /// <summary>The sum of the reporting amounts.</summary>
    public ExactSum Reporting => _reporting.Sum;

    /// <summary>Adds a row.</summary>
    public void Add(ExactAmount amount, ExactAmount reportingAmount)
    {
        Rows++;
        _billed.Add(amount);
        _reporting.Add(reportingAmount);
    }
}
