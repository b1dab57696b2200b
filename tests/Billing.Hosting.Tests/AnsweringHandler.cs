namespace Billing.Hosting.Tests;

/// <summary>Answers every request with one text.</summary>
internal sealed class AnsweringHandler(string text) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage { Content = new StringContent(text) });
}
