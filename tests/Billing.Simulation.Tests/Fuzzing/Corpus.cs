using System.Text;
using System.Text.Json;

namespace Billing.Simulation.Tests.Fuzzing;

/// <summary>What inputs are made from: small ones of our own, those of the samples, and those beside the repository, where they are.</summary>
internal static class Corpus
{
    private const int MostBytes = 40_000;

    public static IReadOnlyList<byte[]> Csv { get; } =
    [
        Utf8("date,company,amount,currency,id,note\n2025-06-01,Acme,10.00,USD,1,\"a, b\"\n2025-06-02,\"Bob \"\"B\"\" Ltd\",-3.25,CAD,2,\"two\nlines\"\n2025-06-03,\u00c9toile,1000,JPY,3,\n"),
        Utf8("Buchungstag;Zweck;Betrag;W\u00e4hrung\n16.01.2025;Miete;\"-1.000,50\";EUR\n17.01.2025;Gehalt;\"3.001,01\";EUR\n"),
        Utf8("\uFEFFDate\tDescription\tDebit\tCredit\r\n2025-06-01\tx\t1.00\t\r\n2025-06-02\ty\t\t2.00\r\n"),
        .. Samples("*.csv"),
        .. Shared("csv-spectrum", "csvs", "*.csv"),
        .. Shared("focus-sample", "", "*.csv"),
        .. Cases("files", ".csv"),
    ];

    public static IReadOnlyList<byte[]> Json { get; } =
    [
        Utf8("""{"date":"2025-06-01","company":"Acme","amount":10.00,"currency":"USD","id":"1","tags":["a",{"b":1}]}""" + "\n" + """{"date":"2025-06-02","company":"B","amount":"-3.25","currency":"CAD","id":"2"}""" + "\n"),
        Utf8("""[{"date":"2025-06-01","amount":1e2,"currency":"USD"},{"date":"2025-06-01","amount":0.1,"currency":"EUR","party":{"name":"x"}}]"""),
        Utf8("""{"data":{"rows":[{"date":"2025-06-01","amount":1,"currency":"USD"}]},"total":1}"""),
        .. Samples("*.jsonl"),
        .. Shared("csv-spectrum", "json", "*.json"),
        .. Cases("files", ".json"),
        .. Cases("files", ".jsonl"),
    ];

    public static IReadOnlyList<byte[]> Layouts { get; } =
    [
        Utf8("""{"columns":{"date":"Datum","amount":"Betrag","currency":"W\u00e4hrung","party":"#2"},"numbers":{"decimalMark":",","groupSeparators":"."},"dateFormats":["dd.MM.yyyy"],"separator":";","encoding":"windows-1252"}"""),
        Utf8("""{"identity":"columns+occurrence:date,payee","rows":"data.rows","skipRows":1,"footer":["Total"],"nullValues":["-"],"maxRecordBytes":1000,"required":["x"],"ignore":["y"]}"""),
        Utf8("""{"identity":{"columns":["a,b"]},"columns":{"debit":"D","credit":"C","date":"T"},"debitIsNegative":false,"defaultCurrency":"EUR","timeZone":"Europe/Berlin"}"""),
        .. Samples("layout*.json"),
        .. Cases("layout", ""),
    ];

    public static IReadOnlyList<byte[]> Rules { get; } =
    [
        Utf8("""{"rules":[{"name":"a","when":{"all":[{"amount":{"over":"1.5","atMost":99}},{"not":{"any":[{"text":["bar","pub"]},{"weekday":"Sunday"}]}}]},"category":"x","flag":"f","alert":{"subject":"S"}}]}"""),
        Utf8("""{"rules":[{"name":"r","require":{"attribute":{"name":"note","exists":true}},"message":"m"},{"name":"d","when":{"date":{"from":"2025-01-01"},"party":{"startsWith":["A","B"]},"currency":["USD"],"scope":"s"},"category":"y"}, // c""" + "\n]}"),
        .. Samples("rules*.json"),
        .. Cases("rules", ""),
    ];

    public static IReadOnlyList<byte[]> Rates { get; } =
    [
        Utf8("""{"quote":"USD","date":"2025-06-30","source":"treasury","rates":{"CAD":"0.75","MXN":0.059}}"""),
        Utf8("base,quote,rate,date,source\nCAD,USD,0.75,2025-06-30,treasury\nMXN,USD,0.059,,\n"),
        Utf8("CAD=0.75, MXN=0.059"),
        .. Samples("rates*.json"),
        .. Cases("rates", ""),
    ];

    public static IReadOnlyList<byte[]> EcbRates { get; } =
    [
        Utf8("Date,USD,JPY,CAD,\n2025-06-30,1.1720,169.17,1.6027,\n2025-06-27,1.1704,169.14,1.6029,\n2025-06-26,1.1701,N/A,1.6010,\n"),
        Zip("eurofxref.csv", "Date, USD, JPY, \n30 June 2025, 1.1720, 169.17, \n"),
        .. Shared("ecb-eurofxref", "", "eurofxref.csv"),
        .. Shared("ecb-eurofxref", "", "eurofxref-hist.csv").Select(bytes => bytes[..Math.Min(bytes.Length, 6_000)]),
    ];

    public static IReadOnlyList<byte[]> Events { get; } =
    [
        Utf8("""{"Records":[{"messageId":"m1","receiptHandle":"r","body":"{\"id\":\"1\"}","attributes":{"ApproximateReceiveCount":"1","MessageGroupId":"g"},"messageAttributes":{"a":{"stringValue":"x","dataType":"String"}},"md5OfBody":"0","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:1:q","awsRegion":"eu-west-1"}]}"""),
        Utf8("""{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"a+b%2F1.csv","size":10,"eTag":"e","sequencer":"0A"}}}]}"""),
        Utf8("""{"version":"0","detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"b"},"object":{"key":"k.csv","size":5}}}"""),
        Utf8("""{"batchItemFailures":[{"itemIdentifier":"m1"}]}"""),
        Utf8("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}"""),
        .. Shared("aws-events-lambda-dotnet", "", "*.json"),
    ];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zip(string name, string text)
    {
        using MemoryStream bytes = new();
        using (System.IO.Compression.ZipArchive archive = new(bytes, System.IO.Compression.ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry(name).Open();
            entry.Write(Utf8(text));
        }

        return bytes.ToArray();
    }

    private static IEnumerable<byte[]> Samples(string pattern) => Files(Repository.PathTo("samples", "data"), pattern);

    private static IEnumerable<byte[]> Shared(string set, string folder, string pattern) => SharedData.IsHere ? Files(SharedData.PathTo(set, folder), pattern) : [];

    // In one order on every machine, so that a seed means the same everywhere.
    private static IEnumerable<byte[]> Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(bytes => bytes.Length <= MostBytes || pattern.StartsWith("eurofxref", StringComparison.Ordinal))];

    private static IEnumerable<byte[]> Cases(string member, string extension)
    {
        string path = Repository.PathTo("..", "shared", "cases", "cases.json");
        if (!File.Exists(path))
        {
            yield break;
        }

        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement one in cases.RootElement.EnumerateArray())
        {
            JsonElement value = one.GetProperty(member);
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement file in value.EnumerateArray().Where(file => file.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String && file.GetProperty("name").GetString()!.EndsWith(extension, StringComparison.Ordinal)))
                {
                    yield return Utf8(file.GetProperty("text").GetString()!);
                }
            }
            else if (value.ValueKind is JsonValueKind.Object or JsonValueKind.String)
            {
                yield return Utf8(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
            }
        }
    }
}
