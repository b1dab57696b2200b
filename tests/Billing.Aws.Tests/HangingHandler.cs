namespace Billing.Aws.Tests;

/// <summary>Never answers.</summary>
internal sealed class HangingHandler : HttpMessageHandler
{
    public int Count { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Count++;
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    }
}
