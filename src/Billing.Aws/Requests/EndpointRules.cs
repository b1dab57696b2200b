using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;

namespace Billing.Aws.Requests;

/// <summary>Decides at which address a service is called, and for which region the call is signed.</summary>
internal sealed class EndpointRules
{
    private readonly Uri? _everywhere;
    private readonly Dictionary<AwsService, Uri> _configured = [];
    private readonly string? _region;

    public EndpointRules(AwsOptions options)
    {
        _region = options.Region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION");
        bool ignore = bool.TryParse(Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), out bool ignored) && ignored;
        _everywhere = options.Endpoint ?? (ignore ? null : Address("AWS_ENDPOINT_URL"));
        if (options.Endpoint is not null || ignore)
        {
            return;
        }

        foreach (AwsService service in (AwsService[])[AwsService.Sqs, AwsService.Sns, AwsService.SecretsManager, AwsService.S3])
        {
            if (Address(service.EndpointVariable) is { } address)
            {
                _configured[service] = address;
            }
        }
    }

    /// <summary>The region.</summary>
    /// <exception cref="BillingConfigurationException">No region is configured.</exception>
    public RegionEndpoint Region => field ??= (_region is null ? FallbackRegionFactory.GetRegionEndpoint() : RegionEndpoint.GetBySystemName(_region))
        ?? throw new BillingConfigurationException($"No AWS region is configured. Set AWS_REGION, or {nameof(AwsOptions)}.{nameof(AwsOptions.Region)}.");

    /// <summary>The region from the options or the environment, or null.</summary>
    public Uri? Configured(AwsService service) => _configured.GetValueOrDefault(service) ?? _everywhere;

    /// <summary>Returns the address of a request, and the region of its signature.</summary>
    public (Uri Address, RegionEndpoint Region) Of(AwsRequest request)
    {
        if (Configured(request.Service) is { } configured)
        {
            return (configured, Region);
        }

        return (new Uri($"https://{request.Service.SigningName}.{Region.SystemName}.{Region.PartitionDnsSuffix}/"), Region);
    }

    /// <summary>Returns the region in the address of a queue, or null.</summary>
    public static string? RegionOf(Uri queue) =>
        queue.Host.Split('.') is [_, string label, _, ..] labels && labels[0] == AwsService.Sqs.SigningName && RegionEndpoint.GetBySystemName(label).DisplayName != "Unknown" ? label : null;

    /// <summary>Creates an SQS client that neither retries nor waits on its own.</summary>
    public IAmazonSQS CreateSqsClient(AwsOptions options, string? region, Uri? endpoint, HttpMessageHandler? handler)
    {
        RegionEndpoint at = region is null ? Region : RegionEndpoint.GetBySystemName(region);
        AmazonSQSConfig config = new() { RegionEndpoint = at, MaxErrorRetry = 0, Timeout = Timeout.InfiniteTimeSpan, HttpClientFactory = handler is null ? null : new HandlerFactory(handler) };
        if ((Configured(AwsService.Sqs) ?? endpoint) is { } address)
        {
            config.ServiceURL = address.ToString();
            config.AuthenticationRegion = at.SystemName;
        }

        return options.Credentials is null ? new AmazonSQSClient(config) : new AmazonSQSClient(options.Credentials, config);
    }

    /// <summary>Creates an S3 client. If an endpoint is configured, the bucket is part of the path: emulators do not resolve bucket names in the domain.</summary>
    public IAmazonS3 CreateS3Client(AwsOptions options)
    {
        AmazonS3Config config = new()
        {
            RegionEndpoint = Region,
            MaxErrorRetry = options.MaxAttempts - 1,
            Timeout = options.AttemptTimeout,
            RetryMode = RequestRetryMode.Standard,
        };
        if (Configured(AwsService.S3) is { } address)
        {
            config.ServiceURL = address.ToString();
            config.AuthenticationRegion = Region.SystemName;
            config.ForcePathStyle = true;
        }

        return options.Credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(options.Credentials, config);
    }

    private sealed class HandlerFactory(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static Uri? Address(string variable)
    {
        if (Variable(variable) is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address
            : throw new BillingConfigurationException($"The variable {variable} is '{text}'. Use an absolute address of http or https, such as http://localhost:4566.");
    }
}
