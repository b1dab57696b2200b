namespace Billing.Web.Export;

/// <summary>The format of an exported file.</summary>
internal enum ExportFormat
{
    Csv,
    Json,
    Xlsx,
}
