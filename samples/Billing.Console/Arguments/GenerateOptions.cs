using System.CommandLine;
using Billing.Generators;

namespace Billing.Console.Arguments;

/// <summary>The options of <c>generate transactions</c> and <c>generate payments</c>.</summary>
internal sealed class GenerateOptions
{
    public const int MostTransactions = 1_000_000_000;

    /// <summary>How many payments, by the rules of an event that asks for some.</summary>
    public Option<int> Payments { get; } = NewCount(PaymentCount.Most);

    public Option<int> Transactions { get; } = NewCount(MostTransactions);

    public Option<int?> Rate { get; } = new("--rate")
    {
        Description = "The most messages per second. Default: no limit.",
        HelpName = "R",
        CustomParser = result => Numbers.Parse(result, 1, 1_000_000),
    };

    public Option<string?> To { get; } = new("--to", "--store")
    {
        Description = "A store, as for ingest, or sqs: and a queue's URL, ARN or name. Without it, the messages go to --out.",
        HelpName = "STORE|sqs:QUEUE",
    };

    public Option<int> Poison { get; } = NewShare("--poison", "The percentage that cannot be processed: broken JSON, no id, an amount NaN.");

    public Option<int> Redelivered { get; } = NewShare("--redelivered", "The percentage that comes a second time unchanged.");

    public Option<int> Conflicting { get; } = NewShare("--conflicting", "The percentage whose id comes a second time with another amount.");

    /// <summary>What only a store takes.</summary>
    public static IReadOnlyList<Option> OfStore(CommandOptions options) => [options.Rates, options.Rules, options.ReportingCurrency, options.Scope];

    private static Option<int> NewCount(int most) => new("--count")
    {
        Description = "How many to make.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result => Numbers.Parse(result, 1, most, "1"),
    };

    private static Option<int> NewShare(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "P",
        DefaultValueFactory = _ => 0,
        CustomParser = result => Numbers.Parse(result, 0, 100),
    };
}
