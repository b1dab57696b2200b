using System.Text;

namespace Billing.Generators;

/// <summary>A stream of messages as lines in UTF-8, generated while it is read, up to a rate. Can be read once, and only asynchronously.</summary>
/// <param name="messages">The messages.</param>
/// <param name="perSecond">The rate per second, or null for no limit.</param>
/// <param name="time">The clock.</param>
public sealed class MessageStream(IEnumerable<string> messages, int? perSecond, TimeProvider time) : Stream
{
    private readonly IEnumerator<string> _messages = messages.GetEnumerator();
    private Pace? _pace;
    private long _begun;
    private ReadOnlyMemory<byte> _line;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the rest of a line, or the next line: a reader gets each message when it is due.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_line.IsEmpty)
        {
            if (!_messages.MoveNext())
            {
                return 0;
            }

            _pace ??= new Pace(perSecond, time);
            await _pace.WaitAsync(_begun++, cancellationToken);
            _line = Encoding.UTF8.GetBytes(_messages.Current + "\n");
        }

        int read = Math.Min(buffer.Length, _line.Length);
        _line[..read].CopyTo(buffer);
        _line = _line[read..];
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read this stream asynchronously, because a message may have to wait.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _messages.Dispose();
        }

        base.Dispose(disposing);
    }
}
