using System.Buffers;
using System.Text;
using System.Text.Json;
using Billing.Layouts;
using Billing.Rows;
using Billing.Sources;
using Billing.Texts;
using Billing.Values;

namespace Billing.Json;

/// <summary>Reads the objects of a JSON source.</summary>
internal sealed class JsonRecordReader : RecordReader
{
    private readonly SourceText _text;
    private readonly SourceLayout _layout;
    private readonly RecordIdentity _identity;
    private readonly JsonNames _names = new();
    private readonly JsonRowReader _rows;
    private readonly List<string> _warnings;
    private JsonRowMapper? _mapper;
    private string? _header;
    private bool _ended;

    public JsonRecordReader(SourceText text, SourceLayout layout, RecordIdentity identity, int blockBytes)
    {
        _text = text;
        _layout = layout;
        _identity = identity;
        _warnings = [.. text.Warnings];
        Stream stream = new PrefixedStream(text.Head, text.Rest);
        _rows = new JsonRowReader(new Utf8Blocks(stream, text.FirstOffset, blockBytes), 1, _names, layout.MaxRecordBytes, text.TranscodedFrom?.WebName, layout.Rows);
    }

    public override SourceFormat Format => SourceFormat.Json;

    public override string? Header => _header;

    public override char? Separator => null;

    public override IReadOnlyList<string> Warnings => _mapper?.Warning is { } told ? [.. _warnings, $"{_text.SourceName}: {told}"] : _warnings;

    public override IReadOnlyList<string> StatedProblems =>
        _layout.Stated.Any(line => !line.IsOptional) ? ["the layout names lines that state totals, and a JSON source has no lines"] : [];

    /// <summary>Returns the member names of a header.</summary>
    public static IReadOnlyList<string> NamesOf(string header)
    {
        List<string> names = [];
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(header));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                names.Add(reader.GetString()!);
            }
        }

        return names;
    }

    /// <summary>Fills a row with what a reader is on. The first object names the columns.</summary>
    public static void Map(ParsedRow row, string sourceName, JsonRowReader rows, JsonNames names, SourceLayout layout, RecordIdentity identity, ref JsonRowMapper? mapper, RowSample? sample = null)
    {
        row.Begin(rows.Line, rows.ByteOffset, rows.Raw, rows.RawLength, block: null, shape: null);
        if (rows.StructureFault is RowFault structure)
        {
            row.Fault = rows.EncodingFault ?? structure;
            return;
        }

        if (mapper is null)
        {
            names.AddStated(layout, identity);
            mapper = new JsonRowMapper(names, ColumnMap.Resolve(sourceName, [.. names.All], layout, identity), layout);
        }

        row.Fault = mapper.Map(rows.Object, row, rows.EncodingFault);
        mapper.Show(rows.Object, row, sample);
    }

    public override async ValueTask<bool> ReadAsync(RecycledList<ParsedRow> rows, int capacity, int mostBytes, CancellationToken cancellationToken)
    {
        long bytes = 0;
        while (rows.Count < capacity && bytes < mostBytes)
        {
            switch (_rows.Next())
            {
                case RowStep.Row:
                    bool first = _mapper is null;
                    string[]? names = first ? [.. _names.All] : null;
                    ParsedRow row = rows.Add();
                    Map(row, _text.SourceName, _rows, _names, _layout, _identity, ref _mapper, Sample);
                    bytes += row.Raw.Length;
                    if (first && _mapper is not null && _layout.Ignore is null)
                    {
                        _warnings.AddRange(_mapper.Warnings);
                    }

                    _header ??= _mapper is null ? null : Write(names!);
                    break;

                case RowStep.NeedsBlock:
                    await _rows.FillAsync(cancellationToken).ConfigureAwait(false);
                    break;

                default:
                    ThrowIfNoRows();
                    WarnOfEnd();
                    return false;
            }
        }

        return true;
    }

    public override ValueTask DisposeAsync() => _text.Rest.DisposeAsync();

    private static string Write(string[] names)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartArray();
            foreach (string name in names)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void ThrowIfNoRows()
    {
        if (_rows.LacksRows)
        {
            throw new SourceFormatException(_text.SourceName, $"has no array of records at '{_layout.Rows}', which the layout sets as rows. Name the path to the array, with points between the names.");
        }
    }

    private void WarnOfEnd()
    {
        if (!_ended && _rows.IsUnclosed)
        {
            _warnings.Add($"{_text.SourceName}: {(_layout.Rows is null ? "the array" : "the document")} is not closed; the source may be cut off");
        }

        _ended = true;
    }
}
