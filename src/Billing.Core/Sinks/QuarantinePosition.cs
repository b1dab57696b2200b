using System.Globalization;

namespace Billing.Sinks;

/// <summary>Where a quarantined record stands in the listing: source, byte offset, key.</summary>
internal readonly record struct QuarantinePosition(string Source, long ByteOffset, RecordKey Key)
{
    public static QuarantinePosition Of(QuarantinedRecord record) => new(record.Source.Name, record.Source.ByteOffset, record.Key);

    public static int Compare(QuarantinePosition left, QuarantinePosition right)
    {
        int bySource = string.CompareOrdinal(left.Source, right.Source);
        int byOffset = left.ByteOffset.CompareTo(right.ByteOffset);
        return bySource != 0 ? bySource : byOffset != 0 ? byOffset : left.Key.CompareTo(right.Key);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException"><paramref name="token"/> is anything else.</exception>
    public static QuarantinePosition Parse(string token)
    {
        string[] parts = token.Split(':', 3);
        return parts.Length == 3 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            ? new QuarantinePosition(parts[2], offset, RecordKey.Parse(parts[0]))
            : throw new FormatException("This is no position in a quarantine.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}:{ByteOffset}:{Source}");
}
