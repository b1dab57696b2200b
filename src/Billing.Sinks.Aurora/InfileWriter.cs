using System.Buffers;

namespace Billing.Sinks.Aurora;

/// <summary>Writes rows as <c>LOAD DATA</c> reads them: fields between tabs, lines between line feeds, NULL as <c>\N</c>.</summary>
internal static class InfileWriter
{
    private const int BufferSize = 1 << 16;

    private static readonly SearchValues<byte> s_special = SearchValues.Create("\t\n\\\0"u8);

    /// <summary>Writes a new file that only this user may read.</summary>
    /// <returns>Its path; the caller deletes it.</returns>
    /// <exception cref="BillingException">The folder for temporary files takes no file.</exception>
    public static string Write(string folder, IReadOnlyList<byte[]?[]> rows, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, $"billing-{Guid.NewGuid():N}.tsv");
        bool written = false;
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = BufferSize };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (FileStream file = new(path, options))
            {
                foreach (byte[]?[] row in rows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Write(file, row);
                }
            }

            written = true;
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BillingException($"The temporary file {path} of a batch cannot be written ({e.Message}). Free space there, name another folder in TMPDIR, or set {nameof(AuroraSinkOptions)}.{nameof(AuroraSinkOptions.UseLocalInfile)} to false.", e);
        }
        finally
        {
            if (!written)
            {
                File.Delete(path);
            }
        }
    }

    private static void Write(FileStream file, byte[]?[] row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (i > 0)
            {
                file.WriteByte((byte)'\t');
            }

            if (row[i] is { } value)
            {
                Write(file, value);
            }
            else
            {
                file.Write("\\N"u8);
            }
        }

        file.WriteByte((byte)'\n');
    }

    private static void Write(FileStream file, ReadOnlySpan<byte> value)
    {
        for (int special; (special = value.IndexOfAny(s_special)) >= 0; value = value[(special + 1)..])
        {
            file.Write(value[..special]);
            file.WriteByte((byte)'\\');
            file.WriteByte(value[special] switch
            {
                (byte)'\t' => (byte)'t',
                (byte)'\n' => (byte)'n',
                0 => (byte)'0',
                byte other => other,
            });
        }

        file.Write(value);
    }
}
