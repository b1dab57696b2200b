using System.CommandLine;
using System.Globalization;
using Billing.Console.Arguments;
using Billing.Console.Generation;
using Billing.Generators;

namespace Billing.Console.Commands;

/// <summary><c>billing generate payments</c>: the payments of system 4, as if an event with that seed for its id had asked for them.</summary>
internal static class GeneratePaymentsCommand
{
    private static readonly SourceLayout s_layout = new()
    {
        Instant = "created_at",
        Amount = "amount",
        Currency = "currency",
        Id = "payment_id",
        Party = "merchant_id",
        Identity = RecordIdentity.Columns("payment_id"),
    };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        GenerateOptions generate = new();
        Command command = new("payments", "Makes payments as lines of JSON, for a file, a store or a queue. The same seed gives the same payments.") { generate.Payments, options.Seed };
        return GenerateMessages.Complete(command, options, generate, terminal, parse =>
        {
            ulong seed = parse.GetValue(options.Seed);
            IEnumerable<Payment> payments = PaymentGenerator.Generate(seed.ToString(CultureInfo.InvariantCulture), GeneratedMessages.Start, parse.GetValue(generate.Payments));
            return new GeneratedMessages("payments", s_layout, seed, payments.Select(payment => payment.ToJson()));
        });
    }
}
