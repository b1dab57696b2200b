using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Billing.Rivals;

/// <summary>A client that asks with every write what it consumed, and adds that up.</summary>
internal sealed class MeteredDynamoDBClient(string port) : AmazonDynamoDBClient(new BasicAWSCredentials("local", "local"), Settings(port))
{
    // Before the constructor of the base class, which builds the pipeline, this field is set.
    private readonly CapacityMeter _meter = new();

    /// <summary>The write capacity units so far, without those of requests that failed.</summary>
    public double Units => _meter.Units;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerBefore<Marshaller>(_meter);
    }

    private static AmazonDynamoDBConfig Settings(string port) => new()
    {
        ServiceURL = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        AuthenticationRegion = "us-east-1",
        MaxErrorRetry = 0,
    };
}
