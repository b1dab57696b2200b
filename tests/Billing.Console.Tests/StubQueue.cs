using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Billing.Console.Tests;

/// <summary>A queue that answers as SQS does and refuses messages as it is told.</summary>
internal sealed class StubQueue : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string, int, string?> _refusal;
    private readonly ConcurrentDictionary<string, int> _tries = [];
    private readonly Task _work;

    /// <param name="refusal">The code that a message is refused with, by its body and how often it came before; null to take it. <c>Passing...</c> is no fault of the sender.</param>
    public StubQueue(Func<string, int, string?> refusal)
    {
        _refusal = refusal;
        using (TcpListener port = new(IPAddress.Loopback, 0))
        {
            port.Start();
            Root = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Root);
        _listener.Start();
        _work = AnswerAllAsync();
    }

    public string Address => "sqs:" + Root + "000000000000/stub";

    /// <summary>What it took, in order.</summary>
    public ConcurrentQueue<string> Taken { get; } = [];

    private string Root { get; }

    public void Dispose()
    {
        _listener.Close();
        _work.Wait();
    }

    private async Task AnswerAllAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // The test is done.
                return;
            }

            using JsonDocument request = await JsonDocument.ParseAsync(context.Request.InputStream);
            await context.Response.OutputStream.WriteAsync(Answer(request.RootElement.GetProperty("Entries")));
            context.Response.Close();
        }
    }

    // As SQS states it, so that the sender knows what arrived.
#pragma warning disable CA5351
    private static string Digest(string body) => Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(body)));
#pragma warning restore CA5351

    private byte[] Answer(JsonElement entries)
    {
        List<object> successful = [];
        List<object> failed = [];
        foreach (JsonElement entry in entries.EnumerateArray())
        {
            string id = entry.GetProperty("Id").GetString()!;
            string body = entry.GetProperty("MessageBody").GetString()!;
            if (_refusal(body, _tries.AddOrUpdate(body, 0, (_, before) => before + 1)) is { } code)
            {
                failed.Add(new { Id = id, Code = code, Message = $"{code} it is.", SenderFault = !code.StartsWith("Passing", StringComparison.Ordinal) });
            }
            else
            {
                Taken.Enqueue(body);
                successful.Add(new { Id = id, MessageId = Guid.NewGuid(), MD5OfMessageBody = Digest(body) });
            }
        }

        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { Successful = successful, Failed = failed }));
    }
}
