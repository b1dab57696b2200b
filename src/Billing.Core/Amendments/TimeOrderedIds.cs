using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Billing.Amendments;

/// <summary>Ids of runs and entries: UUIDs of version 7, which sort by time. Those that one process makes within a millisecond sort in the order in which they were made.</summary>
internal static class TimeOrderedIds
{
    private const int CounterBits = 26;

    private static readonly Lock s_lock = new();
    private static long s_last;
    private static int s_counter;

    /// <summary>Returns an id for a moment: 32 hexadecimal digits.</summary>
    public static string Next(DateTimeOffset now)
    {
        long milliseconds = now.ToUnixTimeMilliseconds();
        int counter;
        lock (s_lock)
        {
            s_counter = milliseconds == s_last ? s_counter + 1 : RandomNumberGenerator.GetInt32(1 << (CounterBits - 2));
            s_last = milliseconds;
            counter = s_counter;
        }

        // 48 bits of time, 4 of version, 12 of the counter, 2 of variant, 14 of the counter, 48 of chance.
        Span<byte> id = stackalloc byte[16];
        RandomNumberGenerator.Fill(id);
        BinaryPrimitives.WriteUInt64BigEndian(id, ((ulong)milliseconds << 16) | 0x7000 | ((uint)counter >> 14 & 0xFFF));
        BinaryPrimitives.WriteUInt16BigEndian(id[8..], (ushort)(0x8000 | (counter & 0x3FFF)));
        return Convert.ToHexStringLower(id);
    }
}
