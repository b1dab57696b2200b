using System.Globalization;
using Microsoft.Extensions.Options;

namespace Billing.Hosting.Settings;

/// <summary>Reports everything that is wrong with the settings of one pipeline, each with its key and its remedy. Files are read when the pipeline is wired.</summary>
/// <param name="pipeline">The name of the pipeline; an empty string for the default pipeline.</param>
/// <param name="path">The path of the section.</param>
internal sealed class BillingSettingsValidator(string pipeline, string path) : IValidateOptions<BillingSettings>
{
    public ValidateOptionsResult Validate(string? name, BillingSettings options)
    {
        if (name is not null && name != pipeline)
        {
            return ValidateOptionsResult.Skip;
        }

        string[] failures = [.. Failures(options)];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Failures(BillingSettings settings)
    {
        if (!Currency.TryParse(settings.ReportingCurrency ?? "", out Currency? currency) || currency.MinorUnits is null)
        {
            yield return $"{Key(nameof(settings.ReportingCurrency))} is '{settings.ReportingCurrency}'. Use an ISO 4217 code with minor units, such as USD.";
        }

        if (!Enum.IsDefined(settings.Rounding))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Key(nameof(settings.Rounding))} is {(int)settings.Rounding}. Use {string.Join(", ", Enum.GetNames<MidpointRounding>())}.");
        }

        if (settings.Rates is { } rates && string.IsNullOrWhiteSpace(rates))
        {
            yield return $"{Key(nameof(settings.Rates))} is blank. Name a rates file, write rates such as CAD=0.75, write ecb: and a file of the European Central Bank, or leave the key out.";
        }

        if (settings.Rules.Any(string.IsNullOrWhiteSpace))
        {
            yield return $"{Key(nameof(settings.Rules))} has a blank name. Name a rules file, or remove the entry.";
        }

        if (settings.Identity is { } identity && WhyNoIdentity(identity) is { } why)
        {
            yield return $"{Key(nameof(settings.Identity))}: {why}";
        }

        if (settings.Scope is { } scope && string.IsNullOrWhiteSpace(scope))
        {
            yield return $"{Key(nameof(settings.Scope))} is blank. Name an account or a supplier, or leave the key out.";
        }

        if (settings.BatchSize is < 1 or > 100_000)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Key(nameof(settings.BatchSize))} is {settings.BatchSize}. Use 1 to 100,000.");
        }

        if (settings.BatchMebibytes is < 1 or > 256)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Key(nameof(settings.BatchMebibytes))} is {settings.BatchMebibytes}. Use 1 to 256.");
        }
    }

    private string Key(string name) => path.Length == 0 ? name : $"{path}:{name}";

    private static string? WhyNoIdentity(string text)
    {
        try
        {
            RecordIdentity.Parse(text);
            return null;
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }
}
