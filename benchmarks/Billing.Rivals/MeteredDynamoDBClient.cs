using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Billing.Rivals;

/// <summary>A client that, if told to, asks with every write what it consumed, and adds that up. Where time is measured it does not ask, because the server takes time to answer.</summary>
internal sealed class MeteredDynamoDBClient(string port, bool meters) : AmazonDynamoDBClient(new BasicAWSCredentials("local", "local"), Settings(port))
{
    // The constructor of the base class, which builds the pipeline, finds this field set.
    private readonly CapacityMeter _meter = new(meters);

    /// <summary>The write capacity units so far, without those of requests that failed; null if it does not ask.</summary>
    public double? Units => _meter.IsOn ? _meter.Units : null;

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
