using System.Net;
using System.Net.Sockets;

namespace Billing.EndToEnd.Tests;

/// <summary>Stands before a service of AWS and can be switched off, as a service that is down.</summary>
internal sealed class Relay : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new();

    public Relay()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Where requests go; null while the service is down.</summary>
    public Uri? Target { get; set; }

    /// <summary>How many requests came while it was down.</summary>
    public int Refused { get; private set; }

    public void Dispose()
    {
        _listener.Close();
        _client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // Closed.
                return;
            }

            using HttpListenerResponse response = context.Response;
            if (Target is not { } target)
            {
                Refused++;
                response.StatusCode = 503;
                continue;
            }

            using HttpRequestMessage request = new(new HttpMethod(context.Request.HttpMethod), new Uri(target, context.Request.RawUrl));
            request.Content = new StreamContent(context.Request.InputStream);
            foreach (string name in context.Request.Headers.AllKeys.OfType<string>())
            {
                _ = request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name]) || request.Content.Headers.TryAddWithoutValidation(name, context.Request.Headers[name]);
            }

            using HttpResponseMessage reply = await _client.SendAsync(request);
            response.StatusCode = (int)reply.StatusCode;
            response.ContentType = reply.Content.Headers.ContentType?.ToString();
            byte[] body = await reply.Content.ReadAsByteArrayAsync();
            await response.OutputStream.WriteAsync(body);
        }
    }
}
