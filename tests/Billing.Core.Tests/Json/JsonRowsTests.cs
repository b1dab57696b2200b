using System.Text;
using Billing.Core.Tests.Reading;
using Billing.Json;
using Billing.Rows;
using Billing.Texts;

namespace Billing.Core.Tests.Json;

/// <summary>Records that stand within a JSON document.</summary>
public sealed class JsonRowsTests
{
    private const string A = """{"date":"2025-06-13","amount":1.50,"currency":"USD","party":"A"}""";
    private const string B = """{"date":"2025-06-14","amount":2.50,"currency":"USD","party":"B"}""";

    [Theory]
    [InlineData("data.transactions", """{"data":{"transactions":[%A,%B]}}""")]
    [InlineData("data.transactions", """{"meta":{"transactions":[{"no":1}],"text":"}]\"{[ data transactions"},"data":{"more":[[1],{"x":[]}],"transactions": [ %A , %B ],"next":null},"z":[1,2]}""")]
    [InlineData("transactions", """{"transactions":[%A,%B],"total":{"transactions":2}}""")]
    [InlineData("data.transactions", "{\n  \"data\": {\n    \"transactions\": [\n      %A,\n      %B\n    ]\n  }\n}\n")]
    [InlineData("pages.rows", """{"pages":[{"n":1,"rows":[%A]},{"n":2,"rows":[]},{"n":3,"rows":null},{"n":4,"rows":[%B]}]}""")]
    [InlineData("pages.rows", """[{"pages":[{"rows":[%A]}]},{"pages":[{"rows":[%B]}]}]""")]
    [InlineData("rows", "{\"rows\":[%A]}\n{\"rows\":[%B]}\n")]
    [InlineData("rows", """{"rows":%A,"other":1,"rows":%B}""")]
    [InlineData("a.b.c", """{"a.b":{"c":[%A]},"a":{"b.c":[%B]}}""")]
    [InlineData("d\u00e9bit", """{"d\u00e9bit":[%A,%B]}""")]
    public void The_records_are_those_of_the_array_that_the_path_leads_to(string rows, string document)
    {
        string text = document.Replace("%A", A, StringComparison.Ordinal).Replace("%B", B, StringComparison.Ordinal);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        foreach (int size in Enumerable.Range(64, 40).Append(65536))
        {
            ReadSource read = ReadSource.Of(text, new SourceLayout { Rows = rows }, blockBytes: size);
            Assert.All(read.Rows, row => Assert.Null(row.Fault));
            Assert.Equal(["A", "B"], read.Rows.Select(row => row.Party));
            Assert.Empty(read.Warnings);
            Assert.All(read.Rows, row => Assert.True(bytes.AsSpan((int)row.ByteOffset).StartsWith(row.Raw.Span)));
            Assert.All(read.Rows, row => Assert.Equal(1 + bytes.AsSpan(0, (int)row.ByteOffset).Count((byte)'\n'), row.Line));
        }
    }

    [Fact]
    public void What_is_no_record_in_the_array_costs_itself_only()
    {
        string text = $$"""{"data":[{{A}},7,{"date":"2025-06-15","amount":1,},{{B}}],"end":1}""";
        ReadSource read = ReadSource.Of(text, new SourceLayout { Rows = "data" });
        Assert.Equal([null, "bad_json", "bad_json", null], read.Rows.Select(row => row.Fault?.Reason));
    }

    [Theory]
    [InlineData("""{"data":{"rows":[]}}""")]
    [InlineData("""{"data":{"transactions":"none"}}""")]
    [InlineData("""{"transactions":[{}]}""")]
    [InlineData("""{}""")]
    public async Task A_path_that_leads_nowhere_is_an_error(string text)
    {
        SourceFormatException error = await Assert.ThrowsAsync<SourceFormatException>(() => ReadSource.OfAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), new SourceLayout { Rows = "data.transactions" }, null, 64));
        Assert.Contains("'data.transactions'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":{"transactions":[]}}""")]
    [InlineData("""{"data":{"transactions":null}}""")]
    public void An_array_without_records_has_none(string text) =>
        Assert.Empty(ReadSource.Of(text, new SourceLayout { Rows = "data.transactions" }).Rows);

    [Theory]
    [InlineData("""{"data":[%A""")]
    [InlineData("""{"data":[%A,%B]""")]
    public void A_document_that_is_cut_off_is_told(string document)
    {
        ReadSource read = ReadSource.Of(document.Replace("%A", A, StringComparison.Ordinal).Replace("%B", B, StringComparison.Ordinal), new SourceLayout { Rows = "data" });
        Assert.Equal("A", read.Rows[0].Party);
        Assert.Contains("cut off", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_document_is_read_in_blocks()
    {
        string text = $$"""{"skip":"{{new string('x', 300_000)}}","data":[{{string.Join(',', Enumerable.Repeat(A, 20_000))}}]}""";
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        JsonRowReader reader = new(new Utf8Blocks(stream, 0), 1, new JsonNames(), 1024, null, "data");
        int rows = 0;
        for (RowStep step = reader.Next(); step != RowStep.End; step = reader.Next())
        {
            Assert.InRange(reader.BlockBytes, 1, 2 * Utf8Blocks.DefaultBytes);
            if (step == RowStep.NeedsBlock)
            {
                await reader.FillAsync(CancellationToken.None);
                continue;
            }

            Assert.Null(reader.StructureFault);
            rows++;
        }

        Assert.Equal(20_000, rows);
    }

    [Fact]
    public async Task The_path_is_proposed_where_it_is_the_only_one()
    {
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("a.json", """{"status":"ok","data":{"tags":["x"],"transactions":[""" + A + "," + B + "]}}"), TestContext.Current.CancellationToken);
        Assert.Equal("data.transactions", proposal.Layout.Rows);
        Assert.Equal((2, 2), (proposal.RowsTried, proposal.RowsRead));

        // A record with an array of its own is a record.
        LayoutProposal receipt = await LayoutInspector.InspectAsync(BillingSource.Text("a.json", """{"date":"2025-06-13","amount":1.50,"currency":"USD","items":[{"name":"x"}]}"""), TestContext.Current.CancellationToken);
        Assert.Null(receipt.Layout.Rows);
        Assert.Equal((1, 1), (receipt.RowsTried, receipt.RowsRead));
    }
}
