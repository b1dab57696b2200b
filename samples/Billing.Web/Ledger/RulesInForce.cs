using Billing.Web.Settings;

namespace Billing.Web.Ledger;

/// <summary>The rules of what comes. They are a file, so that they outlive the host and can be edited by hand while it does not run.</summary>
internal sealed class RulesInForce
{
    public RulesInForce(WebSettings settings)
    {
        File = new EditedFile<CategoryRules>(settings.RulesFile, "{ \"rules\": [] }", CategoryRules.Parse);

        // A file that is wrong ends the start, and not the first expense.
        _ = File.Value;
    }

    public EditedFile<CategoryRules> File { get; }
}
