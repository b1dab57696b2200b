namespace Billing.KilledProcess;

/// <summary>Says the rows so far, at once.</summary>
internal sealed class Progress : IProgress<IngestProgress>
{
    public void Report(IngestProgress value)
    {
        Console.WriteLine($"rows {value.Report.Read.Rows}");
        Console.Out.Flush();
    }
}
