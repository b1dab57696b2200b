using System.Buffers;

namespace Billing.Sinks.Aurora.Writing;

/// <summary>The values of one row as bytes, one after another in a buffer that the next row reuses.</summary>
internal sealed class EncodedRow(int columns)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly (int Start, int Length)[] _values = new (int, int)[columns];

    /// <summary>The number of values so far.</summary>
    public int Count { get; private set; }

    /// <summary>The size of all values, in bytes.</summary>
    public int Size => _bytes.WrittenCount;

    /// <summary>The space for the bytes of the next value; <see cref="End"/> completes the value.</summary>
    public IBufferWriter<byte> Bytes => _bytes;

    /// <summary>The size of the last value, in bytes.</summary>
    public int LastSize => Count == 0 ? 0 : Math.Max(0, _values[Count - 1].Length);

    /// <summary>Starts another row.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Count = 0;
    }

    /// <summary>Completes a value.</summary>
    public void End()
    {
        int start = Count == 0 ? 0 : _values[Count - 1].Start + LastSize;
        _values[Count++] = (start, _bytes.WrittenCount - start);
    }

    /// <summary>Adds a NULL.</summary>
    public void AddNull() => _values[Count++] = (_bytes.WrittenCount, -1);

    /// <summary>Returns the bytes of a value.</summary>
    /// <returns>Whether there is a value; otherwise it is NULL.</returns>
    public bool TryGet(int column, out ReadOnlySpan<byte> value)
    {
        (int start, int length) = _values[column];
        value = length < 0 ? default : _bytes.WrittenSpan.Slice(start, length);
        return length >= 0;
    }

    /// <summary>Returns a copy of the values.</summary>
    public byte[]?[] ToArrays()
    {
        byte[]?[] values = new byte[]?[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = TryGet(i, out ReadOnlySpan<byte> value) ? value.ToArray() : null;
        }

        return values;
    }
}
