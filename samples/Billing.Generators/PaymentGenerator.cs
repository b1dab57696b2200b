using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Generators;

/// <summary>Generates payments from a request id: the same request gives the same payments, so that a store takes each only once.</summary>
public static class PaymentGenerator
{
    private const int CentsFrom = 100;
    private const int CentsTo = 50_000;

    private static readonly string[] s_currencies = ["EUR", "GBP", "USD"];
    private static readonly string[] s_statuses = ["AUTHORIZED", "CAPTURED", "DECLINED"];
    private static readonly string[] s_sources = ["CARD", "WALLET", "BANK_TRANSFER"];

    /// <summary>Returns the payments of one request.</summary>
    /// <param name="requestId">The id of the request.</param>
    /// <param name="requestedAt">A time that is the same however many times the request is made, such as the time of the event. The times of the payments derive from it.</param>
    /// <param name="count">The number of payments.</param>
    public static IEnumerable<Payment> Generate(string requestId, DateTimeOffset requestedAt, int count)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, PaymentCount.Most);
        return Enumerable.Range(0, count).Select(i => One(requestId, requestedAt, i));
    }

    private static Payment One(string requestId, DateTimeOffset requestedAt, int index)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"billing payment v1\0{requestId}\0{index}")));
        byte[] id = digest[..16];

        // RFC 9562: version 8, for ids derived by a custom rule.
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        SplitMix random = new(BinaryPrimitives.ReadUInt64BigEndian(digest.AsSpan(16)));
        return new Payment(
            new Guid(id, bigEndian: true),
            requestedAt.AddTicks(index),
            new decimal(CentsFrom + random.Below(CentsTo - CentsFrom + 1), 0, 0, isNegative: false, scale: 2),
            s_currencies[random.Below(s_currencies.Length)],
            FormattableString.Invariant($"merchant-{random.Below(100):000}"),
            s_statuses[random.Below(s_statuses.Length)],
            s_sources[random.Below(s_sources.Length)]);
    }
}
