using System.Text;

namespace Billing.Core.Tests.Runs;

/// <summary>A source like a file, which counts the bytes that are read of each opening.</summary>
internal sealed class CountedSource(string name, string text) : IBillingSource
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);
    private readonly List<CountedStream> _opened = [];

    public string Name => name;

    public long? Length => _bytes.Length;

    public bool CanReopen { get; init; } = true;

    /// <summary>The bytes that were read of each opening, in order.</summary>
    public IEnumerable<long> BytesRead => _opened.Select(stream => stream.BytesRead);

    /// <summary>Whether the hash of another opening than the run's own was taken to the end.</summary>
    public bool IsHashed => BytesRead.Skip(1).Contains(_bytes.Length);

    /// <summary>Whether the run's own opening was read to the end.</summary>
    public bool IsRead => BytesRead.First() == _bytes.Length;

    /// <summary>Called before each block is read; the number is that of the opening.</summary>
    public Action<int>? OnRead { get; init; }

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken = default)
    {
        int opening = _opened.Count + 1;
        _opened.Add(new CountedStream(_bytes, () => OnRead?.Invoke(opening)));
        return new(_opened[^1]);
    }

    private sealed class CountedStream(byte[] bytes, Action read) : MemoryStream(bytes, writable: false)
    {
        public long BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            read();
            int count = base.Read(buffer.Span);
            BytesRead += count;
            return new(count);
        }

        public override int Read(Span<byte> buffer)
        {
            read();
            int count = base.Read(buffer);
            BytesRead += count;
            return count;
        }
    }
}
