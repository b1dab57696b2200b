namespace Billing.Web.Imports;

/// <summary>The words for the state of an import.</summary>
internal static class ImportState
{
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
    public const string Interrupted = "interrupted";
}
