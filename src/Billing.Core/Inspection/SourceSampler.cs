using Billing.Csv;
using Billing.Json;
using Billing.Layouts;
using Billing.Reading;
using Billing.Rows;
using Billing.Sources;
using Billing.Texts;

namespace Billing.Inspection;

/// <summary>Reads the first rows of a source.</summary>
internal static class SourceSampler
{
    /// <summary>The largest number of rows read.</summary>
    public const int MaxRows = 1_000;

    /// <summary>The largest number of bytes read.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    // Objects with ever different members are not a table; the first columns are enough to see that.
    private const int MaxColumns = 1_000;

    // The most lines above a header.
    private const int MaxPreamble = 50;

    private const string FallbackEncoding = "windows-1252";

    /// <exception cref="SourceFormatException">The source is empty or not text.</exception>
    public static async Task<SourceSample> ReadAsync(IBillingSource source, SourceLayout stated, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<byte> bytes, bool isCut) = await ReadBytesAsync(source, cancellationToken).ConfigureAwait(false);
        List<LayoutQuestion> questions = [];
        SourceLayout layout = stated.Encoding is null ? stated with { Encoding = FindEncoding(bytes.Span, isCut) } : stated;
        if (stated.Encoding is null && layout.Encoding == FallbackEncoding)
        {
            questions.Add(new(
                $"The bytes are not UTF-8. {FallbackEncoding} is proposed: do letters with accents and signs such as € look right?",
                [new("yes", answered => answered with { Encoding = FallbackEncoding })],
                "iso-8859-2",
                (answered, name) => answered with { Encoding = name }));
        }

        SourceText text = await OpenAsync(source.Name, bytes, layout, cancellationToken).ConfigureAwait(false);
        bool isJson = FormatLook.IsJson(text.Head.Span, layout);
        if (isJson && layout.Rows is null)
        {
            layout = await FindRowsAsync(text, layout, questions, cancellationToken).ConfigureAwait(false);
            text = await OpenAsync(source.Name, bytes, layout, cancellationToken).ConfigureAwait(false);
        }

