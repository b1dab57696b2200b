using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Billing.Fingerprints;

/// <summary>Sixteen words, in AVX-512, which rotates and combines three of them in one instruction.</summary>
internal readonly struct Lanes512(Vector512<uint> words) : ILanes<Lanes512>
{
    private const byte ParityOfThree = 0x96;
    private const byte FirstChooses = 0xCA;
    private const byte TwoOfThree = 0xE8;

    // Of four quarters of 128 bits.
    private const byte FirstHalves = 0x44;
    private const byte SecondHalves = 0xEE;
    private const byte EvenQuarters = 0x88;
    private const byte OddQuarters = 0xDD;

    private readonly Vector512<uint> _words = words;

    private static Vector256<byte> BigEndian => Vector256.Create(
        (byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);

    public static bool IsSupported => Avx512BW.IsSupported;

    public static int Count => Vector512<uint>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 All(uint word) => new(Vector512.Create(word));

    public static void Load(ReadOnlySpan<byte> messages, ReadOnlySpan<int> positions, Span<Lanes512> words)
    {
        Span<Vector512<uint>> rows = stackalloc Vector512<uint>[16];
        Vector512<byte> bigEndian = Vector512.Create(BigEndian, BigEndian);
        for (int lane = 0; lane < rows.Length; lane++)
        {
            rows[lane] = Avx512BW.Shuffle(Vector512.Create(messages.Slice(positions[lane], Sha256Lanes.BlockBytes)), bigEndian).AsUInt32();
        }

        for (int i = 0; i < rows.Length; i += 4)
        {
            TransposeQuarters(rows[i..]);
        }

        for (int i = 0; i < 4; i++)
        {
            Vector512<uint> low = Avx512F.Shuffle4x128(rows[i], rows[4 + i], FirstHalves);
            Vector512<uint> lower = Avx512F.Shuffle4x128(rows[8 + i], rows[12 + i], FirstHalves);
            Vector512<uint> high = Avx512F.Shuffle4x128(rows[i], rows[4 + i], SecondHalves);
            Vector512<uint> higher = Avx512F.Shuffle4x128(rows[8 + i], rows[12 + i], SecondHalves);
            words[i] = new(Avx512F.Shuffle4x128(low, lower, EvenQuarters));
            words[4 + i] = new(Avx512F.Shuffle4x128(low, lower, OddQuarters));
            words[8 + i] = new(Avx512F.Shuffle4x128(high, higher, EvenQuarters));
            words[12 + i] = new(Avx512F.Shuffle4x128(high, higher, OddQuarters));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Add(Lanes512 left, Lanes512 right) => new(Avx512F.Add(left._words, right._words));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 RotateRight(Lanes512 words, [ConstantExpected] byte bits) => new(Avx512F.RotateRight(words._words, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ShiftRight(Lanes512 words, [ConstantExpected] byte bits) => new(Avx512F.ShiftRightLogical(words._words, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Xor(Lanes512 first, Lanes512 second, Lanes512 third) => new(Avx512F.TernaryLogic(first._words, second._words, third._words, ParityOfThree));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Choose(Lanes512 first, Lanes512 second, Lanes512 third) => new(Avx512F.TernaryLogic(first._words, second._words, third._words, FirstChooses));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Majority(Lanes512 first, Lanes512 second, Lanes512 third) => new(Avx512F.TernaryLogic(first._words, second._words, third._words, TwoOfThree));

    // In each quarter, four rows of four words become four words of four rows.
    private static void TransposeQuarters(Span<Vector512<uint>> rows)
    {
        Vector512<ulong> low01 = Avx512F.UnpackLow(rows[0], rows[1]).AsUInt64();
        Vector512<ulong> high01 = Avx512F.UnpackHigh(rows[0], rows[1]).AsUInt64();
        Vector512<ulong> low23 = Avx512F.UnpackLow(rows[2], rows[3]).AsUInt64();
        Vector512<ulong> high23 = Avx512F.UnpackHigh(rows[2], rows[3]).AsUInt64();
        rows[0] = Avx512F.UnpackLow(low01, low23).AsUInt32();
        rows[1] = Avx512F.UnpackHigh(low01, low23).AsUInt32();
        rows[2] = Avx512F.UnpackLow(high01, high23).AsUInt32();
        rows[3] = Avx512F.UnpackHigh(high01, high23).AsUInt32();
    }
}
