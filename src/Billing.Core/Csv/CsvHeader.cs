using System.Buffers;
using System.Globalization;
using System.Text;
using Billing.Layouts;
using Billing.Texts;
using CsvHelper;

namespace Billing.Csv;

/// <summary>The header of a CSV source, and where its rows begin.</summary>
internal sealed class CsvHeader
{
    private const int LeastFieldsToRepair = 3;

    private static readonly SearchValues<byte> s_blanks = SearchValues.Create(" \t\r\n,;|"u8);

    /// <summary>The separator: set by the layout, given by a first line <c>sep=;</c>, or detected.</summary>
    public required byte Separator { get; init; }

    /// <summary>The names as written; blank ones if the source has no header.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The number of fields that a row needs: blank names at the end of the header need none.</summary>
    public int LeastFields { get; private init; }

    /// <summary>The header line, repaired if necessary; <c>#1,#2,...</c> if the source has none.</summary>
    public required string Text { get; init; }

    /// <summary>The offset of the first row in the head of the source; blank lines may come before it.</summary>
    public required int RowsBegin { get; init; }

    /// <summary>The line at that offset.</summary>
    public required long RowsBeginOnLine { get; init; }

    /// <summary>The warnings for the report.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads the header from the first bytes of a source.</summary>
    /// <param name="resolves">Whether columns with these names can be a record: decides if a header of several lines can be read in two ways.</param>
    /// <returns>Null when the source is empty.</returns>
    /// <exception cref="SourceFormatException">The header does not end within the head.</exception>
    public static CsvHeader? Read(SourceText text, SourceLayout layout, Func<IReadOnlyList<string>, bool> resolves)
    {
        ReadOnlySpan<byte> head = text.Head.Span;
        int at = 0;
        long line = 1;
        byte? separator = layout.Separator is char stated ? (byte)stated : null;
        bool hinted = TryReadHint(head, out byte hint);
        separator ??= hinted ? hint : null;
        for (int skip = Math.Max(layout.SkipRows, hinted ? 1 : 0); skip > 0 && at < head.Length; skip--)
        {
            at = SkipLine(head, at);
            line++;
        }

        int blank = BlankLines(head[at..]);
        if (blank < 0)
        {
            return text.HeadIsWhole ? null : throw NoHeader(text.SourceName);
        }

        line += LineBreaks.Count(head.Slice(at, blank));
        at += blank;
        CsvDialect dialect = CsvDialect.Of(layout, separator ?? Detect(head[at..], (byte)layout.Quote));
        (CsvHeaderForm form, int length, byte[] record) = Look(text, at, dialect, resolves);
        if (!layout.HasHeader)
        {
            string[] places = new string[Split(record, dialect).Count];
            return new CsvHeader
            {
                Separator = dialect.Separator,
                Names = [.. places.Select(_ => "")],
                LeastFields = places.Length,
                Text = string.Join((char)dialect.Separator, places.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"#{i + 1}"))),
                RowsBegin = at,
                RowsBeginOnLine = line,
                Warnings = [],
            };
        }

        List<string> warnings = [];
        string place = string.Create(CultureInfo.InvariantCulture, $"{text.SourceName}({line})");
        if (form == CsvHeaderForm.Repaired)
        {
            warnings.Add($"header repaired: {place} has a quote that is never closed; it was removed, and the rows below are read as rows");
        }
        else if (form == CsvHeaderForm.Malformed)
        {
            warnings.Add($"header: {place} has text after a closing quote; it was taken as part of the name");
        }

        byte[] written = dialect.Escape is { } escape ? CsvEscape.Unmask(record, escape) : record;
        if (!System.Text.Unicode.Utf8.IsValid(written) || (text.TranscodedFrom is not null && written.AsSpan().IndexOf("\uFFFD"u8) >= 0))
        {
            warnings.Add($"header: {place} has bytes that are not {text.TranscodedFrom?.WebName ?? "utf-8"}; set the layout's encoding, such as windows-1252");
        }

        int end = at + length;
        IReadOnlyList<string> names = Split(record, dialect);
        return new CsvHeader
        {
            Separator = dialect.Separator,
            Names = names,
            LeastFields = names.Count - names.Reverse().TakeWhile(string.IsNullOrWhiteSpace).Count(),
            Text = Encoding.UTF8.GetString(written),
            RowsBegin = end < head.Length ? end + LineBreaks.LengthAt(head, end) : end,
            RowsBeginOnLine = line + LineBreaks.Count(head.Slice(at, length)) + (end < head.Length ? 1 : 0),
            Warnings = warnings,
        };
    }

    /// <summary>Returns the names in a single header line.</summary>
    public static IReadOnlyList<string> Split(ReadOnlySpan<byte> record, CsvDialect dialect)
    {
        byte[] alone = [LineBreaks.Lf, .. record];
        using CsvReader reader = CsvReader.Create((ReadOnlyMemory<byte>)alone, dialect.Options(onMalformed: null));
        List<string> names = [];
        if (reader.Read())
        {
            for (int i = 0; i < reader.FieldCount; i++)
            {
                names.Add(Encoding.UTF8.GetString(new CsvFields(reader, dialect.Escape)[i]));
            }
        }

        return names;
    }

    /// <summary>Finds the extent of the header and removes a quote that was not meant to stay open.</summary>
    private static (CsvHeaderForm Form, int Length, byte[] Record) Look(SourceText text, int start, CsvDialect dialect, Func<IReadOnlyList<string>, bool> resolves)
    {
        ReadOnlySpan<byte> rest = text.Head.Span[start..];
        int found = LineBreaks.IndexIn(rest);
        if (found < 0 && !text.HeadIsWhole)
        {
            throw NoHeader(text.SourceName);
        }

        ReadOnlySpan<byte> first = found < 0 ? rest : rest[..found];
        CsvScan record = CsvScan.OfLine(first, dialect.Separator, dialect.Quote);
        if (!record.InQuotes)
        {
            return (record.Malformed ? CsvHeaderForm.Malformed : CsvHeaderForm.Lawful, first.Length, first.ToArray());
        }

        byte[] repaired = CsvExaminer.Without(first, record.OpenedAt);
        int fields = CsvScan.OfLine(repaired, dialect.Separator, dialect.Quote).Fields;
        bool laterFits = false;
        for (int end = first.Length; end < rest.Length;)
        {
            int begin = end + LineBreaks.LengthAt(rest, end);
            int next = LineBreaks.IndexIn(rest[begin..]);
            if (next < 0 && !text.HeadIsWhole)
            {
                break;
            }

            end = next < 0 ? rest.Length : begin + next;
            ReadOnlySpan<byte> line = rest[begin..end];
            CsvScan alone = CsvScan.OfLine(line, dialect.Separator, dialect.Quote);
            bool fits = !line.IsEmpty && alone.Fields == fields;
            laterFits |= fits;
            record.Feed(line);
            if ((fits && alone.IsClean && fields >= LeastFieldsToRepair) || (record.Malformed && laterFits))
            {
                break;
            }

            if (!record.InQuotes)
            {
                byte[] whole = rest[..end].ToArray();
                return !resolves(Split(whole, dialect)) && resolves(Split(repaired, dialect))
                    ? (CsvHeaderForm.Repaired, first.Length, repaired)
                    : (record.Malformed ? CsvHeaderForm.Malformed : CsvHeaderForm.Lawful, end, whole);
            }
        }

        return (CsvHeaderForm.Repaired, first.Length, repaired);
    }

    /// <summary>Lets the CSV library detect the separator. A quote left open on the first line would hide all separators from it.</summary>
    private static byte Detect(ReadOnlySpan<byte> start, byte quote)
    {
        int found = LineBreaks.IndexIn(start);
        ReadOnlySpan<byte> first = found < 0 ? start : start[..found];
        ReadOnlySpan<byte> rest = start[first.Length..];
        byte[] sample = first.Count(quote) % 2 == 0
            ? [LineBreaks.Lf, .. start]
            : [LineBreaks.Lf, .. first.ToArray().Where(b => b != quote), .. rest];
        CsvReaderOptions options = new() { Separator = null, Quote = (char)quote, HasHeader = false, DetectSeparatorHint = false };
        using CsvReader reader = CsvReader.Create((ReadOnlyMemory<byte>)sample, options);
        return (byte)reader.Separator;
    }

    /// <summary>Reads a first line such as <c>sep=;</c>, which spreadsheets write.</summary>
    private static bool TryReadHint(ReadOnlySpan<byte> head, out byte separator)
    {
        ReadOnlySpan<byte> prefix = "sep="u8;
        int found = LineBreaks.IndexIn(head);
        ReadOnlySpan<byte> first = (found < 0 ? head : head[..found]).Trim((byte)'"');
        bool hinted = first.Length == prefix.Length + 1 && Ascii.EqualsIgnoreCase(first[..prefix.Length], prefix) && LayoutRules.CanSeparate((char)first[^1]);
        separator = hinted ? first[^1] : default;
        return hinted;
    }

    /// <summary>Returns the length in bytes of the lines of blanks and separators at the start of a text; -1 if there is nothing else.</summary>
    private static int BlankLines(ReadOnlySpan<byte> text)
    {
        int other = text.IndexOfAnyExcept(s_blanks);
        return other < 0 ? -1 : text[..other].LastIndexOfAny(LineBreaks.Cr, LineBreaks.Lf) + 1;
    }

    private static int SkipLine(ReadOnlySpan<byte> text, int at)
    {
        int found = LineBreaks.IndexIn(text[at..]);
        return found < 0 ? text.Length : at + found + LineBreaks.LengthAt(text, at + found);
    }

    private static SourceFormatException NoHeader(string sourceName) =>
        new(sourceName, string.Create(CultureInfo.InvariantCulture, $"no header line ends within its first {SourceText.HeadBytes / 1024} KiB. If it is text, set the layout's skipRows."));
}
