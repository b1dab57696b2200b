using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.SQS;
using Billing.Aws.Requests;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Aws;

/// <summary>The way to AWS: region, endpoints, credentials, signatures and retries, shared by everything in this package. Safe for many calls at once; keep one.</summary>
public sealed class AwsConnection : IDisposable
{
    private readonly AwsOptions _options;
    private readonly HttpMessageHandler? _handler;
    private readonly RequestSender _sender;
    private readonly Lazy<IAmazonS3> _s3;
    private readonly ConcurrentDictionary<(string? Region, Uri? Endpoint), Lazy<IAmazonSQS>> _sqs = new();

    /// <summary>Creates a connection; nothing is called yet.</summary>
    /// <param name="options">The options; null for all from the environment.</param>
    /// <param name="handler">Sends the requests of SQS, SNS and Secrets Manager; disposed with this. Null for one of its own.</param>
    /// <param name="timeProvider">The clock of signatures, pauses and timeouts; null for the system's.</param>
    /// <param name="logger">Where retries are logged.</param>
    /// <exception cref="BillingConfigurationException">An option or a variable of the environment is wrong.</exception>
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

    /// <summary>The client of S3, by the same options; disposed with this.</summary>
    public IAmazonS3 S3 => _s3.Value;

    internal EndpointRules Endpoints { get; }

    internal RequestRetries Retries { get; }

    internal TimeProvider Time { get; }

    /// <summary>How long one try may take.</summary>
    internal TimeSpan AttemptTimeout => _options.AttemptTimeout;

    /// <summary>The client of SQS in a region, null for that of this connection, and at an address, null for that of the region.</summary>
    internal IAmazonSQS Sqs(string? region, Uri? endpoint) =>
        _sqs.GetOrAdd((region, endpoint), _ => new Lazy<IAmazonSQS>(() => Endpoints.CreateSqsClient(_options, region, endpoint, _handler))).Value;

    /// <summary>Sends a request, and again if it fails in a way that may pass.</summary>
    /// <exception cref="AwsException">It did not pass.</exception>
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
