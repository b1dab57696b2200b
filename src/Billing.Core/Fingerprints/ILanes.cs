using System.Diagnostics.CodeAnalysis;

namespace Billing.Fingerprints;

/// <summary>Words of 32 bits side by side, one of each of several messages: what <see cref="Sha256Lanes"/> computes with.</summary>
internal interface ILanes<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>Whether this machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>The number of words.</summary>
    static abstract int Count { get; }

    /// <summary>The same word in every lane.</summary>
    static abstract T All(uint word);

    /// <summary>Loads a block of each message: its words, big-endian, each into its own vector.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="positions">Where the block of each lane begins.</param>
    /// <param name="words">Receives the 16 words of the blocks.</param>
    static abstract void Load(ReadOnlySpan<byte> messages, ReadOnlySpan<int> positions, Span<T> words);

    static abstract T Add(T left, T right);

    static abstract T RotateRight(T words, [ConstantExpected] byte bits);

    static abstract T ShiftRight(T words, [ConstantExpected] byte bits);

    static abstract T Xor(T first, T second, T third);

    /// <summary>The bits of <paramref name="second"/> where <paramref name="first"/> has a one, and those of <paramref name="third"/> elsewhere.</summary>
    static abstract T Choose(T first, T second, T third);

    /// <summary>The bits that at least two of the three have.</summary>
    static abstract T Majority(T first, T second, T third);
}
