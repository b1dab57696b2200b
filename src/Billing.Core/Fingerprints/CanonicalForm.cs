using System.Buffers;
using Billing.Parsing;

namespace Billing.Fingerprints;

/// <summary>Writes canonical form v1 (docs/canonical-form.md), the bytes that a fingerprint is the SHA-256 of.</summary>
internal static class CanonicalForm
{
    /// <summary>The canonical form of a row; its currency must be known.</summary>
    /// <exception cref="ArgumentException">A text holds a lone surrogate, which has no UTF-8.</exception>
    public static void Write(ParsedRow row, Currency currency, IBufferWriter<byte> destination) => throw new NotImplementedException();

    /// <summary>The canonical form of a stored record: the same bytes as of the row it came from.</summary>
    public static void Write(BillingRecord record, IBufferWriter<byte> destination) => throw new NotImplementedException();
}
