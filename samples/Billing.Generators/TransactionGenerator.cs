using System.Globalization;

namespace Billing.Generators;

/// <summary>
/// Generates transactions as messages, the same for the same seed. The count is the number of transactions. Redelivered and conflicting ones are additional
/// messages soon after, up to 30 places later. Every hundred transactions contain exactly the shares of the mix.
/// </summary>
public sealed class TransactionGenerator(ulong seed, DateTimeOffset start, TransactionMix mix)
{
    private const int Later = 30;

    private static readonly string[] s_merchants = ["Amazon", "Aral", "Café Łódź", "IKEA", "Lidl", "Netflix", "Shell", "The Bar", "Uber", "Zara"];
    private static readonly string[] s_currencies = ["EUR", "GBP", "USD"];

    /// <summary>Returns the messages.</summary>
    public IEnumerable<string> Generate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (mix.Dirt < 0 || mix.Redelivered < 0 || mix.Conflicting < 0 || mix.Dirt + mix.Redelivered + mix.Conflicting > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(count), mix, "The shares of the mix must be 0 to 100 percent in total.");
        }

        return Messages(count);
    }

    private IEnumerable<string> Messages(int count)
    {
        SplitMix random = new(seed);
        Queue<(int At, string Message)> later = new();
        for (int i = 0; i < count; i++)
        {
            // 37 and 100 have no common factor: each hundred takes every place once, spread out.
            int place = (int)((i * 37L) % 100);
            string id = Id(ref random);
            int cents = Cents(ref random);
            string good = Message(id, cents, i, ref random, out string changed);
            if (place < mix.Dirt)
            {
                yield return Dirty(i, id, good);
            }
            else
            {
                yield return good;
                if (place < mix.Dirt + mix.Redelivered)
                {
                    later.Enqueue((i + Later, good));
                }
                else if (place < mix.Dirt + mix.Redelivered + mix.Conflicting)
                {
                    later.Enqueue((i + Later, changed));
                }
            }

            while (later.TryPeek(out (int At, string Message) next) && next.At <= i)
            {
                yield return later.Dequeue().Message;
            }
        }

        foreach ((_, string message) in later)
        {
            yield return message;
        }
    }

    private static string Id(ref SplitMix random) => FormattableString.Invariant($"txn-{random.Next():x16}");

    // Mostly small, some medium, a few high amounts, to match the categories.
    private static int Cents(ref SplitMix random) => random.Below(10) switch
    {
        < 6 => 100 + random.Below(9_900),
        < 9 => 10_000 + random.Below(90_000),
        _ => 100_000 + random.Below(900_000),
    };

    private static string Dirty(int index, string id, string good) => (index % 3) switch
    {
        0 => good[..^5],
        1 => good.Replace($"\"transaction_id\":\"{id}\",", "", StringComparison.Ordinal),
        _ => good.Replace("\"amount\":", "\"amount\":\"NaN\",\"amount_was\":", StringComparison.Ordinal),
    };

    private string Message(string id, int cents, int index, ref SplitMix random, out string changed)
    {
        string user = FormattableString.Invariant($"user-{random.Below(1_000):000}");
        string currency = s_currencies[random.Below(s_currencies.Length)];
        string merchant = s_merchants[random.Below(s_merchants.Length)];
        string timestamp = start.AddMilliseconds(index).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        changed = Write(cents + 1);
        return Write(cents);

        string Write(int amount) => JsonLine.Write(json =>
        {
            json.WriteString("transaction_id", id);
            json.WriteString("user_id", user);
            json.WriteNumber("amount", new decimal(amount, 0, 0, isNegative: false, scale: 2));
            json.WriteString("currency", currency);
            json.WriteString("timestamp", timestamp);
            json.WriteString("merchant", merchant);
        });
    }
}
