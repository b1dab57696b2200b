using System.Text;
using System.Text.Json;

namespace Billing.Generators.Tests;

public sealed class GeneratorTests
{
    private static readonly DateTimeOffset s_time = new(2025, 6, 17, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{}", 1)]
    [InlineData("{\"count\": 3, \"other\": true}", 3)]
    [InlineData("{\"count\": 10000}", 10_000)]
    public void A_count_is_read_and_is_1_where_it_is_missing(string payload, int count) => Assert.Equal(count, Read(payload));

    [Theory]
    [InlineData("{\"count\": 0}", "the number 0")]
    [InlineData("{\"count\": -1}", "the number -1")]
    [InlineData("{\"count\": 2.5}", "the number 2.5")]
    [InlineData("{\"count\": 1e99}", "the number 1e99")]
    [InlineData("{\"count\": 10001}", "the number 10001")]
    [InlineData("{\"count\": \"3\"}", "the text \"3\"")]
    [InlineData("{\"count\": null}", "null")]
    [InlineData("[3]", "a list")]
    public void Any_other_count_is_an_error_that_says_so(string payload, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => Read(payload)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_same_request_makes_the_same_payments_and_another_one_others()
    {
        Payment[] first = [.. PaymentGenerator.Generate("request-1", s_time, 1_000)];
        Assert.Equal(first, PaymentGenerator.Generate("request-1", s_time, 1_000));
        Assert.Equal(first[..10], PaymentGenerator.Generate("request-1", s_time, 10));
        Assert.Empty(first.Select(payment => payment.Id).Intersect(PaymentGenerator.Generate("request-2", s_time, 1_000).Select(payment => payment.Id)));
        Assert.Equal(1_000, first.Select(payment => payment.Id).Distinct().Count());
        Assert.All(first, payment => Assert.InRange(payment.Amount, 1.00m, 500.00m));
        Assert.All(first, payment => Assert.Equal(2, payment.Amount.Scale));
        Assert.Equal(["EUR", "GBP", "USD"], first.Select(payment => payment.Currency).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["AUTHORIZED", "CAPTURED", "DECLINED"], first.Select(payment => payment.Status).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["BANK_TRANSFER", "CARD", "WALLET"], first.Select(payment => payment.Source).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("\"created_at\":\"2025-06-17T10:00:00.0000000+00:00\"".Replace("+", "\\u002B", StringComparison.Ordinal), first[0].ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Transactions_hold_the_planted_shares_and_the_same_seed_gives_the_same_messages()
    {
        string[] messages = [.. Transactions(7, new TransactionMix(Dirt: 5, Redelivered: 5, Conflicting: 2)).Generate(1_000)];
        Assert.Equal(messages, Transactions(7, new TransactionMix(Dirt: 5, Redelivered: 5, Conflicting: 2)).Generate(1_000));
        Assert.NotEqual(messages, Transactions(8, new TransactionMix(Dirt: 5, Redelivered: 5, Conflicting: 2)).Generate(1_000));
        Assert.Equal(1_070, messages.Length);

        (string Id, decimal Amount)[] good = [.. messages.Select(Parse).OfType<(string, decimal)>()];
        Assert.Equal(50, messages.Length - good.Length);
        Assert.Equal(950, good.Select(one => one.Id).Distinct().Count());
        Assert.Equal(50, good.GroupBy(one => one.Id).Count(group => group.Count() == 2 && group.Distinct().Count() == 1));
        Assert.Equal(20, good.GroupBy(one => one.Id).Count(group => group.Distinct().Count() == 2));
    }

    [Fact]
    public async Task A_paced_output_delivers_every_message_in_batches()
    {
        using MemoryStream stream = new();
        Assert.Equal(105, await new PacedOutput(new LinesOutput(stream), 10, null, TimeProvider.System).WriteAsync(Transactions(1, new TransactionMix()).Generate(105), Cancellation));
        Assert.Equal(Transactions(1, new TransactionMix()).Generate(105), Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static TransactionGenerator Transactions(ulong seed, TransactionMix mix) => new(seed, s_time, mix);

    private static int Read(string payload)
    {
        using JsonDocument document = JsonDocument.Parse(payload);
        return PaymentCount.Read(document.RootElement);
    }

    private static object? Parse(string message)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(message);
            return document.RootElement.TryGetProperty("transaction_id", out JsonElement id) && document.RootElement.GetProperty("amount").ValueKind == JsonValueKind.Number
                ? (id.GetString()!, document.RootElement.GetProperty("amount").GetDecimal())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
