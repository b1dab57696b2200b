namespace Billing.Receipts.Tests;

public sealed class ReceiptHasherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_id_is_the_SHA_256_of_the_bytes()
    {
        Assert.Equal(
            new ReceiptDigest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3),
            await ReceiptHasher.HashAsync(new MemoryStream("abc"u8.ToArray()), Cancellation));
        Assert.Equal(
            new ReceiptDigest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0),
            await ReceiptHasher.HashAsync(Stream.Null, Cancellation));
    }

    [Fact]
    public async Task A_file_of_200_megabytes_is_hashed_in_bounded_memory()
    {
        const long size = 200_000_000;
        // Zeros answers at once, so that all of it happens on this thread.
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReceiptDigest digest = await ReceiptHasher.HashAsync(new Zeros(size), Cancellation);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(size, digest.Size);
        Assert.True(allocated < 1_000_000, $"{allocated} bytes were allocated.");
    }

    [Fact]
    public void An_upload_is_named_by_bucket_key_and_version()
    {
        ReceiptUpload upload = ReceiptUpload.OfObject("b", "k", "v");
        Assert.Equal(upload, ReceiptUpload.OfObject("b", "k", "v"));
        Assert.Equal(43, upload.Id.Length);
        Assert.Equal(5, new[] { upload, ReceiptUpload.OfObject("b", "k", "w"), ReceiptUpload.OfObject("b", "l", "v"), ReceiptUpload.OfObject("c", "k", "v"), ReceiptUpload.OfObject("bk", "v", "v") }.Distinct().Count());
    }

    private sealed class Zeros(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, _left);
            Array.Clear(buffer, offset, read);
            _left -= read;
            return read;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = (int)Math.Min(buffer.Length, _left);
            buffer.Span[..read].Clear();
            _left -= read;
            return ValueTask.FromResult(read);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
