using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Hosting.Tests.Surface;

/// <summary>The JSON of every public type of the core and the stores, as a golden file has it, or why it has none.</summary>
public sealed class JsonTests
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> s_without = new()
    {
        ["AlertSender"] = "a service", ["BillingBuilder"] = "a service", ["BillingPipeline"] = "a service", ["MemorySink"] = "a store", ["AuroraSink"] = "a store", ["DynamoSink"] = "a store",
        ["PostgresSink"] = "a store", ["SqliteSink"] = "a store", ["DynamoReceiptStore"] = "a store", ["StoreComparison"] = "a service", ["StoreMigration"] = "a service", ["StoreVerification"] = "a service", ["RuleTrial"] = "a service", ["LedgerReversal"] = "a service", ["LedgerRemoval"] = "a service", ["LedgerPending"] = "a service", ["LedgerSeals"] = "a service", ["AuditBundle"] = "a service", ["LedgerErasure"] = "a service", ["RateRestatement"] = "a service", ["MonthClosings"] = "a service", ["MonthTerms"] = "a time zone, rules and rates; a closing keeps them as texts", ["ReportColumn"] = "its cells are code", ["Budgets"] = "read from a file; each budget has JSON",
        ["MemoryReceiptStore"] = "a store", ["ReceiptAudit"] = "a service", ["ReceiptPosition"] = "bytes of a continuation token",
        ["RecordPosition"] = "bytes of a continuation token", ["RecordPlace"] = "bytes of a continuation token", ["QuarantinePosition"] = "bytes of a continuation token", ["PageBuilder`2"] = "work in progress", ["SummaryTotals"] = "work in progress", ["BillingJsonConverter"] = "the converter itself", ["DatedRates"] = "a table in memory; its rates have JSON", ["EcbRates"] = "a table in memory, of a file",
        ["FixedRates"] = "a table in memory, of a file; a run keeps it as CSV", ["LayoutQuestion"] = "its answers are code; its text is ToString", ["DynamoField"] = "it reads records by code",
        ["DynamoItemLayout"] = "its fields are code",
    };

    private static readonly Type[] s_writtenOnly = [typeof(CategoryRule), typeof(LayoutAnswer), typeof(StoreCheck)];

    [Fact]
    public void Every_type_has_a_stated_JSON_or_a_reason_for_none()
    {
        string[] unstated = [.. Packages.ObjectsOf(Packages.Stores)
            .Where(type => !Samples.ByType.ContainsKey(type) && !s_without.ContainsKey(type.Name) && !Packages.IsOptions(type))
            .Select(type => type.FullName!)];
        Assert.Empty(unstated);
    }

    [Fact]
    public void The_JSON_of_each_is_the_approved_one()
    {
        StringBuilder text = new();
        foreach ((Type type, object sample) in Samples.ByType.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{type.Name}{(s_writtenOnly.Contains(type) ? " (written only)" : "")}\n  {JsonSerializer.Serialize(sample, sample.GetType(), s_options)}\n");
        }

        Assert.Null(Golden.Difference(Repository.PathTo("tests", "Billing.Hosting.Tests", "golden", "json.txt"), text.ToString()));
    }

    [Fact]
    public void What_can_be_read_comes_back_the_same()
    {
        foreach ((Type type, object sample) in Samples.ByType)
        {
            foreach (JsonSerializerOptions options in (JsonSerializerOptions[])[s_options, JsonSerializerOptions.Default])
            {
                string json = JsonSerializer.Serialize(sample, sample.GetType(), options);
                if (s_writtenOnly.Contains(type))
                {
                    Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize(json, sample.GetType(), options));
                    continue;
                }

                object? read = JsonSerializer.Deserialize(json, sample.GetType(), options);
                Assert.Equal(json, JsonSerializer.Serialize(read, sample.GetType(), options));
                if (type.IsValueType || sample is SourceLayout or RecordAttributes or RecordIdentity or ControlTotals or ExchangeRate or Delivery)
                {
                    Assert.Equal(sample, read);
                }
            }
        }
    }

    [Fact]
    public void A_context_that_is_generated_writes_the_same()
    {
        BillingRecord record = (BillingRecord)Samples.ByType[typeof(BillingRecord)];
        IngestReport report = (IngestReport)Samples.ByType[typeof(IngestReport)];
        JsonSerializerOptions plain = new(JsonSerializerDefaults.Web);
        Assert.Equal(JsonSerializer.Serialize(record, plain), JsonSerializer.Serialize(record, SurfaceJsonContext.Default.BillingRecord));
        Assert.Equal(JsonSerializer.Serialize(report, plain), JsonSerializer.Serialize(report, SurfaceJsonContext.Default.IngestReport));
        string json = JsonSerializer.Serialize(record, plain);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, SurfaceJsonContext.Default.BillingRecord)!, plain));
        Assert.Equal(report.Read, JsonSerializer.Deserialize(JsonSerializer.Serialize(report, plain), SurfaceJsonContext.Default.IngestReport)!.Read);
    }
}
