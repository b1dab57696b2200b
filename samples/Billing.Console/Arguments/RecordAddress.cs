using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Billing.Console.Arguments;

/// <summary>Which record or row is asked about: a key, or a line of a file.</summary>
internal sealed record RecordAddress
{
    private RecordAddress()
    {
    }

    /// <summary>The key, or null.</summary>
    public RecordKey? Key { get; private init; }

    /// <summary>The file, or null for a key.</summary>
    public string? File { get; private init; }

    /// <summary>The line in the file, from 1.</summary>
    public long Line { get; private init; }

    /// <summary>The name that records of the file carry.</summary>
    [NotNullIfNotNull(nameof(File))]
    public string? SourceName => Path.GetFileName(File);

    /// <exception cref="UsageException"><paramref name="text"/> is neither.</exception>
    public static RecordAddress Parse(string text)
    {
        if (RecordKey.TryParse(text, out RecordKey key))
        {
            return new RecordAddress { Key = key };
        }

        int colon = text.LastIndexOf(':');
        return colon > 0 && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long line) && line > 0
            ? new RecordAddress { File = text[..colon], Line = line }
            : throw new UsageException($"'{text}' is neither a key (64 hexadecimal digits) nor a file and line, such as june.csv:17.");
    }
}
