using System.Text;
using Billing.Core.Tests.Reading;
using Billing.Texts;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Csv;

/// <summary>What must hold of every CSV source.</summary>
public sealed class CsvPropertyTests
{
    private const int Columns = 4;

    // Mostly what decides about quoting, so that short texts meet every case.
    private static readonly Gen<string> s_field =
        from parts in Gen.ListOf(Gen.Elements("\"", ",", "\n", "\r", "\r\n", "a", "b", " ", "\0", "é", "\u2028", "1.00", "2025-06-01", "#", "sep=;", "\ufeff"))
        select string.Concat(parts);

    private static readonly Gen<byte[]> s_dirt =
        from parts in Gen.ListOf(Gen.Frequency(
            (12, Gen.Elements("\"", ",", "\n", "\r", "a", "\r\n", "1.00", "\"\"", "1,\"A,2025-06-01,1.00\n", "2,B,2025-06-02,2.00\n", "\"x\",", "2025-06-01").Select(Encoding.Latin1.GetBytes)),
            (1, Gen.Choose(0, 255).Select(b => new[] { (byte)b })),
            (1, Gen.Elements<byte[]>([0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0, 0, 0xfe, 0xff]))))
        select parts.SelectMany(part => part).ToArray();

    [Fact]
    public void What_a_CSV_writer_wrote_is_read_as_it_was_wherever_a_block_ends()
    {
        Gen<string[][]> rows = s_field.ArrayOf(Columns).ArrayOf();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(30), Prop.ForAll(rows.ToArbitrary(), Gen.Choose(1, 80).ToArbitrary(), (written, blockBytes) =>
        {
            List<string[]> read = CsvRows.ReadFields(Write(written), Columns, blockBytes);
            // A byte order mark that begins a row is none of its values.
            Assert.Equal(written.Select(Unmarked).Where(HasValue), read.Select(Unmarked).Where(HasValue));
            static string[] Unmarked(string[] row) => [row[0].TrimStart('\uFEFF'), .. row[1..]];
            static bool HasValue(string[] row) => row.Any(field => field.Trim().Length > 0);
        }));
    }

    [Fact]
    public void No_byte_of_any_source_is_lost_and_blocks_make_no_difference()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60), Prop.ForAll(s_dirt.ToArbitrary(), Gen.Choose(1, 100).ToArbitrary(), Gen.Elements(8, 40, 1 << 20).ToArbitrary(), (bytes, blockBytes, limit) =>
        {
            List<CsvRows.Row> rows = CsvRows.Read(bytes, Columns, blockBytes, limit);
            Assert.Equal(CsvRows.Read(bytes, Columns, 65536, limit), rows);
            AssertComplete(bytes, rows.Select(row => (row.Line, row.Offset, row.RawLength)), from: 0);
            foreach (CsvRows.Row row in rows)
            {
                Assert.Equal(Encoding.Latin1.GetString(bytes.AsSpan((int)row.Offset, row.Raw.Length)), row.Raw);
                Assert.Equal(Math.Min(row.RawLength, limit), row.Raw.Length);
            }
        }));
    }

    [Fact]
    public void Any_bytes_are_rows_or_no_source_at_all()
    {
        SourceLayout layout = new() { Date = "#3", Amount = "#4", DefaultCurrency = "USD", Party = "", Id = "", Account = "", Description = "", Currency = "" };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60), Prop.ForAll(s_dirt.ToArbitrary(), Gen.Choose(1, 100).ToArbitrary(), (dirt, blockBytes) =>
        {
            byte[] bytes = [.. "a,b,c,d\n"u8, .. dirt];
            ReadSource read = ReadSource.Of(bytes, layout with { Separator = ',' }, blockBytes: blockBytes);
            AssertComplete(bytes, read.Rows.Select(row => (row.Line, row.ByteOffset, row.RawLength)), from: 8);
            try
            {
                ReadSource.Of(dirt, layout, blockBytes: blockBytes);
            }
            catch (SourceFormatException)
            {
            }
        }));
    }

    /// <summary>Between the rows there is nothing but line breaks, as many as the lines say, byte order marks, and lines of separators and blanks.</summary>
    private static void AssertComplete(byte[] bytes, IEnumerable<(long Line, long Offset, long Length)> rows, int from)
    {
        long at = from;
        foreach ((long line, long offset, long length) in rows)
        {
            AssertNoRow(bytes.AsSpan((int)at, (int)(offset - at)));
            Assert.Equal(1 + LineBreaks.Count(bytes.AsSpan(0, (int)offset)), line);
            Assert.True(length > 0);
            at = offset + length;
        }

        AssertNoRow(bytes.AsSpan((int)at));
    }

    private static void AssertNoRow(ReadOnlySpan<byte> gap) =>
        Assert.Equal("", Encoding.Latin1.GetString(gap).Replace("\u00ef\u00bb\u00bf", "", StringComparison.Ordinal).Trim('\r', '\n', ',', '"', ' ', '\t', '\u00a0'));

    private static byte[] Write(string[][] rows)
    {
        using MemoryStream stream = new();
        using (CsvWriter writer = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true))
        {
            foreach (string[] row in rows)
            {
                writer.WriteRecord(row);
            }
        }

        return stream.ToArray();
    }
}
