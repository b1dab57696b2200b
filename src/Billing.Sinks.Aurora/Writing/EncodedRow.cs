using System.Buffers;

namespace Billing.Sinks.Aurora.Writing;

/// <summary>The values of one row as bytes, one behind the other in a buffer that the next row uses again.</summary>
internal sealed class EncodedRow(int columns)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly (int Start, int Length)[] _values = new (int, int)[columns];

    /// <summary>How many values there are so far.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes the values have.</summary>
    public int Size => _bytes.WrittenCount;

    /// <summary>Where the bytes of the next value are written, which <see cref="End"/> then ends.</summary>
    public IBufferWriter<byte> Bytes => _bytes;

    /// <summary>How many bytes the value has that ended last.</summary>
    public int LastSize => Count == 0 ? 0 : Math.Max(0, _values[Count - 1].Length);

    /// <summary>Begins another row.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Count = 0;
    }

    /// <summary>Ends a value.</summary>
    public void End()
    {
        int start = Count == 0 ? 0 : _values[Count - 1].Start + LastSize;
        _values[Count++] = (start, _bytes.WrittenCount - start);
    }

    /// <summary>Adds a NULL.</summary>
    public void AddNull() => _values[Count++] = (_bytes.WrittenCount, -1);

    /// <summary>The bytes of a value.</summary>
    /// <returns>Whether it is one; otherwise it is NULL.</returns>
    public bool TryGet(int column, out ReadOnlySpan<byte> value)
    {
        (int start, int length) = _values[column];
        value = length < 0 ? default : _bytes.WrittenSpan.Slice(start, length);
        return length >= 0;
    }

    /// <summary>The values, copied.</summary>
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
