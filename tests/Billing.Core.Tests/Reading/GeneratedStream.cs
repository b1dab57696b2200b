using System.Text;

namespace Billing.Core.Tests.Reading;

/// <summary>A stream of parts made as they are read.</summary>
internal sealed class GeneratedStream(int parts, Func<int, string> part) : Stream
{
    private int _next;
    private ReadOnlyMemory<byte> _present;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_present.IsEmpty && _next < parts)
        {
            _present = Encoding.UTF8.GetBytes(part(_next++));
        }

        int taken = Math.Min(count, _present.Length);
        _present[..taken].CopyTo(buffer.AsMemory(offset));
        _present = _present[taken..];
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
