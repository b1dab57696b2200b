using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Billing.Amendments;

/// <summary>
/// Ids of runs and entries: UUIDs of version 7, which sort by time. Those that one process makes within a millisecond sort in the order in which they were made, also while other threads make
/// theirs a millisecond later or earlier.
/// </summary>
internal static class TimeOrderedIds
{
    private const int CounterBits = 26;

    // One counter for all milliseconds. It begins in its lower half, and starts again after 67 million ids at most.
    private static int s_counter = RandomNumberGenerator.GetInt32(1 << (CounterBits - 1));

    /// <summary>Returns an id for a moment: 32 hexadecimal digits.</summary>
    public static string Next(DateTimeOffset now)
    {
        uint counter = (uint)Interlocked.Increment(ref s_counter) & ((1 << CounterBits) - 1);

        // 48 bits of time, 4 of version, 12 of the counter, 2 of variant, 14 of the counter, 48 of chance.
        Span<byte> id = stackalloc byte[16];
        RandomNumberGenerator.Fill(id);
        BinaryPrimitives.WriteUInt64BigEndian(id, ((ulong)now.ToUnixTimeMilliseconds() << 16) | 0x7000 | (counter >> 14));
        BinaryPrimitives.WriteUInt16BigEndian(id[8..], (ushort)(0x8000 | (counter & 0x3FFF)));
        return Convert.ToHexStringLower(id);
    }
}
