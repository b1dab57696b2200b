using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Billing.Fingerprints;

/// <summary>Four words, in SSE2, in the vectors of ARM or in those of WebAssembly.</summary>
internal readonly struct Lanes128(Vector128<uint> words) : ILanes<Lanes128>
{
    private const int WordBits = 32;

    private readonly Vector128<uint> _words = words;

    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    public static int Count => Vector128<uint>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 All(uint word) => new(Vector128.Create(word));

    public static void Load(ReadOnlySpan<byte> messages, ReadOnlySpan<int> positions, Span<Lanes128> words) =>
        BlockWords.Load(messages, positions, MemoryMarshal.Cast<Lanes128, uint>(words));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Add(Lanes128 left, Lanes128 right) => new(left._words + right._words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 RotateRight(Lanes128 words, [ConstantExpected] byte bits) => new((words._words >>> bits) | (words._words << (WordBits - bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ShiftRight(Lanes128 words, [ConstantExpected] byte bits) => new(words._words >>> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Xor(Lanes128 first, Lanes128 second, Lanes128 third) => new(first._words ^ second._words ^ third._words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Choose(Lanes128 first, Lanes128 second, Lanes128 third) => new(third._words ^ (first._words & (second._words ^ third._words)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Majority(Lanes128 first, Lanes128 second, Lanes128 third) => new((first._words & second._words) | (third._words & (first._words | second._words)));
}
