using Amazon.Runtime;
using Amazon.S3.Model;

namespace Billing.Aws.Objects;

/// <summary>Reads all bytes of an object. If the connection breaks, it asks for the rest of the same object, and fails if the object has changed.</summary>
internal sealed class ObjectStream : Stream
{
    private readonly ObjectReader _reader;
    private readonly ObjectCheck? _check;
    private readonly long _length;
    private readonly string? _etag;
    private readonly string? _versionId;
    private GetObjectResponse _response;
    private long _position;
    private int _resumesWithoutGain;
    private bool _ended;

    public ObjectStream(ObjectReader reader, GetObjectResponse response, ObjectCheck? check)
    {
        _reader = reader;
        _response = response;
        _check = check;
        _length = response.ContentLength;
        _etag = string.IsNullOrEmpty(response.ETag) ? null : response.ETag;
        _versionId = string.IsNullOrEmpty(response.VersionId) || response.VersionId == "null" ? null : response.VersionId;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty && !_ended)
        {
            Exception? cause = null;
            int read = 0;
            try
            {
                // Also at the end: the client then checks the checksum, if it has one.
                read = await _response.ResponseStream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (AmazonClientException e)
            {
                throw Damaged(e);
            }
            catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                cause = e;
            }

            if (read > 0)
            {
                Take(buffer.Span[..read]);
                return read;
            }

            if (_position == _length)
            {
                End();
                return 0;
            }

            await ResumeAsync(cause, cancellationToken).ConfigureAwait(false);
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _response.Dispose();
            _check?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _position += bytes.Length;
        _resumesWithoutGain = 0;
        if (_position > _length)
        {
            throw new InvalidDataException(FormattableString.Invariant($"{_reader.Name}: S3 sent more bytes than the object has ({_length}). Read it again."));
        }

        _check?.Add(bytes);
    }

    private void End()
    {
        _ended = true;
        if (_check is not null && !_check.IsRight())
        {
            throw Damaged(null);
        }
    }

    private InvalidDataException Damaged(Exception? cause) =>
        new($"{_reader.Name}: the bytes that were read are not the content of the object (entity tag {_etag}). Records stored from it may be damaged. Read it again, and compare.", cause);

    private async ValueTask ResumeAsync(Exception? cause, CancellationToken cancellationToken)
    {
        if (++_resumesWithoutGain > _reader.MaxResumes)
        {
            throw new AwsException("S3", "GetObject", "Incomplete", FormattableString.Invariant($"{_reader.Name}: only {_position} of {_length} bytes arrived, even after {_reader.MaxResumes} further attempts. Read it again."), innerException: cause);
        }

        _response.Dispose();
        _response = await _reader.ResumeAsync(_position, _length, _etag, _versionId, cause, cancellationToken).ConfigureAwait(false);
    }
}
