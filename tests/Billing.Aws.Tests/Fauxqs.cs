using Amazon.Runtime;
using Billing.Aws.Tests;

[assembly: AssemblyFixture(typeof(Fauxqs))]

namespace Billing.Aws.Tests;

/// <summary>The emulator that the tests of this project share; each uses queues and keys of its own.</summary>
public sealed class Fauxqs : IDisposable
{
    private readonly Lazy<FauxqsServer> _server = new(() => new FauxqsServer("""
        {
          "queues": [
            { "name": "plain" }, { "name": "listened" }, { "name": "producer" }, { "name": "visibility", "attributes": { "VisibilityTimeout": "600" } }, { "name": "alerts" },
            { "name": "ordered.fifo", "attributes": { "FifoQueue": "true", "ContentBasedDeduplication": "true" } }
          ],
          "topics": [{ "name": "alerts" }],
          "subscriptions": [{ "topic": "alerts", "queue": "alerts" }],
          "buckets": ["inbox"]
        }
        """));

    public FauxqsServer Server => _server.Value;

    /// <summary>A connection to it.</summary>
    public AwsConnection Connect() => new(Options());

    public AwsOptions Options() => new()
    {
        Endpoint = Server.Endpoint,
        Region = FauxqsServer.Region,
        Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
    };

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }
}
