using System.Text;
using Billing.Console.Json;
using Billing.Console.Reports;

namespace Billing.Console.Tests.Reports;

public sealed class IngestJsonTests
{
    [Theory]
    [InlineData("three-files")]
    [InlineData("one-file")]
    [InlineData("failure")]
    public async Task The_document_is_the_approved_one(string name)
    {
        IngestStatement statement = name switch
        {
            "three-files" => Statements.OfThreeFiles,
            "one-file" => Statements.OfOneFile,
            _ => Statements.OfFailure,
        };
        using MemoryStream output = new();
        using (Terminal terminal = new(output, TextWriter.Null))
        {
            await JsonOutput.WriteAsync(terminal, json => IngestJson.Write(json, statement));
        }

        GoldenFile.Check($"ingest-{name}.json", Encoding.UTF8.GetString(output.ToArray()));
    }
}
