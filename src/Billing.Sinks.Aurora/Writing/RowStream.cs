using System.Buffers;
using Billing.Sources;

namespace Billing.Sinks.Aurora.Writing;

/// <summary>
/// A stream of rows as <c>LOAD DATA</c> reads them: fields separated by tabs, lines by line feeds, NULL as <c>\N</c>. Rows are encoded while the
/// driver sends the rows before them; no row is ever written to a file.
/// </summary>
internal sealed class RowStream(UnstoredRows rows, CancellationToken cancellationToken) : ReadOnlyStream(Null)
{
    private const int ChunkSize = 1 << 16;

    private static readonly SearchValues<byte> s_special = SearchValues.Create("\t\n\\\0"u8);

    private readonly ArrayBufferWriter<byte> _lines = new(ChunkSize + (ChunkSize / 4));
    private int _sent;
    private bool _isAtEnd;

    /// <summary>The number of rows encoded so far.</summary>
    public int Rows { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        if (_sent == _lines.WrittenCount)
        {
            Fill();
        }

        int count = Math.Min(buffer.Length, _lines.WrittenCount - _sent);
        _lines.WrittenSpan.Slice(_sent, count).CopyTo(buffer);
        _sent += count;
        return count;
    }

    // The token that the driver passes here is that of the call; the token of the rows stops the encoding as well.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    private void Fill()
    {
        _lines.ResetWrittenCount();
        _sent = 0;
        while (!_isAtEnd && _lines.WrittenCount < ChunkSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.MoveNext())
            {
                Add(rows.Current);
            }
            else
            {
                _isAtEnd = true;
            }
        }
    }

    private void Add(EncodedRow row)
    {
        for (int i = 0; i < row.Count; i++)
        {
            if (i > 0)
            {
                _lines.Write("\t"u8);
            }

            if (row.TryGet(i, out ReadOnlySpan<byte> value))
            {
                Escape(value);
            }
            else
            {
                _lines.Write(@"\N"u8);
            }
        }

        _lines.Write("\n"u8);
        Rows++;
    }

    private void Escape(ReadOnlySpan<byte> value)
    {
        for (int special; (special = value.IndexOfAny(s_special)) >= 0; value = value[(special + 1)..])
        {
            _lines.Write(value[..special]);
            _lines.Write(value[special] switch
            {
                (byte)'\t' => @"\t"u8,
                (byte)'\n' => @"\n"u8,
                0 => @"\0"u8,
                _ => @"\\"u8,
            });
        }

        _lines.Write(value);
    }
}
