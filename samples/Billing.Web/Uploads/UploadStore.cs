using System.Security.Cryptography;
using System.Text.Json;
using Billing.Web.Contracts;
using Billing.Web.Problems;
using Billing.Web.Settings;

namespace Billing.Web.Uploads;

/// <summary>Uploads in a folder, each in a folder of its own under a random name. Pieces are appended; the length of the file is how far the upload is, also after a crash.</summary>
internal sealed class UploadStore
{
    private const string MetaFile = "upload.json";
    private const string BytesFile = "bytes";
    private const int MostUploads = 1_000;

    private readonly WebSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _folder;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte> _busy = new(StringComparer.Ordinal);

    public UploadStore(WebSettings settings, TimeProvider time, ILogger<UploadStore> logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        _folder = Path.Combine(settings.Folder, "uploads");
        Directory.CreateDirectory(_folder);
    }

    public UploadReply Create(string name, long size)
    {
        DeleteOld();
        if (Directory.EnumerateDirectories(_folder).Take(MostUploads).Count() == MostUploads)
        {
            throw new RefusedException(StatusCodes.Status429TooManyRequests, "There are too many uploads. Delete some, or wait until they are deleted.");
        }

        UploadMeta meta = new(Guid.NewGuid().ToString("N"), name, size, null, _time.GetUtcNow());
        Directory.CreateDirectory(PathTo(meta.Id));
        File.Create(Path.Combine(PathTo(meta.Id), BytesFile)).Dispose();
        Write(meta);
        return ReplyOf(meta);
    }

    /// <exception cref="RefusedException">There is none.</exception>
    public UploadReply Find(string id) => ReplyOf(Read(id));

    /// <summary>Appends a piece at an offset that is the end of what is there.</summary>
    public async Task<UploadReply> AppendAsync(string id, long offset, Stream piece, CancellationToken cancellationToken)
    {
        UploadMeta meta = Read(id);
        using IDisposable claim = Claim(id);
        FileStream file = new(BytesOf(id), FileMode.Open, FileAccess.Write, FileShare.Read);
        await using (file)
        {
            if (meta.Sha256 is not null)
            {
                throw new RefusedException(StatusCodes.Status409Conflict, "The upload is complete.");
            }

            if (file.Length != offset)
            {
                throw new RefusedException(StatusCodes.Status409Conflict, FormattableString.Invariant($"{file.Length} bytes are there. Send what follows them, with Upload-Offset: {file.Length}."));
            }

            file.Seek(0, SeekOrigin.End);
            try
            {
                await CopyAsync(piece, file, Math.Min(meta.Size - offset, _settings.PieceBytes), meta.Size - offset, cancellationToken);
            }
            catch (Exception e) when (e is FieldException or RefusedException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
            {
                // A piece that does not fit is not taken in part.
                file.SetLength(offset);
                throw;
            }

            file.Flush(flushToDisk: true);
        }

        Write(meta with { UsedAt = _time.GetUtcNow() });
        return Find(id);
    }

    /// <summary>Ends an upload, if its bytes have the SHA-256 that is stated.</summary>
    public async Task<UploadReply> CompleteAsync(string id, string sha256, CancellationToken cancellationToken)
    {
        UploadMeta meta = Read(id);
        using IDisposable claim = Claim(id);
        string actual;
        FileStream file = new(BytesOf(id), FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        await using (file)
        {
            if (file.Length != meta.Size)
            {
                throw new RefusedException(StatusCodes.Status409Conflict, FormattableString.Invariant($"{file.Length} of {meta.Size} bytes are there. Send the rest first."));
            }

            actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            if (actual != sha256)
            {
                if (meta.Sha256 is not null)
                {
                    throw new FieldException("sha256", "The upload is complete, and has another SHA-256. It was left as it is.");
                }

                file.SetLength(0);
                throw new FieldException("sha256", "The bytes that came have another SHA-256: they were damaged on the way. Send all of them again, from 0.");
            }
        }

        Write(meta with { Sha256 = actual, UsedAt = _time.GetUtcNow() });
        return Find(id);
    }

    /// <summary>The source of a complete upload.</summary>
    /// <exception cref="RefusedException">There is none, or it is not complete.</exception>
    public (UploadReply Upload, IBillingSource Source) Open(string id)
    {
        UploadMeta meta = Read(id);
        if (meta.Sha256 is null)
        {
            throw new RefusedException(StatusCodes.Status409Conflict, "The upload is not complete. Send the rest, then complete it.");
        }

        Write(meta with { UsedAt = _time.GetUtcNow() });
        return (ReplyOf(meta), BillingSource.File(BytesOf(id), meta.Name));
    }

    /// <summary>The path of a file beside the bytes of an upload.</summary>
    public string Beside(string id, string name) => Path.Combine(PathTo(Read(id).Id), name);

    public void Delete(string id)
    {
        Read(id);
        using IDisposable claim = Claim(id);
        Directory.Delete(PathTo(id), recursive: true);
    }

    /// <summary>Keeps an upload from being changed or deleted.</summary>
    /// <exception cref="RefusedException">Something else uses it.</exception>
    public IDisposable Claim(string id) => _busy.TryAdd(id, 0) ? new UploadClaim(() => _busy.TryRemove(id, out _))
        : throw new RefusedException(StatusCodes.Status409Conflict, "The upload is in use: a piece of it comes, or it is being imported. Wait until that has ended.");

    private static async Task CopyAsync(Stream from, FileStream to, long most, long left, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[81_920];
        long copied = 0;
        while (await from.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            copied += read;
            if (copied > most)
            {
                throw new FieldException("body", copied > left ? "The piece goes beyond the size of the file." : FormattableString.Invariant($"The piece is too large. Send at most {most} bytes at once."));
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        if (copied == 0)
        {
            throw new FieldException("body", "The piece is empty.");
        }
    }

    private void DeleteOld()
    {
        foreach (string folder in Directory.EnumerateDirectories(_folder))
        {
            string id = Path.GetFileName(folder);
            try
            {
                if (!_busy.ContainsKey(id) && Directory.GetLastWriteTimeUtc(folder) < _time.GetUtcNow().UtcDateTime - _settings.KeepUploads && (TryRead(id) is not { } meta || meta.UsedAt < _time.GetUtcNow() - _settings.KeepUploads))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (IOException e)
            {
                Log.UploadNotDeleted(_logger, e, id);
            }
        }
    }

    private UploadMeta Read(string id) => IsId(id) && TryRead(id) is { } meta ? meta
        : throw new RefusedException(StatusCodes.Status404NotFound, "There is no such upload. It may have been deleted because nobody used it; upload the file again.");

    // One that somebody damaged or deletes at this moment is as good as none.
    private UploadMeta? TryRead(string id)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(PathTo(id), MetaFile)), UploadJsonContext.Default.UploadMeta);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    private void Write(UploadMeta meta) => WholeFile.Write(Path.Combine(PathTo(meta.Id), MetaFile), JsonSerializer.Serialize(meta, UploadJsonContext.Default.UploadMeta));

    private UploadReply ReplyOf(UploadMeta meta) => new()
    {
        Id = meta.Id,
        Name = meta.Name,
        Size = meta.Size,
        Offset = new FileInfo(BytesOf(meta.Id)).Length,
        IsComplete = meta.Sha256 is not null,
        Sha256 = meta.Sha256,
        ExpiresAt = meta.UsedAt + _settings.KeepUploads,
    };

    private static bool IsId(string id) => id.Length == 32 && id.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');

    private string PathTo(string id) => Path.Combine(_folder, id);

    private string BytesOf(string id) => Path.Combine(PathTo(id), BytesFile);
}
