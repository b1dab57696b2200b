using Billing.Web.Settings;

namespace Billing.Web.Months;

/// <summary>The budgets in force, as a file.</summary>
internal sealed class BudgetsInForce
{
    public BudgetsInForce(WebSettings settings)
    {
        File = new EditedFile<Budgets>(settings.BudgetsFile, "{ \"budgets\": [] }", Budgets.Parse);
        _ = File.Value;
    }

    public EditedFile<Budgets> File { get; }
}
