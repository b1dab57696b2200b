using System.CommandLine;
using System.CommandLine.Parsing;

namespace Billing.Console.Arguments;

/// <summary>The options of commands that look at one month.</summary>
internal sealed class MonthOptions
{
    public Option<BillingMonth> Month { get; } = new("--month")
    {
        Description = "The month, such as 2025-06.",
        HelpName = "MONTH",
        Required = true,
        CustomParser = ParseMonth,
    };

    public Option<TimeZoneInfo?> Zone { get; } = new("--zone")
    {
        Description = "The time zone, such as Europe/Berlin, by which records with an instant belong to a month. Without it, all go by their dates.",
        HelpName = "ZONE",
        CustomParser = ParseZone,
    };

    private static BillingMonth ParseMonth(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!BillingMonth.TryParse(text, out BillingMonth month))
        {
            result.AddError($"'{text}' is not a month. Write it as 2025-06.");
        }

        return month;
    }

    private static TimeZoneInfo? ParseZone(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out TimeZoneInfo? zone))
        {
            return zone;
        }

        result.AddError($"'{text}' is not a time zone that this machine knows. Write it as in the IANA database, such as Europe/Berlin or UTC.");
        return null;
    }
}
