namespace Billing.Web.Imports;

/// <summary>Tells an import how far its run is.</summary>
internal sealed class ImportProgress(ImportJob job) : IProgress<IngestProgress>
{
    public void Report(IngestProgress value) => job.Become(now => now with { BytesRead = value.BytesRead, BytesTotal = value.BytesTotal ?? now.BytesTotal, Report = value.Report });
}
