using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Billing.Fingerprints;

/// <summary>
/// Computes the SHA-256 (FIPS 180-4) of many short messages at once, one in each lane of a vector; when a message ends, the next one takes its lane.
/// The framework's own costs more for the call than for the message.
/// </summary>
internal static class Sha256Lanes
{
    /// <summary>The size of a block in bytes. A padded message has a whole number of them.</summary>
    public const int BlockBytes = 64;

    private const int WordsOfBlock = 16;
    private const int StateWords = 8;
    private const int Rounds = 64;
    private const int Idle = -1;

    private static ReadOnlySpan<uint> InitialState =>
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Hashes messages on the widest vectors of this machine.</summary>
    /// <param name="messages">The messages with their padding, one after the other.</param>
    /// <param name="ends">Where each message ends.</param>
    /// <param name="digests">Receives the SHA-256 of each message.</param>
    /// <returns>Whether the machine has vectors; if not, nothing was computed.</returns>
    public static bool TryHash(ReadOnlySpan<byte> messages, ReadOnlySpan<int> ends, Span<Sha256Digest> digests)
    {
        if (Lanes512.IsSupported && ends.Length > Lanes256.Count)
        {
            Hash<Lanes512>(messages, ends, digests);
        }
        else if (Lanes256.IsSupported && ends.Length > Lanes128.Count)
        {
            Hash<Lanes256>(messages, ends, digests);
        }
        else if (Lanes128.IsSupported)
        {
            Hash<Lanes128>(messages, ends, digests);
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>Hashes messages on vectors of one width.</summary>
    // Compiled in full at once, as is Compress: the first tier would call every operation on a lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Hash<T>(ReadOnlySpan<byte> messages, ReadOnlySpan<int> ends, Span<Sha256Digest> digests)
        where T : unmanaged, ILanes<T>
    {
        Span<T> state = stackalloc T[StateWords];
        Span<T> schedule = stackalloc T[Rounds];
        Span<uint> stateWords = MemoryMarshal.Cast<T, uint>(state);
        Span<int> message = stackalloc int[T.Count];
        Span<int> position = stackalloc int[T.Count];
        int next = 0;
        int busy = Math.Min(T.Count, ends.Length);
        for (int lane = 0; lane < T.Count; lane++)
        {
            Begin<T>(lane, ref next, ends, stateWords, message, position);
        }

        while (busy > 0)
        {
            // What an idle lane computes is never read.
            T.Load(messages, position, schedule[..WordsOfBlock]);
            Compress(state, schedule);
            for (int lane = 0; lane < T.Count; lane++)
            {
                int number = message[lane];
                if (number == Idle || (position[lane] += BlockBytes) < ends[number])
                {
                    continue;
                }

                digests[number] = DigestOf<T>(stateWords[lane..]);
                Begin<T>(lane, ref next, ends, stateWords, message, position);
                busy -= message[lane] == Idle ? 1 : 0;
            }
        }
    }

    private static void Begin<T>(int lane, ref int next, ReadOnlySpan<int> ends, Span<uint> state, Span<int> message, Span<int> position)
        where T : unmanaged, ILanes<T>
    {
        if (next == ends.Length)
        {
            message[lane] = Idle;
            position[lane] = 0;
            return;
        }

        message[lane] = next;
        position[lane] = next == 0 ? 0 : ends[next - 1];
        next++;
        for (int i = 0; i < StateWords; i++)
        {
            state[(i * T.Count) + lane] = InitialState[i];
        }
    }

    private static Sha256Digest DigestOf<T>(ReadOnlySpan<uint> state)
        where T : unmanaged, ILanes<T>
    {
        return new Sha256Digest(Pair(state, 0), Pair(state, 2), Pair(state, 4), Pair(state, 6));

        static ulong Pair(ReadOnlySpan<uint> state, int word) => ((ulong)state[word * T.Count] << 32) | state[(word + 1) * T.Count];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compress<T>(Span<T> state, Span<T> schedule)
        where T : unmanaged, ILanes<T>
    {
        for (int i = WordsOfBlock; i < Rounds; i++)
        {
            T near = schedule[i - 15];
            T far = schedule[i - 2];
            T fromNear = T.Xor(T.RotateRight(near, 7), T.RotateRight(near, 18), T.ShiftRight(near, 3));
            T fromFar = T.Xor(T.RotateRight(far, 17), T.RotateRight(far, 19), T.ShiftRight(far, 10));
            schedule[i] = T.Add(T.Add(schedule[i - 16], fromNear), T.Add(schedule[i - 7], fromFar));
        }

        T a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (int i = 0; i < Rounds; i += StateWords)
        {
            // The words change places from round to round; here the names do, and after eight rounds they are back.
            Round(a, b, c, ref d, e, f, g, ref h, T.Add(schedule[i], T.All(Constants[i])));
            Round(h, a, b, ref c, d, e, f, ref g, T.Add(schedule[i + 1], T.All(Constants[i + 1])));
            Round(g, h, a, ref b, c, d, e, ref f, T.Add(schedule[i + 2], T.All(Constants[i + 2])));
            Round(f, g, h, ref a, b, c, d, ref e, T.Add(schedule[i + 3], T.All(Constants[i + 3])));
            Round(e, f, g, ref h, a, b, c, ref d, T.Add(schedule[i + 4], T.All(Constants[i + 4])));
            Round(d, e, f, ref g, h, a, b, ref c, T.Add(schedule[i + 5], T.All(Constants[i + 5])));
            Round(c, d, e, ref f, g, h, a, ref b, T.Add(schedule[i + 6], T.All(Constants[i + 6])));
            Round(b, c, d, ref e, f, g, h, ref a, T.Add(schedule[i + 7], T.All(Constants[i + 7])));
        }

        state[0] = T.Add(state[0], a);
        state[1] = T.Add(state[1], b);
        state[2] = T.Add(state[2], c);
        state[3] = T.Add(state[3], d);
        state[4] = T.Add(state[4], e);
        state[5] = T.Add(state[5], f);
        state[6] = T.Add(state[6], g);
        state[7] = T.Add(state[7], h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round<T>(T a, T b, T c, ref T d, T e, T f, T g, ref T h, T word)
        where T : unmanaged, ILanes<T>
    {
        T first = T.Add(T.Add(h, word), T.Add(T.Choose(e, f, g), T.Xor(T.RotateRight(e, 6), T.RotateRight(e, 11), T.RotateRight(e, 25))));
        d = T.Add(d, first);
        h = T.Add(first, T.Add(T.Majority(a, b, c), T.Xor(T.RotateRight(a, 2), T.RotateRight(a, 13), T.RotateRight(a, 22))));
    }
}
