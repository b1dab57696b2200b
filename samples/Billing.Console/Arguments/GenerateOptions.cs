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
        Description = "How many a second at most; as fast as it goes without it.",
        HelpName = "R",
        CustomParser = result => Numbers.Parse(result, 1, 1_000_000),
    };

    public Option<string?> To { get; } = new("--to", "--store")
    {
        Description = "A store, as for ingest, or sqs: and a queue's URL, ARN or name; without it they go to --out.",
        HelpName = "STORE|sqs:QUEUE",
    };

    public Option<int> Poison { get; } = NewShare("--poison", "The share that cannot be processed, in percent: broken JSON, no id, an amount NaN.");

    public Option<int> Redelivered { get; } = NewShare("--redelivered", "The share that comes a second time as it is, in percent.");

    public Option<int> Conflicting { get; } = NewShare("--conflicting", "The share whose id comes a second time with another amount, in percent.");

    /// <summary>What only a store takes.</summary>
    public static IReadOnlyList<Option> OfStore(CommandOptions options) => [options.Rates, options.Rules, options.ReportingCurrency, options.Scope];

    private static Option<int> NewCount(int most) => new("--count")
    {
        Description = "How many.",
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
