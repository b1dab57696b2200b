using System.Buffers;

namespace Billing.Sinks.Aurora;

/// <summary>Writes a file of rows as <c>LOAD DATA</c> reads it: fields between tabs, lines between line feeds, NULL as <c>\N</c>.</summary>
internal sealed class InfileWriter : IDisposable
{
    private const int BufferSize = 1 << 16;

    private static readonly SearchValues<byte> s_special = SearchValues.Create("\t\n\\\0"u8);

    // The stream has no buffer of its own: what could not be written fails here, never while it is disposed.
    private readonly ArrayBufferWriter<byte> _lines = new(BufferSize + (BufferSize / 4));
    private readonly FileStream _file;

    /// <summary>Makes a new file that only this user may read. The caller deletes it.</summary>
    /// <exception cref="BillingException">The folder for temporary files takes no file.</exception>
    public InfileWriter(string folder)
    {
        Path = System.IO.Path.Combine(folder, $"billing-{Guid.NewGuid():N}.tsv");
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            _file = new FileStream(Path, options);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw Failed(e);
        }
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>How many rows it has.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <exception cref="BillingException">The file cannot be written.</exception>
    public void Add(EncodedRow row)
    {
        for (int i = 0; i < row.Count; i++)
        {
            if (i > 0)
            {
                _lines.Write("\t"u8);
            }

            if (row.TryGet(i, out ReadOnlySpan<byte> value))
            {
                Escape(value);
            }
            else
            {
                _lines.Write(@"\N"u8);
            }
        }

        _lines.Write("\n"u8);
        Rows++;
        if (_lines.WrittenCount >= BufferSize)
        {
            Flush();
        }
    }

    /// <summary>Writes what is still in memory, so that the file is whole.</summary>
    /// <exception cref="BillingException">The file cannot be written.</exception>
    public void Flush()
    {
        try
        {
            _file.Write(_lines.WrittenSpan);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw Failed(e);
        }

        _lines.ResetWrittenCount();
    }

    public void Dispose() => _file.Dispose();

    private static bool IsTrouble(Exception e) => e is IOException or UnauthorizedAccessException;

    private BillingException Failed(Exception e) =>
        new($"The temporary file {Path} of a batch cannot be written ({e.Message}). Free space there, name another folder in TMPDIR, or set {nameof(AuroraSinkOptions)}.{nameof(AuroraSinkOptions.UseLocalInfile)} to false.", e);

    private void Escape(ReadOnlySpan<byte> value)
    {
        for (int special; (special = value.IndexOfAny(s_special)) >= 0; value = value[(special + 1)..])
        {
            _lines.Write(value[..special]);
            _lines.Write(value[special] switch
            {
                (byte)'\t' => @"\t"u8,
                (byte)'\n' => @"\n"u8,
                0 => @"\0"u8,
                _ => @"\\"u8,
            });
        }

        _lines.Write(value);
    }
}
