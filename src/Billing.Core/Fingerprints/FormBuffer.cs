using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Billing.Fingerprints;

/// <summary>
/// Takes the bytes of canonical forms and keys. Forms can be hashed one at a time (<see cref="Hash"/>), or collected with <see cref="End"/> and hashed
/// together, which costs a fraction (<see cref="HashAll"/>). Not thread-safe.
/// </summary>
internal sealed class FormBuffer
{
    private const byte FirstOfPadding = 0x80;
    private const int LengthBytes = sizeof(ulong);
    private const int FirstBytes = 1024;

    private byte[] _bytes = new byte[FirstBytes];
    private int[] _ends = new int[16];
    private int _start;
    private int _length;

    /// <summary>The number of forms that were ended.</summary>
    public int Count { get; private set; }

    /// <summary>The size of the buffer in bytes.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>The bytes of the form that is being written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(_start, _length - _start);

    /// <summary>The forms that were ended, with their padding.</summary>
    public ReadOnlySpan<byte> Ended => _bytes.AsSpan(0, _start);

    /// <summary>Returns room for at least that many bytes of the form; <see cref="Advance"/> says how many were used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> GetSpan(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(_length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count) => _length += count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Drops the form that is being written.</summary>
    public void Drop() => _length = _start;

    /// <summary>Drops everything.</summary>
    public void Clear() => (Count, _start, _length) = (0, 0, 0);

    /// <summary>Drops the form that is being written and returns its SHA-256.</summary>
    public Sha256Digest Hash()
    {
        Sha256Digest digest = Sha256Digest.Of(Written);
        Drop();
        return digest;
    }

    /// <summary>Ends the form that is being written; the next one begins.</summary>
    public void End()
    {
        int length = _length - _start;
        int blocks = (length + 1 + LengthBytes + Sha256Lanes.BlockBytes - 1) / Sha256Lanes.BlockBytes;
        int added = (blocks * Sha256Lanes.BlockBytes) - length;
        Span<byte> padding = GetSpan(added)[..added];
        padding.Clear();
        padding[0] = FirstOfPadding;
        BinaryPrimitives.WriteUInt64BigEndian(padding[^LengthBytes..], (ulong)length * 8);
        _length += added;
        Seal();
    }

    /// <summary>Adds a form that is ended already, and returns its bytes, which may be changed at once.</summary>
    public Span<byte> AddEnded(ReadOnlySpan<byte> padded)
    {
        Span<byte> form = GetSpan(padded.Length)[..padded.Length];
        padded.CopyTo(form);
        _length += padded.Length;
        Seal();
        return form;
    }

    /// <summary>Gives the SHA-256 of each ended form, in order, and drops them.</summary>
    public void HashAll(Span<Sha256Digest> digests)
    {
        if (!Sha256Lanes.TryHash(_bytes.AsSpan(0, _start), _ends.AsSpan(0, Count), digests))
        {
            HashOneByOne(digests);
        }

        Clear();
    }

    private void Seal()
    {
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * Count);
        }

        _ends[Count++] = _length;
        _start = _length;
    }

    private void HashOneByOne(Span<Sha256Digest> digests)
    {
        int start = 0;
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<byte> padded = _bytes.AsSpan(start, _ends[i] - start);
            digests[i] = Sha256Digest.Of(padded[..(int)(BinaryPrimitives.ReadUInt64BigEndian(padded[^LengthBytes..]) / 8)]);
            start = _ends[i];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int size) => Array.Resize(ref _bytes, Math.Max(checked(_length + size), (int)Math.Min(Array.MaxLength, 2L * _bytes.Length)));
}
