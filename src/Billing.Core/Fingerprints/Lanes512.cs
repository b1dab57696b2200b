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

    private readonly Vector512<uint> _words = words;

    public static bool IsSupported => Avx512F.IsSupported;

    public static int Count => Vector512<uint>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 All(uint word) => new(Vector512.Create(word));

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
}
