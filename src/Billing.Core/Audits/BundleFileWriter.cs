using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Storage;

namespace Billing.Audits;

/// <summary>Writes one file of a bundle, and hashes it meanwhile.</summary>
internal sealed class BundleFileWriter(Stream stream, string name) : IDisposable
{
    private const int FlushAt = 64 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushAt);
    private long _bytes;

    /// <summary>The number of lines so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Writes a line of JSON.</summary>
    public async ValueTask WriteLineAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using (Utf8JsonWriter json = JsonText.NewWriter(_buffer))
        {
            write(json);
        }

        await EndLineAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a line that is JSON already.</summary>
    public ValueTask WriteLineAsync(ReadOnlySpan<byte> json, CancellationToken cancellationToken)
    {
        _buffer.Write(json);
        return EndLineAsync(cancellationToken);
    }

    /// <summary>Writes a text as it is.</summary>
    public ValueTask WriteTextAsync(string text, CancellationToken cancellationToken)
    {
        _buffer.Write(Encoding.UTF8.GetBytes(text));
        Lines += text.Count(character => character == '\n');
        return FlushAsync(cancellationToken);
    }

    /// <summary>Ends the file.</summary>
    public async ValueTask<BundleFile> EndAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new BundleFile(name, _bytes, Lines, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public void Dispose()
    {
        _hash.Dispose();
        stream.Dispose();
    }

    private ValueTask EndLineAsync(CancellationToken cancellationToken)
    {
        _buffer.Write("\n"u8);
        Lines++;
        return _buffer.WrittenCount < FlushAt ? ValueTask.CompletedTask : FlushAsync(cancellationToken);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _hash.AppendData(_buffer.WrittenSpan);
        _bytes += _buffer.WrittenCount;
        await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }
}
