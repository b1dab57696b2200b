using System.Buffers.Binary;
using System.Text;

namespace Billing.Sinks;

/// <summary>Where a run stands in the order of runs: the newest start first, then the last id first.</summary>
internal readonly record struct RunPosition(DateTime StartedAtUtc, string RunId) : IComparable<RunPosition>
{
    /// <summary>The position of a run.</summary>
    public static RunPosition Of(IngestReport run) => new(run.StartedAt.UtcDateTime, run.RunId);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">These are not such bytes.</exception>
    public static RunPosition Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(long) || BinaryPrimitives.ReadInt64BigEndian(bytes) is var ticks && (ticks < 0 || ticks > DateTime.MaxValue.Ticks))
        {
            throw PageToken.Foreign();
        }

        return new RunPosition(new DateTime(ticks, DateTimeKind.Utc), Encoding.UTF8.GetString(bytes[sizeof(long)..]));
    }

    /// <summary>The position as bytes, for a token.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(RunId)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, StartedAtUtc.Ticks);
        Encoding.UTF8.GetBytes(RunId, bytes.AsSpan(sizeof(long)));
        return bytes;
    }

    /// <inheritdoc/>
    public int CompareTo(RunPosition other) =>
        other.StartedAtUtc.CompareTo(StartedAtUtc) is var byStart and not 0 ? byStart : CodePointOrder.Instance.Compare(other.RunId, RunId);
}
