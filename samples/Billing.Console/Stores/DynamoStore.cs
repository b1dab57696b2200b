using Amazon;
using Amazon.DynamoDBv2;
using Billing.Sinks.Dynamo;

namespace Billing.Console.Stores;

/// <summary>A DynamoDB table of Billing's own form: <c>TABLE[?region=..&amp;endpoint=http://..]</c>. Credentials come from where AWS's tools look for them.</summary>
internal sealed class DynamoStore : IStore
{
    // Who waits for an answer would rather know soon that there is none.
    private const int ReadAttempts = 5;

    private readonly string _rest;
    private readonly string _table;
    private readonly string? _region;
    private readonly Uri? _endpoint;

    private DynamoStore(string rest, string table, string? region, Uri? endpoint)
    {
        _rest = rest;
        _table = table;
        _region = region;
        _endpoint = endpoint;
    }

    public string Address => "dynamodb:" + _rest;

    // Whether the table is there is known when it is asked, and then said.
    public bool Exists => true;

    public bool IsKept => true;

    /// <summary>Reads what stands after the scheme.</summary>
    /// <returns>The store, or null where it is not of that shape.</returns>
    public static DynamoStore? Parse(string rest)
    {
        string[] parts = rest.Split('?', 2);
        string? region = null;
        Uri? endpoint = null;
        foreach (string setting in parts.Length < 2 ? [] : parts[1].Split('&'))
        {
            string[] pair = setting.Split('=', 2);
            switch (pair)
            {
                case ["region", { Length: > 0 } name]:
                    region = name;
                    break;
                case ["endpoint", string text] when Uri.TryCreate(text, UriKind.Absolute, out endpoint) && endpoint.Scheme is "http" or "https":
                    break;
                default:
                    return null;
            }
        }

        return parts[0].Length > 0 ? new DynamoStore(rest, parts[0], region, endpoint) : null;
    }

    public void AddTo(BillingBuilder billing) => billing.AddDynamoSink(NewClient(), options => (options.TableName, options.CreateTables) = (_table, true));

    public IBillingStore Open() => new DynamoSink(NewClient(), new DynamoSinkOptions { TableName = _table, MaxAttempts = ReadAttempts });

    // Lives as long as the command.
    private AmazonDynamoDBClient NewClient()
    {
        // The sink tries again itself.
        AmazonDynamoDBConfig config = new() { MaxErrorRetry = 0 };
        if (_region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(_region);
        }

        if (_endpoint is null)
        {
            return new AmazonDynamoDBClient(config);
        }

        config.ServiceURL = _endpoint.AbsoluteUri;
        config.AuthenticationRegion = _region ?? "us-east-1";

        return EmulatorCredentials.For(_endpoint) is { } credentials ? new AmazonDynamoDBClient(credentials, config) : new AmazonDynamoDBClient(config);
    }
}
