using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Generation;
using Billing.Generators;

namespace Billing.Console.Commands;

/// <summary><c>billing generate transactions</c>: the messages of system 3, with trouble planted in them.</summary>
internal static class GenerateTransactionsCommand
{
    private static readonly SourceLayout s_layout = new()
    {
        Instant = "timestamp",
        Amount = "amount",
        Currency = "currency",
        Id = "transaction_id",
        Party = "merchant",
        Account = "user_id",
        Identity = RecordIdentity.Columns("transaction_id"),
    };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        GenerateOptions generate = new();
        Command command = new("transactions", "Makes transactions as lines of JSON, for a file, a store or a queue. The same seed gives the same transactions.")
        {
            generate.Transactions, options.Seed, generate.Poison, generate.Redelivered, generate.Conflicting,
        };
        return GenerateMessages.Complete(command, options, generate, terminal, parse =>
        {
            TransactionMix mix = new(parse.GetValue(generate.Poison), parse.GetValue(generate.Redelivered), parse.GetValue(generate.Conflicting));
            if (mix.Dirt + mix.Redelivered + mix.Conflicting > 100)
            {
                throw new UsageException("--poison, --redelivered and --conflicting add up to more than 100 percent. Each is a share of all transactions, and no transaction is in two of them.");
            }

            ulong seed = parse.GetValue(options.Seed);
            TransactionGenerator generator = new(seed, GeneratedMessages.Start, mix);
            return new GeneratedMessages("transactions", s_layout, seed, generator.Generate(parse.GetValue(generate.Transactions)));
        });
    }
}
