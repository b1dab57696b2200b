using System.Text;
using Billing.Sources;

namespace Billing.Texts;

/// <summary>A source as UTF-8: its beginning, to look ahead, and a stream of the rest.</summary>
internal sealed class SourceText
{
    /// <summary>The size of the look-ahead, in bytes.</summary>
    public const int HeadBytes = 64 * 1024;

    /// <summary>The name of the source, for messages.</summary>
    public required string SourceName { get; init; }

    /// <summary>The first bytes after a byte order mark, at most <see cref="HeadBytes"/>.</summary>
    public required ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>Whether <see cref="Head"/> is the whole source.</summary>
    public required bool HeadIsWhole { get; init; }

    /// <summary>What comes after <see cref="Head"/>.</summary>
    public required Stream Rest { get; init; }

    /// <summary>The offset of the first byte of <see cref="Head"/>: 3 after a UTF-8 byte order mark, else 0.</summary>
    public required long FirstOffset { get; init; }

    /// <summary>The encoding that the source was transcoded from, or null if it was UTF-8.</summary>
    public required Encoding? TranscodedFrom { get; init; }

    /// <summary>The warnings for the report.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads the beginning of <paramref name="stream"/> and finds out how it is encoded. The result owns the stream.</summary>
    /// <exception cref="SourceFormatException">The source is not text, or is UTF-16 without a byte order mark.</exception>
    /// <exception cref="BillingConfigurationException">The layout names an unknown encoding.</exception>
    public static async ValueTask<SourceText> OpenAsync(string sourceName, Stream stream, SourceLayout layout, CancellationToken cancellationToken)
    {
        Encoding? stated = layout.Encoding is null ? null : SourceEncodings.FromName(layout.Encoding, layout.Name ?? "layout");
        ReadOnlyMemory<byte> head = await ReadHeadAsync(stream, cancellationToken).ConfigureAwait(false);
        (Encoding? marked, int markBytes) = SourceEncodings.FromByteOrderMark(head.Span);
        List<string> warnings = [];
        if (marked is null)
        {
            ThrowIfNoText(sourceName, head.Span, stated);
        }
        else if (stated is not null && stated.CodePage != marked.CodePage)
        {
            warnings.Add($"{sourceName}: the layout says {stated.WebName}, the byte order mark says {marked.WebName}: read as {marked.WebName}");
        }

        Encoding encoding = marked ?? stated ?? Encoding.UTF8;
        bool whole = head.Length < HeadBytes;
        head = head[markBytes..];
        if (SourceEncodings.IsUtf8(encoding))
        {
            return new SourceText
            {
                SourceName = sourceName,
                Head = head,
                HeadIsWhole = whole,
                Rest = stream,
                FirstOffset = markBytes,
                TranscodedFrom = null,
                Warnings = warnings,
            };
        }

        Stream utf8 = Encoding.CreateTranscodingStream(new PrefixedStream(head, stream), encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        ReadOnlyMemory<byte> transcoded = await ReadHeadAsync(utf8, cancellationToken).ConfigureAwait(false);
        return new SourceText
        {
            SourceName = sourceName,
            Head = transcoded,
            HeadIsWhole = transcoded.Length < HeadBytes,
            Rest = utf8,
            FirstOffset = 0,
            TranscodedFrom = encoding,
            Warnings = warnings,
        };
    }

    /// <summary>Returns the text as another stream gives it, which has the same length in bytes.</summary>
    /// <param name="through">Makes that stream from a stream of the whole text.</param>
    public async ValueTask<SourceText> ThroughAsync(Func<Stream, Stream> through, CancellationToken cancellationToken)
    {
        Stream changed = through(new PrefixedStream(Head, Rest));
        ReadOnlyMemory<byte> head = await ReadHeadAsync(changed, cancellationToken).ConfigureAwait(false);
        return new SourceText
        {
            SourceName = SourceName,
            Head = head,
            HeadIsWhole = head.Length < HeadBytes,
            Rest = changed,
            FirstOffset = FirstOffset,
            TranscodedFrom = TranscodedFrom,
            Warnings = Warnings,
        };
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] head = new byte[HeadBytes];
        int read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return head.AsMemory(0, read);
    }

    private static void ThrowIfNoText(string sourceName, ReadOnlySpan<byte> head, Encoding? stated)
    {
        if (SourceEncodings.NoText(head) is string kind)
        {
            throw new SourceFormatException(sourceName, kind);
        }

        if ((stated is null || SourceEncodings.IsUtf8(stated)) && SourceEncodings.Utf16WithoutMark(head) is string wide)
        {
            throw new SourceFormatException(
                sourceName, $"looks like UTF-16 without a byte order mark. Set the layout's encoding to {wide}, or save the file as UTF-8.");
        }
    }
}
