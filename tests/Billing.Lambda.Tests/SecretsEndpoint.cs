using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Billing.Lambda.Tests;

/// <summary>Answers <c>GetSecretValue</c>, and counts.</summary>
public sealed class SecretsEndpoint : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, int> _reads = new();

    public SecretsEndpoint()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        Endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/"));
        free.Stop();
        _listener.Prefixes.Add(Endpoint.ToString());
        _listener.Start();
        _ = Task.Run(RunAsync);
    }

    public Uri Endpoint { get; }

    /// <summary>The secrets, by name.</summary>
    public ConcurrentDictionary<string, string> Secrets { get; } = new();

    public int ReadsOf(string name) => _reads.GetValueOrDefault(name);

    public void Dispose() => _listener.Close();

    private async Task RunAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using JsonDocument request = await JsonDocument.ParseAsync(context.Request.InputStream);
            string name = request.RootElement.GetProperty("SecretId").GetString()!;
            _reads.AddOrUpdate(name, 1, (_, reads) => reads + 1);
            bool isThere = Secrets.TryGetValue(name, out string? secret);
            context.Response.StatusCode = isThere ? 200 : 400;
            context.Response.ContentType = "application/x-amz-json-1.1";
            await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(
                isThere ? new Dictionary<string, string?> { ["SecretString"] = secret } : new() { ["__type"] = "ResourceNotFoundException", ["Message"] = "There is no such secret." }));
            context.Response.Close();
        }
    }
}
