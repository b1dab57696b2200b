using System.Net.Http.Headers;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Signing;

namespace Billing.Aws.Requests;

/// <summary>Signs requests with the signer of the AWS SDK, and sends them.</summary>
internal sealed class RequestSender : IDisposable
{
    private readonly AwsOptions _options;
    private readonly EndpointRules _endpoints;
    private readonly RequestRetries _retries;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public RequestSender(AwsOptions options, EndpointRules endpoints, RequestRetries retries, HttpMessageHandler? handler, TimeProvider time)
    {
        _options = options;
        _endpoints = endpoints;
        _retries = retries;
        _time = time;
#pragma warning disable CA2000 // The client disposes its handler.
        _client = new HttpClient(handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            // The addresses of services change, so names are resolved again from time to time.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
#pragma warning restore CA2000
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends a request, and retries transient failures.</summary>
    /// <exception cref="AwsException">The call failed, also after the retries.</exception>
    public Task<AwsReply> SendAsync(AwsRequest request, CancellationToken cancellationToken) =>
        _retries.CallAsync(request.Name, token => TryAsync(request, token), cancellationToken);

    public void Dispose() => _client.Dispose();

    private async ValueTask<AwsReply> TryAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(_options.AttemptTimeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using HttpRequestMessage message = await SignedAsync(request, either.Token).ConfigureAwait(false);
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? new AwsReply(body, AwsErrors.RequestIdOf(response)) : throw AwsErrors.Of(request, response, body);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PassingAwsException(new AwsException(request.Service.Name, request.Operation, "Timeout", $"No answer came within {_options.AttemptTimeout}.", innerException: e));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PassingAwsException(new AwsException(request.Service.Name, request.Operation, "Unreachable", $"{message.RequestUri!.Host} could not be reached, or the connection was lost: {e.Message}", innerException: e));
        }
    }

    private async ValueTask<HttpRequestMessage> SignedAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        (Uri address, RegionEndpoint region) = _endpoints.Of(request);
        AWSSigningRequest unsigned = new() { HttpMethod = HttpMethod.Post, RequestUri = address, Content = request.Body };
        unsigned.Headers["Content-Type"] = request.ContentType;
        if (request.Target is not null)
        {
            unsigned.Headers["X-Amz-Target"] = request.Target;
        }

        AWSSigningResult signature = await SignAsync(request, unsigned, region, cancellationToken).ConfigureAwait(false);
        HttpRequestMessage message = new(HttpMethod.Post, address) { Content = new ByteArrayContent(request.Body) };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        if (request.Target is not null)
        {
            message.Headers.Add("X-Amz-Target", request.Target);
        }

        foreach ((string name, string value) in signature.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private async ValueTask<AWSSigningResult> SignAsync(AwsRequest request, AWSSigningRequest unsigned, RegionEndpoint region, CancellationToken cancellationToken)
    {
        try
        {
            AWSSigV4Parameters parameters = new()
            {
                Credentials = _options.Credentials ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(null).WaitAsync(cancellationToken).ConfigureAwait(false),
                Region = region,
                Service = request.Service.SigningName,
                SignedAt = _time.GetUtcNow().UtcDateTime,
            };
            return await AWSSigV4Signer.SignAsync(unsigned, parameters, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonClientException e)
        {
            throw AwsErrors.NoCredentials(request.Service, request.Operation, e);
        }
    }
}
