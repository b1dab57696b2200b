using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Billing.Web.Browser.Tests;

/// <summary>Stands between a browser and a host, and swallows streams of events: their connections stay open, and nothing comes through any more, as after a night in which a laptop slept.</summary>
public sealed class SilentProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<Passage> _streams = [];
    private readonly Uri _host;
    private readonly Task _accepting;

    public SilentProxy(string host)
    {
        _host = new Uri(host);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Its address.</summary>
    public string Address => FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Whether the next streams are swallowed from their request on.</summary>
    public bool SwallowsNew { get; set; }

    /// <summary>How many streams of events were asked for.</summary>
    public int Streams
    {
        get
        {
            lock (_lock)
            {
                return _streams.Count;
            }
        }
    }

    /// <summary>Swallows what the streams that are open say from now on.</summary>
    public void Swallow()
    {
        lock (_lock)
        {
            _streams.ForEach(stream => stream.IsSwallowed = true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient browser = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = PassAsync(browser);
        }
    }

    private async Task PassAsync(TcpClient browser)
    {
        using (browser)
        using (TcpClient host = new())
        {
            Passage passage = new();
            try
            {
                await host.ConnectAsync(_host.Host, _host.Port, _end.Token);
                await Task.WhenAny(CopyAsync(browser, host, passage, isRequest: true), CopyAsync(host, browser, passage, isRequest: false));
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
            {
                // One side has gone, and the other with it.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Passage passage, bool isRequest)
    {
        byte[] bytes = new byte[64 * 1024];
        while (await from.GetStream().ReadAsync(bytes, _end.Token) is > 0 and int count)
        {
            // A request of the page is short: its first line is in the first bytes that come.
            string line = isRequest ? Encoding.ASCII.GetString(bytes, 0, count).Split('\r')[0] : "";
            if (line.StartsWith("GET /api/", StringComparison.Ordinal) && line.EndsWith("/events HTTP/1.1", StringComparison.Ordinal))
            {
                lock (_lock)
                {
                    passage.IsSwallowed = SwallowsNew;
                    _streams.Add(passage);
                }
            }

            if (isRequest || !passage.IsSwallowed)
            {
                await to.GetStream().WriteAsync(bytes.AsMemory(0, count), _end.Token);
            }
        }
    }

    private sealed class Passage
    {
        public volatile bool IsSwallowed;
    }
}
