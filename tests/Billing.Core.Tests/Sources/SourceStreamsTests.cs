using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Billing.Sources;

namespace Billing.Core.Tests.Sources;

/// <summary>The streams below the readers: bytes counted and hashed as they came, gzip recognised and checked to its end.</summary>
public sealed class SourceStreamsTests
{
    private static readonly byte[] s_text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i},Acme,{i * 7919 % 1000}\n")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30000)]
    public async Task Plain_bytes_are_counted_and_hashed(int length)
    {
        byte[] bytes = s_text[..Math.Min(length, s_text.Length)];
        await using OpenedSource source = await SourceStreams.OpenAsync(BillingSource.Bytes("a", bytes), Cancellation);
        Assert.Equal(length >= 2, source.Bytes.Sha256Hex is null);
        Assert.Equal(bytes, await ReadAsync(source.Content));
        Assert.Equal((bytes.Length, Hash(bytes)), (source.Bytes.BytesRead, source.Bytes.Sha256Hex));
    }

    [Fact]
    public async Task Gzip_is_recognised_whatever_the_name_and_hashed_as_it_came()
    {
        byte[] bytes = Gzip(s_text);
        await using OpenedSource source = await SourceStreams.OpenAsync(BillingSource.Bytes("a.csv", bytes), Cancellation);
        Assert.Equal(s_text, await ReadAsync(source.Content));
        Assert.Equal((bytes.Length, Hash(bytes)), (source.Bytes.BytesRead, source.Bytes.Sha256Hex));
    }

    [Fact]
    public async Task Gzip_of_several_members_is_read_whole()
    {
        byte[] bytes = [.. Gzip(s_text), .. Gzip([]), .. Gzip(s_text[..10])];
        await using OpenedSource source = await SourceStreams.OpenAsync(BillingSource.Stream("a", new TricklingStream(bytes)), Cancellation);
        byte[] expected = [.. s_text, .. s_text[..10]];
        Assert.Equal(expected, await ReadAsync(source.Content));
        Assert.Equal(Hash(bytes), source.Bytes.Sha256Hex);
    }

    [Fact]
    public async Task Gzip_that_is_cut_off_anywhere_is_an_error_and_never_an_end()
    {
        byte[] bytes = Gzip(s_text);
        for (int length = 2; length < bytes.Length; length++)
        {
            await using OpenedSource source = await SourceStreams.OpenAsync(BillingSource.Bytes("june.csv.gz", bytes.AsMemory(0, length)), Cancellation);
            InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(source.Content));
            Assert.StartsWith("june.csv.gz: the gzip data is damaged, cut off", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Gzip_that_is_damaged_or_followed_by_something_else_is_an_error()
    {
        byte[] damaged = Gzip(s_text);
        damaged[^6] ^= 1;
        foreach (byte[] bytes in new byte[][] { damaged, [.. Gzip(s_text), 0], [.. Gzip(s_text), .. "more"u8] })
        {
            await using OpenedSource source = await SourceStreams.OpenAsync(BillingSource.Bytes("a", bytes), Cancellation);
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(source.Content));
        }
    }

    [Fact]
    public async Task What_the_reader_left_is_drained_so_that_the_hash_is_that_of_the_whole_source()
    {
        byte[] bytes = Gzip(s_text);
        await using OpenedSource source = await SourceStreams.OpenAsync(BillingSource.Bytes("a", bytes), Cancellation);
        await source.Content.ReadExactlyAsync(new byte[10], Cancellation);
        await source.Bytes.DrainAsync(Cancellation);
        Assert.Equal((bytes.Length, Hash(bytes)), (source.Bytes.BytesRead, source.Bytes.Sha256Hex));
        await source.Bytes.DrainAsync(Cancellation);
        Assert.Equal(Hash(bytes), source.Bytes.Sha256Hex);
    }

    [Fact]
    public async Task Streams_read_synchronously_give_the_same()
    {
        byte[] bytes = Gzip(s_text);
        await using OpenedSource source = await SourceStreams.OpenAsync(BillingSource.Bytes("a", bytes), Cancellation);
        using MemoryStream read = new();
        int count;
        for (byte[] buffer = new byte[7]; (count = source.Content.Read(buffer, 0, buffer.Length)) > 0;)
        {
            read.Write(buffer, 0, count);
        }

        Assert.Equal(s_text, read.ToArray());
        Assert.Equal(Hash(bytes), source.Bytes.Sha256Hex);
    }

    [Fact]
    public async Task The_stream_of_the_source_is_disposed()
    {
        MemoryStream stream = new(Gzip(s_text));
        OpenedSource source = await SourceStreams.OpenAsync(BillingSource.Stream("a", stream), Cancellation);
        await source.DisposeAsync();
        Assert.False(stream.CanRead);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        // An empty member is what an empty file compresses to; .NET writes nothing at all.
        return compressed.Length > 0 ? compressed.ToArray() : [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using MemoryStream read = new();
        await stream.CopyToAsync(read, Cancellation);
        return read.ToArray();
    }

    /// <summary>Gives one byte at a time, as a slow network may.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
