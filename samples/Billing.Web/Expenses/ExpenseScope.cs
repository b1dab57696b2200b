namespace Billing.Web.Expenses;

/// <summary>Each expense has a scope of its own: an edit is a delivery that is the whole of it, so that what it was is superseded, kept, and can be brought back.</summary>
internal static class ExpenseScope
{
    private const string Prefix = "expense ";

    public static string Of(string id) => Prefix + id;

    public static bool IsOf(BillingRecord record) => record.SourceId is { } id && record.Scope == Of(id);

    /// <summary>Whether a run entered or edited an expense.</summary>
    public static bool IsOf(IngestReport run) => run.Scope?.StartsWith(Prefix, StringComparison.Ordinal) == true;
}
