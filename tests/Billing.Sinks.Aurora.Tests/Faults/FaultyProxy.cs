using System.Net;
using System.Net.Sockets;

namespace Billing.Sinks.Aurora.Tests.Faults;

/// <summary>Stands between driver and server, and breaks connections: when they are opened, or when the server answers a COMMIT, so that it is committed and nobody knows.</summary>
internal sealed class FaultyProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private int _toClose;
    private int _toLose;
    private int _cuts;

    public FaultyProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Closes the next connections as soon as they are opened.</summary>
    public void CloseNext(int connections) => Volatile.Write(ref _toClose, connections);

    /// <summary>Keeps the answer to the next COMMIT to itself.</summary>
    public void LoseCommit() => Volatile.Write(ref _toLose, 1);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (TryTake(ref _toClose))
            {
                client.Dispose();
            }
            else
            {
                _ = Task.Run(() => ServeAsync(client));
            }
        }
    }

    // One more is cut, if one is to be.
    private bool TryTake(ref int left)
    {
        if (Interlocked.Decrement(ref left) < 0)
        {
            Interlocked.Increment(ref left);
            return false;
        }

        Interlocked.Increment(ref _cuts);
        return true;
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (TcpClient server = new())
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort);
            bool cut = false;
            Task up = PumpAsync(client.GetStream(), server.GetStream(), sent =>
            {
                if ((sent.Span.IndexOf("COMMIT"u8) >= 0 || sent.Span.IndexOf("commit"u8) >= 0) && TryTake(ref _toLose))
                {
                    Volatile.Write(ref cut, true);
                }

                return true;
            });
            Task down = PumpAsync(server.GetStream(), client.GetStream(), _ => !Volatile.Read(ref cut));
            await Task.WhenAny(up, down);
        }
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to, Func<ReadOnlyMemory<byte>, bool> forward)
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            {
                if (!forward(buffer.AsMemory(0, read)))
                {
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The other side has gone, which ends this one.
        }
    }
}
