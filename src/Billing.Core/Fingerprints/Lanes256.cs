using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Billing.Fingerprints;

/// <summary>Eight words, in AVX2.</summary>
internal readonly struct Lanes256(Vector256<uint> words) : ILanes<Lanes256>
{
    private const int WordBits = 32;

    private readonly Vector256<uint> _words = words;

    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    public static int Count => Vector256<uint>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 All(uint word) => new(Vector256.Create(word));

    public static void Load(ReadOnlySpan<byte> messages, ReadOnlySpan<int> positions, Span<Lanes256> words) =>
        BlockWords.Load(messages, positions, MemoryMarshal.Cast<Lanes256, uint>(words));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Add(Lanes256 left, Lanes256 right) => new(left._words + right._words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 RotateRight(Lanes256 words, [ConstantExpected] byte bits) => new((words._words >>> bits) | (words._words << (WordBits - bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ShiftRight(Lanes256 words, [ConstantExpected] byte bits) => new(words._words >>> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Xor(Lanes256 first, Lanes256 second, Lanes256 third) => new(first._words ^ second._words ^ third._words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Choose(Lanes256 first, Lanes256 second, Lanes256 third) => new(third._words ^ (first._words & (second._words ^ third._words)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Majority(Lanes256 first, Lanes256 second, Lanes256 third) => new((first._words & second._words) | (third._words & (first._words | second._words)));
}
