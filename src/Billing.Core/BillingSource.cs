using Billing.Sources;

namespace Billing;

/// <summary>Creates sources. Gzip is recognised by its first bytes, whatever the name.</summary>
public static class BillingSource
{
    /// <summary>Creates a source from a file; its name is the file name without the folder.</summary>
    public static IBillingSource File(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new FileSource(path, Path.GetFileName(path));
    }

    /// <summary>Creates a source from a file, under a name of your own.</summary>
    public static IBillingSource File(string path, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new FileSource(path, name);
    }

    /// <summary>Creates a source from a stream that can be read once, from its current position; the stream is disposed after reading.</summary>
    public static IBillingSource Stream(string name, Stream stream)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(stream);
        return new StreamSource(name, stream);
    }

    /// <summary>Creates a source from bytes in memory, such as a queue message or a request body.</summary>
    public static IBillingSource Bytes(string name, ReadOnlyMemory<byte> bytes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new MemorySource(name, bytes);
    }

    /// <summary>Creates a source from text in memory, read as its UTF-8 bytes.</summary>
    public static IBillingSource Text(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Bytes(name, System.Text.Encoding.UTF8.GetBytes(text));
    }
}
