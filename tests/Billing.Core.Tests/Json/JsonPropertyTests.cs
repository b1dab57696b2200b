using System.Buffers;
using System.Text;
using Billing.Json;
using Billing.Rows;
using Billing.Texts;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Json;

/// <summary>What must hold of every JSON source.</summary>
public sealed class JsonPropertyTests
{
    private static readonly Gen<byte[]> s_dirt =
        from parts in Gen.ListOf(Gen.Frequency(
            (12, Gen.Elements("{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "\r\n", " ", "\"a\":1", "{\"a\":1}", "{\"a\":\"x\"}\n", "{\n  \"a\": [1,\n  {\"b\":2}]\n}", "null", "\\ud800").Select(Encoding.Latin1.GetBytes)),
            (1, Gen.Choose(0, 255).Select(b => new[] { (byte)b }))))
        select parts.SelectMany(part => part).ToArray();

    private static readonly SearchValues<byte> s_punctuation = SearchValues.Create("\r\n\t ,[]"u8);

    [Fact]
    public void No_byte_of_any_source_is_lost_and_blocks_make_no_difference()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60), Prop.ForAll(s_dirt.ToArbitrary(), Gen.Choose(1, 100).ToArbitrary(), Gen.Elements(8, 40, 1 << 20).ToArbitrary(), (bytes, blockBytes, limit) =>
        {
            List<(long Line, long Offset, long Length, string Raw, string? Fault)> rows = Read(bytes, blockBytes, limit);
            Assert.Equal(Read(bytes, 65536, limit), rows);
            long at = 0;
            foreach ((long line, long offset, long length, string raw, _) in rows)
            {
                AssertPunctuation(bytes.AsSpan((int)at, (int)(offset - at)));
                Assert.Equal(1 + LineBreaks.Count(bytes.AsSpan(0, (int)offset)), line);
                Assert.True(length > 0);
                Assert.Equal(Encoding.Latin1.GetString(bytes.AsSpan((int)offset, (int)Math.Min(length, limit))), raw);
                at = offset + length;
            }

            AssertPunctuation(bytes.AsSpan((int)at));
        }));
    }

    private static void AssertPunctuation(ReadOnlySpan<byte> gap) => Assert.Equal(-1, gap.IndexOfAnyExcept(s_punctuation));

    private static List<(long Line, long Offset, long Length, string Raw, string? Fault)> Read(byte[] bytes, int blockBytes, int limit)
    {
        JsonRowReader rows = new(new Utf8Blocks(new MemoryStream(bytes), 0, blockBytes), 1, new JsonNames(), limit, null);
        List<(long, long, long, string, string?)> read = [];
        for (RowStep step = rows.Next(); step != RowStep.End; step = rows.Next())
        {
            if (step == RowStep.Row)
            {
                read.Add((rows.Line, rows.ByteOffset, rows.RawLength, Encoding.Latin1.GetString(rows.Raw.Span), (rows.EncodingFault ?? rows.StructureFault)?.Reason));
            }
            else
            {
                rows.FillAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
        }

        return read;
    }
}
