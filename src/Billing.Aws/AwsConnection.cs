using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.SQS;
using Billing.Aws.Requests;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Aws;

/// <summary>The connection to AWS: region, endpoints, credentials, signatures and retries, shared by everything in this package. Safe for concurrent use; keep one.</summary>
public sealed class AwsConnection : IDisposable
{
    private readonly AwsOptions _options;
    private readonly HttpMessageHandler? _handler;
    private readonly RequestSender _sender;
    private readonly Lazy<IAmazonS3> _s3;
    private readonly ConcurrentDictionary<(string? Region, Uri? Endpoint), Lazy<IAmazonSQS>> _sqs = new();

    /// <summary>Creates a connection, without calling AWS.</summary>
    /// <param name="options">The options; null to take everything from the environment.</param>
    /// <param name="handler">The handler that sends the requests of SQS, SNS and Secrets Manager; disposed with this connection. Null to create one.</param>
    /// <param name="timeProvider">The clock for signatures, pauses and timeouts; null for the system clock.</param>
    /// <param name="logger">The logger for retries.</param>
    /// <exception cref="BillingConfigurationException">An option or an environment variable is invalid.</exception>
    public AwsConnection(AwsOptions? options = null, HttpMessageHandler? handler = null, TimeProvider? timeProvider = null, ILogger<AwsConnection>? logger = null)
    {
        _options = (options ?? new AwsOptions()).Checked();
        _handler = handler;
        Time = timeProvider ?? TimeProvider.System;
        Endpoints = new EndpointRules(_options);
        Retries = new RequestRetries(_options, Time, logger ?? NullLogger<AwsConnection>.Instance);
        _sender = new RequestSender(_options, Endpoints, Retries, handler, Time);
        _s3 = new Lazy<IAmazonS3>(() => Endpoints.CreateS3Client(_options));
    }

    /// <summary>The S3 client, with the same options; disposed with this connection.</summary>
    public IAmazonS3 S3 => _s3.Value;

    internal EndpointRules Endpoints { get; }

    internal RequestRetries Retries { get; }

    internal TimeProvider Time { get; }

    /// <summary>The longest time that one attempt may take.</summary>
    internal TimeSpan AttemptTimeout => _options.AttemptTimeout;

    /// <summary>Creates an SQS client for a region (null for the region of this connection) and an address (null for the endpoint of the region).</summary>
    internal IAmazonSQS Sqs(string? region, Uri? endpoint) =>
        _sqs.GetOrAdd((region, endpoint), _ => new Lazy<IAmazonSQS>(() => Endpoints.CreateSqsClient(_options, region, endpoint, _handler))).Value;

    /// <summary>Sends a request, and retries transient failures.</summary>
    /// <exception cref="AwsException">The call failed, also after the retries.</exception>
    internal Task<AwsReply> SendAsync(AwsRequest request, CancellationToken cancellationToken) => _sender.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        if (_s3.IsValueCreated)
        {
            _s3.Value.Dispose();
        }

        foreach (Lazy<IAmazonSQS> client in _sqs.Values.Where(client => client.IsValueCreated))
        {
            client.Value.Dispose();
        }
    }
}
