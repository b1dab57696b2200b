using Billing.Sources;
using Billing.Texts;

namespace Billing.Csv;

/// <summary>A stream of CSV with its escapes masked, byte for byte.</summary>
internal sealed class CsvEscapeStream(Stream inner, byte escape) : ReadOnlyStream(inner)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _position;
    private int _masked;
    private int _end;
    private bool _ended;
    private bool _afterCr;

    /// <summary>Returns a source in the form in which it is read further: masked if the layout sets an escape.</summary>
    public static async ValueTask<SourceText> MaskAsync(SourceText text, SourceLayout layout, CancellationToken cancellationToken) => layout.Escape is { } escape
        ? await text.ThroughAsync(all => new CsvEscapeStream(all, (byte)escape), cancellationToken).ConfigureAwait(false)
        : text;

    public override int Read(Span<byte> buffer)
    {
        while (_position == _masked && !_ended)
        {
            Carry();
            Take(Inner.Read(_buffer.AsSpan(_end)));
        }

        return Give(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_position == _masked && !_ended)
        {
            Carry();
            Take(await Inner.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false));
        }

        return Give(buffer.Span);
    }

    // An escape at the end waits for the byte that it escapes.
    private void Carry()
    {
        _buffer.AsSpan(_masked, _end - _masked).CopyTo(_buffer);
        _end -= _masked;
        _position = 0;
        _masked = 0;
    }

    private void Take(int read)
    {
        _ended = read == 0;
        _end += read;
        _masked = CsvEscape.Mask(_buffer.AsSpan(0, _end), escape, _ended, ref _afterCr);
    }

    private int Give(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _masked - _position);
        _buffer.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