        (SourceLayout form, HeaderNames names, List<ColumnValues> columns, int rows) = isJson
            ? await ReadJsonAsync(text, layout, cancellationToken).ConfigureAwait(false)
            : await ReadCsvAsync(text, layout, cancellationToken).ConfigureAwait(false);
        return new SourceSample
        {
            SourceName = source.Name,
            Bytes = bytes,
            IsCut = isCut,
            Format = isJson ? SourceFormat.Json : SourceFormat.Csv,
            Layout = form,
            Stated = stated,
            Names = names,
            Columns = columns,
            Rows = rows,
            Questions = questions,
        };
    }

    private static async Task<(ReadOnlyMemory<byte> Bytes, bool IsCut)> ReadBytesAsync(IBillingSource source, CancellationToken cancellationToken)
    {
        OpenedSource opened = await SourceStreams.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            byte[] bytes = new byte[MaxBytes];
            int read = await opened.Content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return (bytes.AsMemory(0, read), read == bytes.Length);
        }
    }

    private static async Task<SourceText> OpenAsync(string name, ReadOnlyMemory<byte> bytes, SourceLayout layout, CancellationToken cancellationToken)
    {
        Stream stream = await new MemorySource(name, bytes).OpenAsync(cancellationToken).ConfigureAwait(false);
        SourceText text = await SourceText.OpenAsync(name, stream, layout, cancellationToken).ConfigureAwait(false);
        return await CsvEscapeStream.MaskAsync(text, layout, cancellationToken).ConfigureAwait(false);
    }

    // A document that is not a record itself may hold an array of them.
    private static async Task<SourceLayout> FindRowsAsync(SourceText text, SourceLayout layout, List<LayoutQuestion> questions, CancellationToken cancellationToken)
    {
        using MemoryStream whole = new();
        Stream all = new PrefixedStream(text.Head, text.Rest);
        await using (all.ConfigureAwait(false))
        {
            await all.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
        }

        ReadOnlyMemory<byte> json = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        JsonNames names = new();
        JsonRowReader first = new(new Utf8Blocks(json.Span, 0), 1, names, MaxBytes, transcodedFrom: null);
        bool isRecord = first.Next() == RowStep.Row && first.StructureFault is null && HasDateAndAmount([.. names.All, .. first.Object.Members.ToArray().Where(member => member.Kind == System.Text.Json.JsonTokenType.StartObject).SelectMany(member => JsonPath.Leaves(first.Object.ValueOf(member).ToArray(), "")).Select(path => path[(path.LastIndexOf('.') + 1)..])]);
        IReadOnlyList<string> paths = isRecord ? [] : JsonArrays.PathsIn(json.Span);
        if (paths.Count > 1)
        {
            questions.Add(new(
                $"Where are the records: {LayoutDraft.OneOf(paths.Select(path => $"'{path}'"))}? Set rows.",
                [.. paths.Select(path => new LayoutAnswer($"'{path}'", answered => answered with { Rows = path }))]));
        }

        return paths is [string only] ? layout with { Rows = only } : layout;
    }

    // Null for UTF-8 and for what a byte order mark names.
    private static string? FindEncoding(ReadOnlySpan<byte> bytes, bool isCut)
    {
        if (SourceEncodings.FromByteOrderMark(bytes).Encoding is not null)
        {
            return null;
        }

        if (SourceEncodings.Utf16WithoutMark(bytes) is string wide)
        {
            return wide;
        }

        // The cut may go through a character, of which at most three bytes are left.
        for (int left = 0; left <= (isCut ? 3 : 0) && left <= bytes.Length; left++)
        {
            if (System.Text.Unicode.Utf8.IsValid(bytes[..^left]))
            {
                return null;
            }
        }

        return FallbackEncoding;
    }

    private static async Task<(SourceLayout Form, HeaderNames Names, List<ColumnValues> Columns, int Rows)> ReadCsvAsync(SourceText text, SourceLayout layout, CancellationToken cancellationToken)
    {
        CsvHeader header = CsvHeader.Read(text, layout, HasKnownNames) ?? throw new SourceFormatException(text.SourceName, "is empty. There is nothing to inspect.");
        if (layout is { SkipRows: 0, HasHeader: true } && !HasDateAndAmount(header.Names) && (FindHeader(text, layout, HasDateAndAmount) ?? (HasKnownNames(header.Names) ? null : FindHeader(text, layout, HasKnownNames))) is { } below)
        {
            layout = layout with { SkipRows = below.SkipRows };
            header = below.Header;
        }

        layout = layout with { Separator = (char)header.Separator };
        if (layout.HasHeader && !RowLook.LikeAHeader(header.Names))
        {
            layout = layout with { HasHeader = false };
            header = CsvHeader.Read(text, layout, HasKnownNames)!;
        }

        int width = header.Names.Count;
        List<ColumnValues> columns = [.. Enumerable.Range(0, width).Select(_ => new ColumnValues())];
        using CsvRowReader rows = new(
            new Utf8Blocks(new PrefixedStream(text.Head[header.RowsBegin..], text.Rest), text.FirstOffset + header.RowsBegin),
            header.RowsBeginOnLine,
            CsvDialect.Of(layout, header.Separator),
            width,
            header.LeastFields,
            RowLook.LikeARow,
            text.TranscodedFrom?.WebName);
        int count = 0;
        while (count < MaxRows)
        {
            RowStep step = rows.Next();
            if (step == RowStep.NeedsBlock)
            {
                await rows.FillAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (step == RowStep.End)
            {
                break;
            }

            count++;
            if (rows.StructureFault is not null)
            {
                continue;
            }

            CsvFields fields = rows.Values;
            if (layout.HasHeader && Repeats(header.Names, fields))
            {
                layout = layout with { RepeatedHeaders = true };
                continue;
            }

            for (int i = 0; i < width; i++)
            {
                columns[i].Add(fields[i], isJsonNumber: false);
            }
        }

        return (layout, new HeaderNames(header.Names), columns, count);
    }

    private static bool Repeats(IReadOnlyList<string> header, CsvFields fields)
    {
        for (int i = 0; i < header.Count; i++)
        {
            if (!fields[i].SequenceEqual(System.Text.Encoding.UTF8.GetBytes(header[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<(SourceLayout Form, HeaderNames Names, List<ColumnValues> Columns, int Rows)> ReadJsonAsync(SourceText text, SourceLayout layout, CancellationToken cancellationToken)
    {
        JsonNames names = new();
        List<ColumnValues> columns = [];
        JsonRowReader rows = new(new Utf8Blocks(new PrefixedStream(text.Head, text.Rest), text.FirstOffset), 1, names, layout.MaxRecordBytes, text.TranscodedFrom?.WebName, layout.Rows);
        Dictionary<string, ColumnValues> nested = new(StringComparer.Ordinal);
        int count = 0;
        while (count < MaxRows)
        {
            RowStep step = rows.Next();
            if (step == RowStep.NeedsBlock)
            {
                await rows.FillAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (step == RowStep.End)
            {
                break;
            }

            count++;
            if (rows.StructureFault is null)
            {
                AddMembers(rows.Object, columns);
                AddNested(rows.Object, names, nested);
            }
        }

        if (columns.Count == 0)
        {
            throw new SourceFormatException(text.SourceName, "has no JSON object that could be a record among its first rows.");
        }

        return (layout, new HeaderNames([.. names.All.Take(columns.Count), .. nested.Keys], arePaths: true), [.. columns, .. nested.Values], count);
    }

    // Nested members, each of which a layout may name by its path.
    private static void AddNested(JsonObject row, JsonNames names, Dictionary<string, ColumnValues> nested)
    {
        foreach (JsonMember member in row.Members)
        {
            if (member.Kind != System.Text.Json.JsonTokenType.StartObject || member.Number < 0)
            {
                continue;
            }

            foreach (string path in JsonPath.Leaves(row.ValueOf(member).ToArray(), names.All[member.Number]))
            {
                if (!nested.TryGetValue(path, out ColumnValues? values))
                {
                    if (nested.Count == MaxColumns)
                    {
                        return;
                    }

                    nested.Add(path, values = new ColumnValues());
                }

                ReadOnlySpan<byte> value = row.ValueAt(path, out System.Text.Json.JsonTokenType kind, out _);
                values.Add(value, kind == System.Text.Json.JsonTokenType.Number);
            }
        }
    }

    private static void AddMembers(JsonObject row, List<ColumnValues> columns)
    {
        foreach (JsonMember member in row.Members)
        {
            if (member.Number is < 0 or >= MaxColumns)
            {
                continue;
            }

            while (columns.Count <= member.Number)
            {
                columns.Add(new ColumnValues());
            }

            columns[member.Number].Add(row.ValueOf(member), member.Kind == System.Text.Json.JsonTokenType.Number);
        }
    }

    // Banks put lines of their own above the header.
    private static (int SkipRows, CsvHeader Header)? FindHeader(SourceText text, SourceLayout layout, Func<IReadOnlyList<string>, bool> isHeader)
    {
        int lines = LineBreaks.Count(text.Head.Span);
        for (int skip = 1; skip <= Math.Min(lines, MaxPreamble); skip++)
        {
            CsvHeader? header = CsvHeader.Read(text, layout with { SkipRows = skip }, HasKnownNames);
            if (header is null)
            {
                return null;
            }

            if (isHeader(header.Names))
            {
                return (skip, header);
            }
        }

        return null;
    }

    private static bool HasDateAndAmount(IReadOnlyList<string> names)
    {
        ColumnRole[] roles = [.. names.Select(name => HeaderSynonyms.TryFind(name, out HeaderSynonym synonym) ? synonym.Role : (ColumnRole?)null).OfType<ColumnRole>()];
        return roles.Any(role => role is ColumnRole.Date or ColumnRole.Instant) && roles.Any(role => role is ColumnRole.Amount or ColumnRole.Debit or ColumnRole.Credit);
    }

    private static bool HasKnownNames(IReadOnlyList<string> names) => names.Count(name => HeaderSynonyms.TryFind(name, out _)) >= 2;
}
